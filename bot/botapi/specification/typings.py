"""Reads the description of the Bot API from `@gramio/types`: TypeScript generated from Telegram's page, prose included.

TypeScript has one kind of number, and the typings leave out that a rich text may be a plain one. Both are taken from
the description of an earlier version; a new number is whole unless its name is in `FLOATS`.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

VERSION = re.compile(r"Based on Bot API v(\d+\.\d+)")
DECLARED = re.compile(
    r"^export (?:interface (?P<interface>\w+) \{(?P<members>\}|.*?^\})"
    r"|type (?P<alias>\w+) =\s*(?P<meaning>.*?)(?=\n\n|\nexport|\Z))",
    re.DOTALL | re.MULTILINE,
)
MEMBER = re.compile(
    r"^    /\*\*(?P<prose>.*?)\*/\s*(?P<name>\w+)(?P<optional>\??):\s*(?P<type>.*?)\s*(?=^    /\*\*|^\})",
    re.DOTALL | re.MULTILINE,
)
CALL = re.compile(
    r"^    (?P<name>\w+): CallAPI\w*<\s*(?:Params\.(?P<params>\w+),\s*)?(?P<returns>[^>]*)>", re.MULTILINE
)
MARKUP = re.compile(r"\[([^\]]+)\]\([^)\s]*\)|\\(.)|(\*)|`")
SCALARS = {"number": "Integer", "string": "String", "boolean": "Boolean", "true": "Boolean"}
FLOATS = {"latitude", "longitude", "horizontal_accuracy"}

Known = Mapping[str, Mapping[str, Any]]  # by the name of a method or type: what the earlier version says of it


def read(folder: Path, earlier: Mapping[str, Any]) -> dict[str, Any]:
    """The full description that `compact` takes, from the `.d.ts` files in `folder`; `earlier` is a compact one."""
    objects, methods, params = (
        (folder / f"{name}.d.ts").read_text(encoding="utf-8") for name in ("objects", "methods", "params")
    )
    version = VERSION.search(objects)
    if version is None:
        raise ValueError(f"{folder} does not say which version of the Bot API it describes")
    declared = [*DECLARED.finditer(objects), *DECLARED.finditer(params)]
    aliases = {found["alias"]: found["meaning"] for found in declared if found["alias"]}
    members = {found["interface"]: found["members"] for found in declared if found["interface"]}
    known: Known = {**earlier["methods"], **earlier["types"]}
    return {
        "version": f"Bot API {version[1]}",
        "methods": {
            call["name"]: {
                "returns": types_of(call["returns"], aliases),
                "fields": list(fields(members.get(call["params"], ""), aliases, known.get(call["name"], {}))),
            }
            for call in CALL.finditer(methods)
        },
        "types": dict(types(DECLARED.finditer(objects), aliases, known)),
    }


def types(
    declared: "Iterator[re.Match[str]]", aliases: Mapping[str, str], known: Known
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The types among the declarations: interfaces with their fields, and unions of interfaces with their subtypes."""
    for found in declared:
        name = plain_name(found["interface"] or found["alias"])
        before = known.get(name, {})
        if name.startswith("APIResponse"):
            continue  # the package's own
        if found["interface"]:
            yield name, {"fields": [nested(field) for field in fields(found["members"], aliases, before)]}
        elif found["meaning"] == "Blob":
            yield name, {"fields": []}
        elif "Telegram" in found["meaning"]:
            scalars = [kind for kind in before.get("subtypes", ()) if kind == "String" or kind.startswith("Array of ")]
            yield name, {"subtypes": [*scalars, *types_of(found["meaning"], {})]}


def fields(members: str, aliases: Mapping[str, str], before: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The fields in the body of an interface, in order; `before` is what the earlier version says of their owner."""
    for member in MEMBER.finditer(members):
        name = member["name"]
        kinds = types_of(member["type"], aliases)
        kept = before.get("fields", {}).get(name, {}).get("types", ["Float"] if name in FLOATS else ["Integer"])
        if kinds == ["Integer"] and kept == ["Float"]:
            kinds = kept
        yield {"name": name, "types": kinds, "required": not member["optional"], "description": prose(member["prose"])}


def nested(field: dict[str, Any]) -> dict[str, Any]:
    """`field` of an object, which is JSON: a file in it is named by a string."""
    return {**field, "types": [kind for kind in field["types"] if kind != "InputFile"]}


def types_of(written: str, aliases: Mapping[str, str]) -> list[str]:
    """The types of a TypeScript expression, in the names of the Bot API and without repetition."""
    kinds: list[str] = []
    for part in alternatives(written):
        if part.endswith("[]"):
            kinds += (f"Array of {kind}" for kind in types_of(part.removesuffix("[]"), aliases))
        elif part.startswith("("):
            kinds += types_of(part[1:-1], aliases)
        elif part.startswith("Exclude<"):
            kinds.append("String")  # the names of kinds of update
        elif part.startswith('"'):
            kinds.append("String")
        elif part.lstrip("-").isdecimal():
            kinds.append("Integer")
        elif "{" not in part:  # { toString(): string }, a convenience of the package
            kinds += referred(part.removeprefix("Objects."), aliases)
    return list(dict.fromkeys(kinds))


def referred(name: str, aliases: Mapping[str, str]) -> list[str]:
    """The types that the single name `name` stands for: itself, a scalar, or those of a list of words."""
    if name in SCALARS:
        return [SCALARS[name]]
    meaning = aliases.get(name, "Telegram")
    return [plain_name(name)] if "Telegram" in meaning or meaning == "Blob" else types_of(meaning, aliases)


def alternatives(written: str) -> list[str]:
    """The parts of `written` between the `|` outside of brackets, without white space around them."""
    parts, depth = [""], 0
    for sign in written:
        depth += (sign in "({<") - (sign in ")}>")
        if sign == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [" ".join(part.split()) for part in parts if part.strip()]


def plain_name(name: str) -> str:
    """The Bot API's name of the package's type `name`."""
    return name.removeprefix("Telegram")


def prose(comment: str) -> str:
    """The words of a comment on one line, without the marks of Markdown."""
    text = " ".join(line.strip().removeprefix("*").strip() for line in comment.splitlines())
    return MARKUP.sub(lambda found: found[1] or found[2] or "", text).strip()
