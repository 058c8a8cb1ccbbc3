"""What people write into the cells of a table of reports becomes the answers of a record."""

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.files.reports.defusing import defused
from bot.files.reports.table_rows import TableRow
from bot.files.reports.tables import COMPUTED, asked, column_of, columns, row
from conversations.context.context import Context
from conversations.forms.fitting import fits
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import Asked, Gathering, Understood
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.files import Files
from conversations.forms.kinds.numbers import exact_number
from conversations.forms.kinds.then import Then
from conversations.forms.variants import CALL_QUESTION, own_question
from conversations.language.events import Wrote
from conversations.model.calls import OWN_KEYS, OwnQuestion
from conversations.reading.dates.edtf import is_edtf
from conversations.reading.text import fold
from storage.engine.errors import NotARecord
from storage.reports.records import LIBRARY_PARTS, Record

_QUESTIONS = {column_of(key): key for key in asked(with_contacts=True, own=OWN_KEYS)}
_LIBRARY = {name: part for part in LIBRARY_PARTS if (name := f"library_{part}") not in COMPUTED}
_TIMES = ("created_at", "submitted_at", "published_at")
_ID_LENGTH = 16
_NEEDED = ("title", "library_name")
"""The columns that have to be filled in for a new report; what else is missing its readers see."""


def id_of(row_read: TableRow) -> str:
    """Returns the id of the report in a row: the one that is written there, or one that follows from its cells.

    So a second import of the same row finds the report of the first.
    """
    if written := row_read.cells.get("id"):
        return written
    content = repr(sorted(row_read.cells.items())).encode()
    return b32encode(hashlib.sha256(content).digest()).decode().lower()[:_ID_LENGTH]


def record_in(row_read: TableRow, known: Sequence[str], stored: Record | None, context: Context) -> dict[str, Any]:
    """Returns the record, as JSON, that a row means; what a table cannot hold stays as it is `stored`.

    `known` are the columns of the table: an empty cell of one of them means that there is no answer. Raises NotARecord,
    which names every column whose cell is not understood.
    """
    now = context.now.isoformat()
    before: dict[str, Any] = stored.as_json() if stored else {"answers": {}, "attachments": []}
    untouched = _unchanged(row_read, stored)
    cells = {name: text for name, text in row_read.cells.items() if name not in untouched}
    record: dict[str, Any] = {
        **before,
        "id": id_of(row_read),
        "call": row_read.cells.get("call") if "call" in known else before.get("call"),
        "status": cells.get("status") or before.get("status") or "submitted",
        "language": cells.get("language") or before.get("language") or context.person.language,
        "revision": _whole(cells["revision"]) if "revision" in cells else before.get("revision", 1),
    }
    for name in _TIMES:
        record[name] = cells.get(name) or before.get(name)
    record["created_at"] = record["created_at"] or now
    if record["status"] != "draft":
        record["submitted_at"] = record["submitted_at"] or now
    if record["status"] == "published":
        record["published_at"] = record["published_at"] or now
    if not untouched.issuperset(name for name in _LIBRARY if name in known):
        record["library"] = _library(row_read.cells, context)
    wrong = [f"column {name} is empty" for name in _NEEDED if not stored and name not in row_read.cells]
    record["answers"] = dict(_answers(row_read, known, untouched, before["answers"], context, wrong))
    if record["call"] and context.find.calls.whole(record["call"]):
        record["answers"].setdefault(CALL_QUESTION, record["call"])  # as in the chat, where it is a question
    if wrong:
        raise NotARecord("; ".join(wrong))
    return record


def _unchanged(row_read: TableRow, stored: Record | None) -> frozenset[str]:
    """Returns the columns whose cells are those that an export of the stored report writes."""
    if stored is None:
        return frozenset()
    exported = zip(
        columns(with_contacts=True, own=OWN_KEYS), row(stored, with_contacts=True, own=OWN_KEYS), strict=True
    )
    return frozenset(name for name, value in exported if row_read.cells.get(name, "") in _spellings(value))


def _spellings(value: Any) -> tuple[str, ...]:
    if value is None:
        return ("",)
    if isinstance(value, datetime):
        return (defused(value), f"{value.replace(tzinfo=None, microsecond=0).isoformat()}Z")
    return (str(value).strip(), defused(value).strip())


def _answers(
    row_read: TableRow,
    known: Sequence[str],
    untouched: frozenset[str],
    before: Mapping[str, Any],
    context: Context,
    wrong: list[str],
) -> Iterator[tuple[str, Any]]:
    """Yields the answers of a row; to `wrong` is added what is not understood."""
    call = context.find.calls.whole(row_read.cells.get("call", ""))
    own = {each.key: each for each in call.questions if each.kind != "note"} if call else {}
    status: Mapping[str, Any] = {"status": _status(row_read, before)}
    for name, key in _QUESTIONS.items():
        question = INITIATIVE.question(key)
        kept = name not in known or name in untouched or (question is not None and isinstance(question.kind, Files))
        if kept:
            if before.get(key) is not None:
                yield key, before[key]
        elif text := row_read.cells.get(name):
            value = own_answer_in(own[key], text, context) if key in own else answer_in(key, text, status, context)
            if value is None:
                wrong.append(f"column {name}: “{text[:60]}” is not understood")
            else:
                yield key, value


