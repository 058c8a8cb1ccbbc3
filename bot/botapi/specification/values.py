"""Values of a request: numbers, truth values, texts and files, given as JSON or as strings."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.botapi.specification import entities

# Takes a value and a list for remarks; returns the converted value, or raises Mismatch or SpecError.
Check = Callable[[Any, list[str]], Any]

SCALARS: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (float, int),
    "Boolean": (bool,),
    "String": (str,),
}
YES, NO = {"true", "1", "yes"}, {"false", "0", "no"}


class Mismatch(Exception):  # noqa: N818 - a step on the way to the error that names the whole place
    """A value does not have its type; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    content: bytes


def from_string(name: str, types: list[str]) -> Callable[[str], Any] | None:
    """The conversion of a string to `types`, None if it stays a string; its result is None if it is impossible."""
    if types == ["String"] or "InputFile" in types:
        return None
    if types == ["Integer", "String"]:
        return lambda text: int(text) if text.lstrip("-").isdecimal() else text
    if types == ["Integer"]:
        return lambda text: int(text) if text.lstrip("-").isdecimal() else None
    if types == ["Float"]:
        return as_float
    if types == ["Boolean"]:
        return lambda text: True if text.lower() in YES else False if text.lower() in NO else None
    what = "reply keyboard markup" if name == "reply_markup" else name.replace("_", " ")

    def from_json(text: str) -> Any:
        try:
            return json.loads(text)
        except ValueError:
            raise Mismatch(f"can't parse {what} JSON object") from None

    return from_json


def as_float(text: str) -> float | None:
    """`text` as a number; None: it is not one."""
    try:
        return float(text)
    except ValueError:
        return None


def scalar(name: str) -> Check:
    """The check for a number, a truth value or a string."""
    allowed = SCALARS[name]

    def check(value: Any, _: list[str]) -> Any:
        if not isinstance(value, allowed) or (isinstance(value, bool) and name != "Boolean"):
            raise Mismatch(f"must be of type {name}")
        return entities.cleaned(value) if isinstance(value, str) else value

    return check


def input_file(value: Any, _: list[str]) -> Any:
    """A file in the request, or a string that names one (an identifier, a link, attach://…)."""
    if not isinstance(value, Upload | str):
        raise Mismatch("must be of type InputFile or String")
    return value


def uploaded_file(value: Any, _: list[str]) -> Any:
    """A file in the request, itself or by attach://…."""
    if not isinstance(value, Upload) and not (isinstance(value, str) and value.startswith("attach://")):
        raise Mismatch("must be uploaded as an InputFile")
    return value
