"""Checks requests against the published specification: `api.json`, compiled once into checking functions.

Values arrive as strings (query string, forms) or as JSON; both are converted to the same Python values. Texts with a
parse mode become plain text with entities, so that no other module needs to know parse modes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.botapi.specification import entities, limits
from bot.botapi.specification.description import METHODS, TYPES, Fields
from bot.botapi.specification.errors import broken
from bot.botapi.specification.formatted import format_text, formatted_fields
from bot.botapi.specification.telegram_html import utf16
from bot.botapi.specification.unions import chooser

# Takes a value and a list for remarks; returns the converted value, or raises Mismatch or SpecError.
Check = Callable[[Any, list[str]], Any]

WORDS = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "InlineKeyboardMarkup": "reply keyboard markup JSON object",
    "ReplyKeyboardMarkup": "reply keyboard markup JSON object",
}
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


@dataclass(frozen=True, slots=True)
class Method:
    """One method of the Bot API: its published name, its result type, and the check of its parameters."""

    name: str
    returns: tuple[str, ...]
    check: Check

    def read(self, given: Mapping[str, Any], uploads: Mapping[str, Upload]) -> tuple[dict[str, Any], list[str]]:
        """The converted parameters, and remarks on what Telegram would silently accept.

        `uploads` are files by the name of their form field. Raises SpecError.
        """
        remarks: list[str] = []
        try:
            params: dict[str, Any] = self.check(given, remarks)
        except Mismatch as mismatch:
            raise broken(str(mismatch)) from None
        if uploads:
            mentioned = str(given)
            remarks += (
                f"{self.name}: nothing refers to the uploaded file {name!r}"
                for name in uploads
                if name not in params and f"attach://{name}" not in mentioned
            )
        return params, remarks


@cache
def method(name: str) -> Method | None:
    """The method `name`, case-insensitive as in Telegram; None: there is none."""
    published = PUBLISHED.get(name.lower())
    if published is None:
        return None
    described = METHODS[published]
    return Method(published, tuple(described["returns"]), object_check(published, described["fields"], top=True))


PUBLISHED = {name.lower(): name for name in METHODS}


def object_check(owner: str, fields: Fields, *, top: bool = False) -> Check:
    """The check for an object with `fields`; with `top` these are a method's parameters, which may be strings."""
    checks = {name: field_check(owner, name, field, top=top) for name, field in fields.items()}
    required = tuple(name for name, field in fields.items() if field.get("required"))
    strings = {name for name, field in fields.items() if "String" in field["types"]}
    formatted = tuple(formatted_fields(fields))
    rules = limits.RULES.get(owner, ())

    def check(value: Any, remarks: list[str]) -> Any:
        if not isinstance(value, Mapping):
            raise Mismatch(f"{owner} must be an Object")
        read: dict[str, Any] = {}
        for name, item in value.items():
            checker = checks.get(name)
            if checker is None:
                if not isinstance(item, Upload):  # another field's attach:// may refer to the file
                    remarks.append(f"{owner} has no {'parameter' if top else 'field'} {name!r}")
            elif item is not None and (item != "" or name in strings or not top):  # empty form fields are missing
                try:
                    read[name] = checker(item, remarks)
                except Mismatch as mismatch:
                    raise placed(mismatch, owner, name, top=top) from None
        for name in required:
            if name not in read:
                raise missing(owner, name, top=top)
        for text_field, mode_field, entities_field, least, most in formatted:
            if text_field in read:
                format_text(owner, read, (text_field, mode_field, entities_field), remarks)
                limits.within(owner, text_field, utf16(read[text_field]), least, most)
        for rule in rules:
            rule(read)
        return read

    return check


def placed(mismatch: Mismatch, owner: str, name: str, *, top: bool) -> Exception:
    """`mismatch` with its place; like Telegram, it names the innermost object."""
    said = str(mismatch)
    if said.startswith(("can't parse", "Can't parse")):
        return mismatch
    if top:
        return Mismatch(f'parameter "{name}" {said}' if said.startswith("must") else f"can't parse {name}: {said}")
    return Mismatch(
        f"can't parse {WORDS.get(owner, owner)}: " + (f'Field "{name}" {said}' if said[:4] == "must" else said)
    )


