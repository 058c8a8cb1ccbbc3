"""Checks whether a value from outside the chat (an import) is one that its question could have had in the chat."""

from collections.abc import Mapping
from typing import Any

from conversations.forms.figure import Figure, FigureYear, is_figure
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.calls import OpenCall
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.contacts import ContactDetails
from conversations.forms.kinds.dates import Date
from conversations.forms.kinds.files import Files
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.links import Links
from conversations.forms.kinds.names import Names
from conversations.forms.kinds.numbers import Exactly, Number
from conversations.forms.kinds.places import Venue
from conversations.forms.kinds.text import Text
from conversations.forms.kinds.then import Then
from conversations.forms.kinds.yes_no import YesNo
from conversations.forms.variants import LONGEST_OWN_ANSWER
from conversations.model.calls import MOST_CHOICES, OWN_KEYS
from conversations.reading.dates.edtf import date_bounds, is_edtf
from conversations.vocabulary import vocabulary

YEARS = range(1900, 2101)
"""The years in which an initiative may begin and end."""

_LINE = 300
"""Most characters of a name, an address or the words for a place."""
_LINK = 2000
_MOST_FILES = 20
_QUESTIONS = {question.key: question for question in INITIATIVE.questions}
_OWN: tuple[QuestionKind, ...] = (Text(most=LONGEST_OWN_ANSWER), Number(), Exactly())


def is_question(key: str) -> bool:
    """Returns whether reports have answers with this key: one of the form, or of a call's own questions."""
    return key in OWN_KEYS or key in _QUESTIONS


def fits(key: str, value: Any) -> bool:
    """Returns whether `value`, with cleaned texts, can be the answer with this key, in type and in size."""
    question = _QUESTIONS.get(key)
    kinds = _OWN if question is None else (question.kind,)
    if question is None and _is_list(value, MOST_CHOICES) and all(_is_text(key, _LINE) for key in value):
        return True  # several choices of an own question
    return any(_is_of(kind, value) for kind in kinds)


def _is_of(kind: QuestionKind, value: Any) -> bool:
    match kind:
        case Text(most=most, files=files):
            return _is_text(value, most) or (bool(files) and _holds_texts(value, most))
        case OneOf(choices=choices, besides=besides):
            return isinstance(value, str) and any(choice.key == value for choice in (*choices, *besides))
        case SomeOf(choices=choices, most=most):
            keys = {choice.key for choice in choices}
            return _is_list(value, most) and all(isinstance(key, str) and key in keys for key in value)
        case Exactly(whole=whole):
            return isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        case Number(most=most):
            return _is_number(value, most)
        case Date():
            return isinstance(value, str) and (_is_date(value) or value in _instead(kind))
        case Figure():
            return is_figure(value)
        case FigureYear():
            return isinstance(value, str) and _is_date(value)
        case Then():
            return _is_then(kind, value)
        case YesNo():
            return isinstance(value, bool)
        case Names(most=most):
            return _is_list(value, most) and all(_is_text(name, _LINE) for name in value)
        case Links(most=most):
            return _is_list(value, most) and all(_is_text(link, _LINK) for link in value)
        case Files():
            return _is_list(value, _MOST_FILES) and all(_is_text(this, _LINE) for this in value)
        case ContactDetails():
            return _has_parts(value, {"name": str, "email": str, "phone": str})
        case Venue():
            return _is_venue(value)
        case Library():
            return _has_parts(value, {"key": str | None, "name": str})
        case OpenCall():
            return value is None or _is_text(value, _LINE)
        case _:
            return False


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most


def _is_list(value: Any, most: int) -> bool:
    return isinstance(value, list) and len(value) <= most


def _holds_texts(value: Any, most: int) -> bool:
    """Returns whether the value contains nothing but texts, as the record of a text and its files does."""
    match value:
        case Mapping():
            return len(value) <= _MOST_FILES and all(_holds_texts(each, most) for each in value.values())
        case list():
            return len(value) <= _MOST_FILES and all(_is_text(each, most) for each in value)
        case _:
            return value is None or _is_text(value, most)


def _is_number(value: Any, most: int) -> bool:
    if not _has_parts(value, {"least": int, "most": int | None, "approximate": bool}):
        return False
    least, highest = value["least"], value["most"]
    return not isinstance(least, bool) and 0 <= least <= most and (highest is None or least <= highest <= most)


def _is_date(value: str) -> bool:
    if not is_edtf(value):
        return False
    first, last = date_bounds(value)
    return first.year in YEARS and (last is None or last.year in YEARS)


def _instead(kind: Date) -> set[str]:
    """Returns what can be answered in place of a date, at any status of the initiative."""
    return {choice.key for status in vocabulary.STATUS for choice in kind.instead({"status": status.key})}


def _is_then(kind: Then, value: Any) -> bool:
    try:
        first, second = kind.parts(value)
        whole = kind.join(first, second)
    except (TypeError, KeyError, AttributeError, ValueError):
        return False
    without = {name: part for name, part in whole.items() if part is not None}  # older answers have fewer parts
    if value not in (whole, without):
        return False
    return _is_of(kind.first, first) and (second is None or _is_of(kind.second, second))


def _is_venue(value: Any) -> bool:
    if not _has_parts(value, {"place": str, "latitude": float | int | None, "longitude": float | int | None}):
        return False
    latitude, longitude = float(value["latitude"] or 0), float(value["longitude"] or 0)
    return abs(latitude) <= 90 and abs(longitude) <= 180


def _has_parts(value: Any, parts: Mapping[str, Any]) -> bool:
    """Returns whether `value` has exactly these parts, each of its type, and no text longer than a line."""
    return (
        isinstance(value, Mapping)
        and set(value) == set(parts)
        and all(isinstance(value[name], kind) for name, kind in parts.items())
        and all(len(part) <= _LINE for part in value.values() if isinstance(part, str))
    )
