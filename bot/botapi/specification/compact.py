"""Makes `api.json` from the full description of the Bot API; `make specification` runs it for a new version.

    python -m bot.botapi.specification.compact FOLDER > new.json

`FOLDER` has the typings of one version (see `typings`). Of a field it keeps the types, whether it is required, and the
numbers and fixed words of its prose; all other prose is left out. What the `api.json` of before does not have is marked
with the version that brought it, so that the server can speak as an older one.
"""

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.botapi.specification import typings
from bot.botapi.specification.description import API

LENGTH = re.compile(r"(\d+)-(\d+) characters(?P<parsed>[^.;]*after entit)?")
BYTES = re.compile(r"(\d+)-(\d+) [Bb]ytes")
VALUE = re.compile(r"(?:[Vv]alues between |; |between |[Mm]ust be between |, )(\d+)(?:-| and )(\d+)\b")
ITEMS = re.compile(r"(?:include |list of )(\d+)-(\d+)\b")
AT_MOST = re.compile(r"(?:[Uu]p to|[Aa]t most) (\d+) (?:items|commands|identifiers|entities)")
EQUALS = re.compile(r"(?:must be|always) (?:\"(\w+)\"|“(\w+)”|([a-z_0-9]+)$)")


def compact(full: dict[str, Any]) -> dict[str, Any]:
    """The parts of the full description that `spec` reads."""
    return {
        "version": full["version"],
        "methods": {
            name: {"returns": method["returns"], "fields": fields(method)} for name, method in full["methods"].items()
        },
        "types": {
            name: {"subtypes": kind["subtypes"]} if kind.get("subtypes") else {"fields": fields(kind)}
            for name, kind in full["types"].items()
        },
    }


def fields(owner: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The kept parts of each parameter of a method or member of a type, by name."""
    return {
        field["name"]: {
            "types": field["types"],
            **({"required": True} if field["required"] else {}),
            **numbers(field["types"], field["description"]),
        }
        for field in owner.get("fields", ())
    }


def numbers(types: list[str], prose: str) -> dict[str, Any]:
    """The limits in `prose`: {"least", "most", "unit"} or {"equals"}; empty if there are none."""
    if types == ["String"]:
        if found := LENGTH.search(prose):
            unit = "parsed" if found["parsed"] else "characters"
            return {"least": int(found[1]), "most": int(found[2]), "unit": unit}
        if found := BYTES.search(prose):
            return {"least": int(found[1]), "most": int(found[2]), "unit": "bytes"}
        if found := EQUALS.search(prose.rstrip(".")):
            return {"equals": found[1] or found[2] or found[3]}
    if types == ["Integer"] and "or 0x" not in prose and (found := VALUE.search(prose)):
        return {"least": int(found[1]), "most": int(found[2]), "unit": "value"}
    if types[0].startswith("Array of"):
        if found := ITEMS.search(prose):
            return {"least": int(found[1]), "most": int(found[2]), "unit": "items"}
        if found := AT_MOST.search(prose):
            return {"least": 0, "most": int(found[1]), "unit": "items"}
    return {}


def dated(new: dict[str, Any], earlier: Mapping[str, Any]) -> dict[str, Any]:
    """`new` with `since`, the number of a version, in each method, type and field that `earlier` does not have.

    What has a `since` in `earlier` keeps it; what is as old as the oldest version described has none.
    """
    number = new["version"].removeprefix("Bot API ")
    for section in ("methods", "types"):
        for name, entry in new[section].items():
            before = earlier[section].get(name)
            mark(entry, before, number)
            if before is not None:
                for field_name, field in entry.get("fields", {}).items():
                    mark(field, before.get("fields", {}).get(field_name), number)
    return new


def mark(entry: dict[str, Any], before: Mapping[str, Any] | None, number: str) -> None:
    """Say in `entry` since when it is: since `number` unless it was there `before`."""
    if before is None:
        entry["since"] = number
    elif "since" in before:
        entry["since"] = before["since"]


def lines(document: dict[str, Any]) -> str:
    """`document` as JSON with one line for each method and type, so that a new version reads well as a diff."""
    parts = [f'"version": {json.dumps(document["version"])}']
    for section in ("methods", "types"):
        entries = (
            f" {json.dumps(name)}: {json.dumps(entry, ensure_ascii=False, separators=(',', ':'))}"
            for name, entry in document[section].items()
        )
        parts.append(f'"{section}": {{\n' + ",\n".join(entries) + "\n}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    sys.stdout.write(lines(dated(compact(typings.read(Path(sys.argv[1]), API)), API)))
