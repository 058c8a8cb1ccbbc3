"""The published description of the Bot API: `api.json`, read once, and what of it an older version had."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

Fields = Mapping[str, Mapping[str, Any]]  # the parameters of a method or members of a type, by name
Described = Mapping[str, Mapping[str, Any]]  # methods or types, by name

API: dict[str, Any] = json.loads(files("bot.botapi.specification").joinpath("api.json").read_text(encoding="utf-8"))
METHODS: Described = API["methods"]
TYPES: Described = API["types"]
NEWEST: str = API["version"].removeprefix("Bot API ")
OLDEST = "9.2"
"""The oldest version that is described; what it had bears no `since`."""


def number(version: str) -> tuple[int, int]:
    """`version` such as "10.3" in the form that can be compared. Raises ValueError for anything else."""
    major, point, minor = version.partition(".")
    if not (point and major.isdecimal() and minor.isdecimal()):
        raise ValueError(f"{version!r} is not the number of a version such as {NEWEST}")
    return int(major), int(minor)


def checked_version(version: str) -> str:
    """`version` if it is one that is described; raises ValueError otherwise."""
    if not number(OLDEST) <= number(version) <= number(NEWEST):
        raise ValueError(f"Bot API {version} is not described here, only those from {OLDEST} to {NEWEST}")
    return version


def as_of(version: str) -> tuple[Described, Described]:
    """The methods and types of `version`. A field that came later is there, empty, and `newer`: it is ignored."""
    if version == NEWEST:
        return METHODS, TYPES
    return described_until(METHODS, version), described_until(TYPES, version)


def described_until(described: Described, version: str) -> Described:
    """Those of the methods or types in `described` that `version` had, with the fields it had."""
    kept = {name: entry for name, entry in described.items() if not newer(entry, version)}
    return {name: entry_until(entry, version) for name, entry in kept.items()}


def entry_until(entry: Mapping[str, Any], version: str) -> Mapping[str, Any]:
    """A method or type as `version` had it."""
    if "subtypes" in entry:
        subtypes = [name for name in entry["subtypes"] if not newer(TYPES.get(name, {}), version)]
        return {**entry, "subtypes": subtypes}
    fields = {
        name: {"newer": True, "types": []} if newer(field, version) else field
        for name, field in entry["fields"].items()
    }
    return {**entry, "fields": fields}


def newer(entry: Mapping[str, Any], version: str) -> bool:
    """Whether a method, type or field came later than `version`."""
    return "since" in entry and number(entry["since"]) > number(version)