def _status(row_read: TableRow, before: Mapping[str, Any]) -> str:
    written = row_read.cells.get(column_of("status"), "")
    return written if fits("status", written) else str(before.get("status") or "running")


def answer_in(key: str, text: str, answers: Mapping[str, Any], context: Context) -> Any:
    """Returns the answer that a cell means to the question with that key; None if it is not understood.

    It is read as the export writes answers, and then as the chat reads what people type.
    """
    if (value := next((each for each in _as_exported(key, text) if fits(key, each)), None)) is not None:
        return value
    question = INITIATIVE.question(key)
    if question is None:
        return None
    match question.kind.read(Wrote(text), None, Asked(context, answers)):
        case Understood(value) if fits(key, value):
            return value
        case Gathering(gathered) if isinstance(question.kind, Then) and question.kind.halfway(gathered):
            value = question.kind.so_far(gathered)  # the second half, such as "each time", is left open
            return value if fits(key, value) else None
        case _:
            return None


def own_answer_in(question: OwnQuestion, text: str, context: Context) -> Any:
    """Returns the answer that a cell means to a call's own question; None if it is not understood.

    Choices are keys, as exports and other programs write them, or their words in any language.
    """
    words = [*zip(question.choice_keys, question.choices, strict=False)]
    keys = {fold(said): key for key, texts in words for said in texts.values()} | {
        fold(key): key for key, _texts in words
    }
    match question.kind:
        case "choice":
            return keys.get(fold(text))
        case "several":
            parts = text.split(";") if ";" in text else [text] if fold(text) in keys else re.split(r"[,\s]+", text)
            found = [keys.get(fold(part)) for part in parts if part.strip()]
            return None if None in found else list(dict.fromkeys(found))
        case "integer" | "decimal":
            value = exact_number(text, "en")
            if value is None:
                value = exact_number(text, context.person.language)
            return value if question.kind == "decimal" or isinstance(value, int) else None
        case "date" if is_edtf(text):
            return text
        case _:
            reading = own_question(question, context.person.language).kind.read(Wrote(text), None, Asked(context, {}))
            return reading.value if isinstance(reading, Understood) else None


def _as_exported(key: str, text: str) -> Iterator[Any]:
    """Yields what the export may have written as `text`: the reverse of `cell` in tables.py."""
    question = INITIATIVE.question(key)
    parts = [part for each in text.split(";") if (part := each.strip())]
    if question is not None and isinstance(question.kind, SomeOf):
        yield parts
        yield [part for each in text.replace(";", ",").split(",") if (part := each.strip())]
        return
    yield text
    if question is not None and isinstance(question.kind, OneOf):
        return
    pairs = [part.partition(": ") for part in parts]
    if pairs and all(colon for _name, colon, _value in pairs):
        told = {name.strip(): value.strip() for name, _colon, value in pairs}
        listed = {name: [part.strip() for part in value.split(",")] for name, value in told.items()}
        yield told
        yield listed
        yield listed | {name: [] for name in ("types", "names") if name not in listed}
        yield listed | {"note": told.get("note", "")}
        yield {name: told.get(name, "") for name in ("name", "email", "phone")}
        yield {"place": told.get("place", ""), "latitude": _degrees(told), "longitude": _degrees(told, "longitude")}
    if (written := _FIGURE.fullmatch(text)) and key == "evidence_figure":
        yield _figure(written)
    yield parts


_FIGURE = re.compile(
    r"(?P<about>~?)(?P<least>\d+(?:\.\d+)?)(?:-(?P<most>\d+(?:\.\d+)?))?(?P<percent>%?)(?P<open>\+?)"
    r"(?: of (?P<all>\d+))?(?:; (?P<year>\d[\dX/.~-]*))?(?:; (?P<words>.*))?",
    re.DOTALL,
)
"""A figure as `cell` in tables.py writes it: `~43-45 of 50; 2025; families`."""


def _figure(written: re.Match[str]) -> dict[str, Any]:
    least, most = (
        float(end) if "." in end else int(end) for end in (written["least"], written["most"] or written["least"])
    )
    return {
        "unit": "percent" if written["percent"] else "of" if written["all"] else "number",
        "least": least,
        "most": None if written["open"] else most,
        "approximate": bool(written["about"]),
        "of": int(written["all"]) if written["all"] else None,
        "about": written["words"] or "",
        "year": written["year"] or "",
    }


def _degrees(told: Mapping[str, str], name: str = "latitude") -> float | None:
    try:
        return float(told[name])
    except (KeyError, ValueError):
        return None


def _library(cells: Mapping[str, str], context: Context) -> dict[str, Any] | None:
    """Returns the library of a row; a town, or its name as people say it, is the library of the register."""
    told = {part: cells.get(name) for name, part in _LIBRARY.items()}
    if not told["name"]:
        return None
    found = None if told["isil"] or told["municipality_code"] else context.registers.libraries(told["name"]).exact
    if found is None:
        return told
    country, _dash, code = found.key.partition("-")
    return told | {"name": found.name, "municipality_code": code, "country": country.upper()}


def _whole(text: str) -> Any:
    return int(text) if text.isdecimal() else text
