"""A public initiative as a record: the columns of the export, with nothing that its readers may not see."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.files.reports.tables import Cell, cell, column_of
from conversations.forms.figure import FEW
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.partners import Partners
from conversations.forms.variants import FIGURE_QUESTION
from conversations.model.initiatives import Initiative
from conversations.vocabulary.choices import Choice
from storage.reports.exporting import library_record
from storage.reports.records import LIBRARY_PARTS
from storage.site.openly import OPEN_QUESTIONS
from storage.site.public import PublicInitiative


def choices_of(key: str) -> Sequence[Choice]:
    """Returns what can be chosen for a question, or for its first part; nothing: it is answered in another way."""
    match _kind(key):
        case OneOf(choices=choices, besides=besides):
            return (*choices, *besides)
        case SomeOf(choices=choices) | Partners(first=SomeOf(choices=choices)):
            return choices
        case _:
            return ()


def _kind(key: str) -> QuestionKind | None:
    question = INITIATIVE.question(key)
    return question.kind if question else None


KEYS = {key: frozenset(choice.key for choice in found) for key in OPEN_QUESTIONS if (found := choices_of(key))}
"""The keys of the choices, by question."""

FEWER = {"least": 0, "most": FEW - 1, "approximate": False}
"""So few people could be recognised: they are only told to be fewer than five."""

_BEFORE = ("id", "call", "status", "language", "published_at")
_LIBRARY = tuple(f"library_{part}" for part in LIBRARY_PARTS)
_AFTER = ("revision",)

COLUMNS = (*_BEFORE, *_LIBRARY, *map(column_of, OPEN_QUESTIONS), *_AFTER)
"""The columns of the public table: those of the export without when somebody wrote, without files, and without answers
that are for coordinators only."""


def public_record(this: PublicInitiative) -> dict[str, Any]:
    """Returns the initiative as the JSON of the export."""
    told = this.initiative
    return {
        "id": told.id,
        "call": told.call or None,
        "status": "published",
        "language": told.language,
        "published_at": moment(told.published_at),
        "library": _library(told),
        "answers": dict(_answers(this)),
        "revision": told.revision,
    }


def public_row(record: Mapping[str, Any]) -> list[Cell]:
    """Returns the cells of a record that `public_record` made, one for each of COLUMNS."""
    library = record["library"] or {}
    return [
        *(record[name] for name in _BEFORE),
        *(library.get(part) for part in LIBRARY_PARTS),
        *(cell(record["answers"].get(key)) for key in OPEN_QUESTIONS),
        *(record[name] for name in _AFTER),
    ]


def moment(at: datetime) -> str:
    """Returns a time in UTC as ISO 8601, in whole seconds."""
    return at.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def last_change(told: Initiative) -> datetime:
    """Returns when readers last got something new of it."""
    return max(told.published_at, told.changed_at)


def _answers(this: PublicInitiative) -> Iterator[tuple[str, Any]]:
    for key in OPEN_QUESTIONS:
        if key in this.few and key != FIGURE_QUESTION:
            yield key, FEWER
        elif (value := _readable(key, this.initiative.answers.get(key))) not in (None, "", []):
            yield key, value


def _readable(key: str, value: Any) -> Any:
    """Returns an answer without keys that no vocabulary has, which only an import can bring; None: nothing is left."""
    known = KEYS.get(key)
    match value:
        case str() if known is not None:
            return value if value in known else None
        case [*chosen] if known is not None:
            return [each for each in chosen if each in known]
        case {"types": [*chosen], **rest} if known is not None:
            return {"types": [each for each in chosen if each in known], **rest}
        case _:
            return None if isinstance(_kind(key), OneOf | SomeOf) else _as_shown(value)


def _as_shown(value: Any) -> Any:
    """Returns a place as readers see it: its coordinates, within ten metres, only where it has no words."""
    match value:
        case {"place": "", "latitude": float(latitude), "longitude": float(longitude)}:
            return {"place": "", "latitude": round(latitude, 4), "longitude": round(longitude, 4)}
        case {"place": place, "latitude": _, "longitude": _}:
            return {"place": place, "latitude": None, "longitude": None}
        case _:
            return value


def _library(told: Initiative) -> dict[str, Any] | None:
    if not told.library:
        return None
    return library_record({"key": told.library_key, "name": told.library, "municipality": told.municipality})
