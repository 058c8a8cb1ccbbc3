"""Checks requests against the published specification: `api.json`, compiled once into checking functions.

Values arrive as strings (query string, forms) or as JSON; both are converted to the same Python values. Texts with a
parse mode become plain text with entities, so that no other module needs to know parse modes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.botapi.specification import limits
from bot.botapi.specification.description import NEWEST, Fields, as_of, checked_version
from bot.botapi.specification.errors import broken
from bot.botapi.specification.formatted import format_text, formatted_fields
from bot.botapi.specification.telegram_html import utf16
from bot.botapi.specification.unions import chooser
from bot.botapi.specification.values import (
    SCALARS,
    Check,
    Mismatch,
    Upload,
    from_string,
    input_file,
    scalar,
    uploaded_file,
)

WORDS = {
    "InlineKeyboardButton": "inline keyboard button",
    "KeyboardButton": "keyboard button",
    "InlineKeyboardMarkup": "reply keyboard markup JSON object",
    "ReplyKeyboardMarkup": "reply keyboard markup JSON object",
}


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


class Specification:
    """The checks of one version of the Bot API, compiled when they are first needed. Raises ValueError for a version
    that is not described.
    """

    def __init__(self, version: str = NEWEST) -> None:
        self.version = checked_version(version)
        self._methods, self._types = as_of(self.version)
        self._published = {name.lower(): name for name in self._methods}
        self._has_times = not self._types["MessageEntity"]["fields"]["unix_time"].get("newer")
        self._compiled: dict[str, Method] = {}
        self._checks: dict[tuple[str, ...], Check] = {}

    def method(self, name: str) -> Method | None:
        """The method `name`, case-insensitive as in Telegram; None: there is none."""
        published = self._published.get(name.lower())
        if published is None:
            return None
        if published not in self._compiled:
            described = self._methods[published]
            check = self._object_check(published, described["fields"], top=True)
            self._compiled[published] = Method(published, tuple(described["returns"]), check)
        return self._compiled[published]

    def check_for(self, types: tuple[str, ...]) -> Check:
        """The check for a value that may be of any of `types`."""
        if types not in self._checks:
            self._checks[types] = self._check_of(types)
        return self._checks[types]

    def _object_check(self, owner: str, fields: Fields, *, top: bool = False) -> Check:
        """The check for an object with `fields`; with `top` these are a method's parameters, which may be strings."""
        known = {name: field for name, field in fields.items() if not field.get("newer")}
        newer = fields.keys() - known.keys()
        checks = {name: self._field_check(owner, name, field, top=top) for name, field in known.items()}
        required = tuple(name for name, field in known.items() if field.get("required"))
        strings = {name for name, field in known.items() if "String" in field["types"]}
        formatted = tuple(formatted_fields(known))
        rules = limits.RULES.get(owner, ())

        def check(value: Any, remarks: list[str]) -> Any:
            if not isinstance(value, Mapping):
                raise Mismatch(f"{owner} must be an Object")
            read: dict[str, Any] = {}
            for name, item in value.items():
                checker = checks.get(name)
                if checker is None:
                    # Another field's attach:// may refer to a file; what came with a later version is ignored.
                    if not isinstance(item, Upload) and name not in newer:
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
                    names = (text_field, mode_field, entities_field)
                    format_text(owner, read, names, remarks, has_times=self._has_times)
                    limits.within(owner, text_field, utf16(read[text_field]), least, most)
            for rule in rules:
                rule(read)
            return read

        return check

    def _field_check(self, owner: str, name: str, field: Mapping[str, Any], *, top: bool) -> Check:
        """The check for one field: its types, the limit stated for it, and at the top the way from a string."""
        types: list[str] = field["types"]
        typed = self._lazily(types[0]) if len(types) == 1 else self.check_for(tuple(types))
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

    def _check_of(self, types: tuple[str, ...]) -> Check:
        """Compiles the check for a value that may be of any of `types`."""
        if len(types) == 1:
            return self._check_of_type(types[0])
        if "InputFile" in types:
            return input_file
        scalars = tuple(python for name in types for python in SCALARS.get(name, ()))
        lists = [name for name in types if name.startswith("Array of ")]
        objects = [name for name in types if name not in SCALARS and name not in lists]
        checks = {name: self._lazily(name) for name in (*lists, *objects)}
        if lists and not objects:
            # Several kinds of list, as in sendMediaGroup: the type of each member is decided separately.
            return list_of(self.check_for(tuple(name.removeprefix("Array of ") for name in lists)))
        choose = chooser(objects, self._types)

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

    def _lazily(self, name: str) -> Check:
        """The check for the type `name`, compiled when it is first needed: types may contain themselves."""
        if name in SCALARS:
            return scalar(name)
        return lambda value, remarks: self.check_for((name,))(value, remarks)

    def _check_of_type(self, name: str) -> Check:
        """The check for a single type: a scalar, a list, a union with subtypes, or an object."""
        if name in SCALARS:
            return scalar(name)
        if name == "InputFile":
            return uploaded_file
        if name.startswith("Array of "):
            return list_of(self._lazily(name.removeprefix("Array of ")))
        described = self._types[name]
        if "subtypes" in described:
            return self.check_for(tuple(described["subtypes"]))
        checked = self._object_check(name, described["fields"])
        match name:
            case "KeyboardButton":
                # A plain string is short for a button with that text, https://core.telegram.org/bots/api#keyboardbutton
                return lambda value, remarks: value if isinstance(value, str) else checked(value, remarks)
            case "InputPollOption":
                # As it was before version 7.3; Telegram's server still takes it (tdlib/telegram-bot-api).
                return lambda value, remarks: checked({"text": value} if isinstance(value, str) else value, remarks)
            case _:
                return checked


CURRENT = Specification()
"""The newest version."""


def list_of(member: Check) -> Check:
    """The check for a list with members that `member` checks."""

    def check(value: Any, remarks: list[str]) -> Any:
        if not isinstance(value, list):
            raise Mismatch("must be an Array")
        return [member(item, remarks) for item in value]

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
