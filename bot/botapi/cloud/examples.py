"""The smallest value of any type of the Bot API, made from the specification."""

from collections.abc import Sequence
from typing import Any

from bot.botapi.cloud.world import Json
from bot.botapi.specification.description import TYPES
from bot.botapi.specification.errors import SpecError
from bot.botapi.specification.spec import CURRENT
from bot.botapi.specification.values import Mismatch

ZEROS: dict[str, Any] = {"Integer": 0, "Float": 0.0, "String": "", "Boolean": True}


def message_field(kind: str, now: float) -> Any:
    """Returns a value for the field `kind` of Message (sticker, story, dice…); KeyError when there is no such field."""
    (name,) = TYPES["Message"]["fields"][kind]["types"]
    member = name.removeprefix("Array of ")
    value = example((member,), {}, now)
    return value if member == name else [value]


def example(types: Sequence[str], given: Json, now: float) -> Any:
    """Returns a value of the first of `types`; fields of the right type are copied from `given`."""
    name = types[0]
    if name in ZEROS:
        return ZEROS[name]
    if name.startswith("Array of "):
        return []
    described = TYPES[name]
    if "subtypes" in described:
        return example(described["subtypes"], given, now)
    made: Json = {}
    for field_name, field in described["fields"].items():
        if field_name in given and fits(field["types"], given[field_name]):
            made[field_name] = given[field_name]
        elif "equals" in field:
            made[field_name] = field["equals"]
        elif field.get("required"):
            made[field_name] = int(now) if field_name == "date" else least(field, given, now)
    return made


def least(field: Json, given: Json, now: float) -> Any:
    """Returns the smallest value a required field may have."""
    value = example(field["types"], given, now)
    match field.get("unit"):
        case "value":
            return max(value, field["least"])
        case "characters" | "bytes" | "parsed":
            return "x" * field["least"]
        case _:
            return value


def fits(types: Sequence[str], value: Any) -> bool:
    """Returns whether `value` is of one of `types`."""
    try:
        CURRENT.check_for(tuple(types))(value, [])
    except (Mismatch, SpecError):
        return False
    return True