def missing(owner: str, name: str, *, top: bool) -> Exception:
    """Telegram's error for a missing required field."""
    if text := limits.TOO_SHORT.get(f"{owner}.{name}"):
        return broken(text)
    if not top:
        return Mismatch(f"can't parse {WORDS.get(owner, owner)}: Can't find field \"{name}\"")
    match name:
        case "chat_id":
            return broken("chat_id is empty")
        case "message_id":
            return broken("message identifier is not specified")
        case "photo" | "document" | "voice" | "audio" | "video" | "animation" | "sticker" | "video_note":
            return broken(f"there is no {name.replace('_', ' ')} in the request")
        case _:
            return broken(f'parameter "{name}" is required')


def field_check(owner: str, name: str, field: Mapping[str, Any], *, top: bool) -> Check:
    """The check for one field: its types, the limit stated for it, and at the top the way from a string."""
    types: list[str] = field["types"]
    typed = lazily(types[0]) if len(types) == 1 else check_for(tuple(types))
    convert = from_string(name, types) if top else None
    equals = field.get("equals")
    least, most = field.get("least", 0), field.get("most", 0)
    measure = None if field.get("unit") in (None, "parsed") else limits.MEASURES[field["unit"]]

    def check(value: Any, remarks: list[str]) -> Any:
        if convert is not None and isinstance(value, str):
            value = convert(value)
            if value is None:
                raise Mismatch(f"must be of type {' or '.join(types)}")
        read = typed(value, remarks)
        if equals is not None and read != equals:
            raise Mismatch(f'must be "{equals}"')
        if measure is not None:
            limits.within(owner, name, measure(read), least, most)
        return read

    return check


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


@cache
def check_for(types: tuple[str, ...]) -> Check:
    """The check for a value that may be of any of `types`."""
    if len(types) == 1:
        return check_of_type(types[0])
    if "InputFile" in types:
        return input_file
    scalars = tuple(python for name in types for python in SCALARS.get(name, ()))
    lists = [name for name in types if name.startswith("Array of ")]
    objects = [name for name in types if name not in SCALARS and name not in lists]
    checks = {name: lazily(name) for name in (*lists, *objects)}
    if lists and not objects:
        # Several kinds of list, as in sendMediaGroup: the type of each member is decided separately.
        members = check_for(tuple(name.removeprefix("Array of ") for name in lists))
        return list_of(members)
    choose = chooser(objects)

    def check(value: Any, remarks: list[str]) -> Any:
        if isinstance(value, dict):
            chosen = choose(value)
            if chosen is None:
                raise Mismatch(f"must be one of {', '.join(objects)}")
            return checks[chosen](value, remarks)
        if isinstance(value, list) and lists:
            return checks[lists[0]](value, remarks)
        if isinstance(value, scalars) and (not isinstance(value, bool) or bool in scalars):
            return value
        raise Mismatch(f"must be of type {' or '.join(types)}")

    return check


def lazily(name: str) -> Check:
    """The check for the type `name`, compiled when it is first needed: types may contain themselves."""
    if name in SCALARS:
        return scalar(name)
    return lambda value, remarks: check_for((name,))(value, remarks)


def check_of_type(name: str) -> Check:
    """The check for a single type: a scalar, a list, a union with subtypes, or an object."""
    if name in SCALARS:
        return scalar(name)
    if name == "InputFile":
        return uploaded_file
    if name.startswith("Array of "):
        return list_of(lazily(name.removeprefix("Array of ")))
    described = TYPES[name]
    if "subtypes" in described:
        return check_for(tuple(described["subtypes"]))
    checked = object_check(name, described["fields"])
    if name == "KeyboardButton":
        # A plain string is short for a button with that text, https://core.telegram.org/bots/api#keyboardbutton
        return lambda value, remarks: value if isinstance(value, str) else checked(value, remarks)
    return checked


def scalar(name: str) -> Check:
    """The check for a number, a truth value or a string."""
    allowed = SCALARS[name]

    def check(value: Any, _: list[str]) -> Any:
        if not isinstance(value, allowed) or (isinstance(value, bool) and name != "Boolean"):
            raise Mismatch(f"must be of type {name}")
        return entities.cleaned(value) if isinstance(value, str) else value

    return check


def list_of(member: Check) -> Check:
    """The check for a list with members that `member` checks."""

    def check(value: Any, remarks: list[str]) -> Any:
        if not isinstance(value, list):
            raise Mismatch("must be an Array")
        return [member(item, remarks) for item in value]

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
