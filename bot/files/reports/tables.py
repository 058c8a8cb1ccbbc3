"""Reports as a table: one column for each part of the record, in the same order for CSV and XLSX."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from conversations.forms.initiative import INITIATIVE
from conversations.model.calls import OWN_KEYS, WholeCall
from storage.reports.exporting import LIBRARY_QUESTION
from storage.reports.records import LIBRARY_PARTS, Record

Cell: TypeAlias = str | int | float | datetime | None

_BEFORE = ("id", "call", "status", "language", "created_at", "submitted_at", "published_at")
_LIBRARY = tuple(f"library_{part}" for part in LIBRARY_PARTS)
_AFTER = ("attachments", "attachment_names", "revision")
COMPUTED = frozenset(("attachments", "attachment_names", "library_region"))
"""The columns that only tell something; an import takes nothing from them."""

_FIELDS = frozenset((*_BEFORE, *_LIBRARY, *_AFTER, LIBRARY_QUESTION))


_OWN_ALWAYS = OWN_KEYS[:5]
"""The keys of own questions that have a column in every table."""


def own_columns(calls: Iterable[WholeCall]) -> tuple[str, ...]:
    """Returns the keys of own questions that have a column in a table of reports to these calls."""
    used = {question.key for call in calls for question in call.questions if question.kind != "note"}
    return tuple(key for key in OWN_KEYS if key in _OWN_ALWAYS or key in used)


def columns(*, with_contacts: bool, own: Sequence[str] = _OWN_ALWAYS) -> tuple[str, ...]:
    """Returns the names of the columns, all different. Columns of personal answers are included only on request.

    `own` has the keys of calls' own questions that have a column.
    """
    return (*_BEFORE, *_LIBRARY, *(column_of(key) for key in asked(with_contacts=with_contacts, own=own)), *_AFTER)


def column_of(question: str) -> str:
    """Returns the name of a question's column: its key, unless a field of the record has this name."""
    return f"answer_{question}" if question in _FIELDS else question


def asked(*, with_contacts: bool, own: Sequence[str] = _OWN_ALWAYS) -> tuple[str, ...]:
    """Returns the keys of the questions with a column: those of the form, and a call's own questions."""
    return (
        *(
            question.key
            for question in INITIATIVE.questions
            if question.key != LIBRARY_QUESTION and (with_contacts or not question.personal)
        ),
        *own,
    )


def row(record: Record, *, with_contacts: bool, own: Sequence[str] = _OWN_ALWAYS) -> list[Cell]:
    """Returns the cells of `record`, one for each column."""
    library = record.library or {}
    return [
        record.id,
        record.call,
        record.status,
        record.language,
        record.created_at,
        record.submitted_at,
        record.published_at,
        *(library.get(part) for part in LIBRARY_PARTS),
        *(cell(record.answers.get(key)) for key in asked(with_contacts=with_contacts, own=own)),
        len(record.attachments),
        "; ".join(str(attachment.get("name") or attachment.get("kind")) for attachment in record.attachments),
        record.revision,
    ]


def cell(value: Any) -> Cell:
    """Returns an answer as one cell: keys and numbers unchanged, lists joined, answers with parts as `part: value`."""
    match value:
        case None:
            return None
        case bool():
            return "yes" if value else "no"
        case str() | int() | float():
            return value
        case {"unit": "percent" | "of" | "number", "least": least, "most": most, "approximate": approximate}:
            amount = _range(least, most, approximate=bool(approximate), sign="%" if value["unit"] == "percent" else "")
            whole = f" of {value.get('of')}" if value["unit"] == "of" else ""
            return "; ".join(part for part in (f"{amount}{whole}", value.get("year"), value.get("about")) if part)
        case {"least": int(least), "most": int() | None as most, "approximate": approximate}:
            return least if least == most and not approximate else _range(least, most, approximate=bool(approximate))
        case Mapping():
            parts = ((name, _inner(part)) for name, part in value.items())
            return "; ".join(f"{name}: {part}" for name, part in parts if part)
        case Sequence():
            return "; ".join(_inner(each) for each in value)
        case _:
            return str(value)


def _range(least: float, most: float | None, *, approximate: bool, sign: str = "") -> str:
    """`10-12`, `30+`, `~30`, `60-70%`: readable in every language and by programs."""
    amount = f"{least}{sign}+" if most is None else f"{least}{sign}" if least == most else f"{least}-{most}{sign}"
    return f"~{amount}" if approximate else amount


def _inner(value: Any) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_inner(each) for each in value)
    said = cell(value)
    return "" if said is None else str(said)
