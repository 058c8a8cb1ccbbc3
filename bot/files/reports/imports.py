"""`meldind import`: imports reports from the formats of the export: JSON Lines, CSV and XLSX."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from bot.files.reports.cells import id_of, record_in
from bot.files.reports.table_rows import TABLES, read_table
from bot.language.catalogues import Catalogues
from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.errors import Unusable
from conversations.context.context import Context
from conversations.forms.fitting import fits, is_question
from conversations.forms.initiative import INITIATIVE
from conversations.forms.variants import relevant_answers
from conversations.memory.calls import CallsInMemory
from conversations.memory.memory import Memory
from conversations.model.people.person import Person
from conversations.reading.text import clean_text
from storage.engine.errors import NotARecord, StorageError, Unstorable
from storage.registers.port import StoredRegisters
from storage.reports.importing import TakenIn, municipality_told
from storage.reports.records import Record, read_record
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

TOGETHER = 500
"""Reports in one transaction: few enough not to delay a serving bot."""

LOOKED_AT = 20
"""The number of first lines of which at least one must be a report."""

_PERSONAL = frozenset(question.key for question in INITIATIVE.questions if question.personal)

_WANTED = (
    "{path} is {other}. What can be imported is JSON Lines, as meldind export writes them (each line is one report "
    "and begins with {{), or a table whose name ends in .csv or .xlsx."
)


@dataclass(slots=True)
class Summary:
    """The results for the lines of a file."""

    counts: Counter[TakenIn] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """What was left out of imported reports."""

    def move_from(self, other: "Summary") -> None:
        """Add the messages of `other` about lines, and empty it."""
        self.refusals += other.refusals
        self.remarks += other.remarks
        other.refusals.clear()
        other.remarks.clear()

    @property
    def line(self) -> str:
        """The summary in one line."""
        told = ", ".join(f"{self.counts[each]} {each}" for each in ("new", "changed", "same"))
        return f"{told}, {len(self.refusals)} refused"


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    record: Record


def import_file(
    url: str, path: Path, progress: Callable[[int], object] = lambda _lines: None, language: str = "en"
) -> Summary:
    """Import every line of `path`. Lines that are not valid records are reported and left out.

    `language` is that of rows of a table that name none, and the first in which their cells are read. `progress` is
    called with the number of further imported lines.
    """
    must_be_current(url)
    is_table = path.suffix.lower() in TABLES
    if not is_table:
        _must_be_lines(path)
    summary = Summary()
    storage = open_storage(url)
    try:
        for portion in _portions_of_table(storage, path, language, summary) if is_table else _portions(path, summary):
            _keep(storage, portion, summary)
            progress(len(portion))
    finally:
        storage.close_now()
    return summary


def _portions(path: Path, summary: Summary) -> Iterator[list[_Line]]:
    """Yields the valid records in portions; the next one is read while the database writes this one."""
    read_so_far = Summary()
    lines = _read(path, read_so_far)
    with ThreadPoolExecutor(1) as reader:
        portion = list(islice(lines, TOGETHER))
        while True:
            summary.move_from(read_so_far)
            if not portion:
                return
            following = reader.submit(lambda: list(islice(lines, TOGETHER)))
            yield portion
            portion = following.result()


def _portions_of_table(storage: Storage, path: Path, language: str, summary: Summary) -> Iterator[list[_Line]]:
    """Yields the reports in the rows of a table in portions; what is wrong with others is added to `summary`."""
    calls = {call.slug: call for call in storage.read_now(lambda work: work.calls.all())}
    table = read_table(path, calls)
    if table.unknown:
        summary.remarks.append(f"These columns are not known, and were left out: {', '.join(table.unknown)[:300]}.")
    now, person = datetime.now(UTC), Person(0, language)
    context = Context(
        person,
        now,
        now.date(),
        lambda: "",
        Memory(person, calls=CallsInMemory(calls)),
        StoredRegisters(Catalogues().spellings),
    )
    with_contacts = not _PERSONAL.isdisjoint(table.known)
    while rows := list(islice(table.rows, TOGETHER)):
        ids = [id_of(row) for row in rows]
        here = storage.read_now(partial(_stored, ids, with_contacts))
        portion = []
        for row, this in zip(rows, ids, strict=True):
            if table.of_submissions and this in here:
                summary.counts["same"] += 1
                continue
            try:
                given = record_in(row, table.known, here.get(this), context)
                remarks = _made_ready(given)
                portion.append(_Line(row.number, read_record(given)))
            except NotARecord as error:
                summary.refusals.append(f"line {row.number}: {str(error).splitlines()[0]}")
            else:
                summary.remarks += [f"line {row.number}: {remark}" for remark in remarks]
        if portion:
            yield portion


def _stored(ids: Sequence[str], with_contacts: bool, work: UnitOfWork) -> dict[str, Record]:
    return work.importing(relevant_answers, _PERSONAL).stored(ids, with_contacts=with_contacts)


def _keep(storage: Storage, portion: Sequence[_Line], summary: Summary) -> None:
    """Store the lines together. If that fails, store them one by one, so that one bad line does not affect others."""
    try:
        summary.counts.update(storage.write_now(partial(_take_in, [line.record for line in portion])))
    except Exception as error:
        if isinstance(error, StorageError) and not isinstance(error, Unstorable):
            raise  # the database failed, not a line
        if len(portion) > 1:
            for line in portion:
                _keep(storage, [line], summary)
            return
        why = str(error).splitlines()[0] if isinstance(error, Unstorable) else "the database does not take it"
        summary.refusals.append(f"line {portion[0].number}: {why}")


def _take_in(records: Sequence[Record], work: UnitOfWork) -> list[TakenIn]:
    return work.importing(relevant_answers, _PERSONAL).take_in_all(records)


def _read(path: Path, summary: Summary) -> Iterator[_Line]:
    """Yields the lines that are valid records; problems of other lines are added to `summary`."""
    for number, line in _lines(path):
        try:
            given = json.loads(line)
            remarks = _made_ready(given)
            record = read_record(given)
        except NotARecord as error:
            summary.refusals.append(f"line {number}: {str(error).splitlines()[0]}")
        except (ValueError, RecursionError):
            summary.refusals.append(f"line {number}: not JSON")
        else:
            summary.remarks += [f"line {number}: {remark}" for remark in remarks]
            yield _Line(number, record)


def _made_ready(given: Any) -> list[str]:
    """Clean the texts of a record like those of the chat; returns what was left out.

    Raises NotARecord if an answer is not possible for its question.
    """
    if not isinstance(given, dict):
        return []
    remarks: list[str] = []
    for part in ("answers", "library", "attachments"):
        if part in given:
            given[part] = _cleaned(given[part])
    if isinstance(answers := given.get("answers"), dict):
        for key in [key for key in answers if not is_question(key)]:
            del answers[key]
            remarks.append(f"“{key[:40]}” is no question of a report, and was left out.")
        for key, value in answers.items():
            if value is not None and key != "library" and not fits(key, value):
                raise NotARecord(f"“answers”: “{key}” holds what that question does not take.")
    if isinstance(library := given.get("library"), dict):
        remarks += _unknown_place(library)
    return remarks


def _unknown_place(library: dict[str, Any]) -> list[str]:
    """Returns the message about a municipality that is not in the register."""
    code, name = (str(library.get(part) or "") for part in ("municipality_code", "municipality"))
    if not (code or name) or municipality_told(library):
        return []
    told = " ".join(part for part in (code, name, str(library.get("country") or "")) if part)[:60]
    return [f"“library”: no municipality “{told}” is known, and it was left out."]


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean_text(value)
        case list():
            return [_cleaned(each) for each in value]
        case dict():
            return {clean_text(key): _cleaned(each) for key, each in value.items()}
        case _:
            return value


def _must_be_lines(path: Path) -> None:
    """Raise Unusable, with the expected format, for a file in another format."""
    begins = [line.strip() for _number, line in islice(_lines(path), LOOKED_AT)]
    if any(map(_is_object, begins)):
        return
    match b"".join(begins)[:1]:
        case b"{":
            other = "spread over several lines; write each report into one"
        case b"[":
            other = "one array; write each of its elements into a line"
        case b"":
            other = "empty"
        case _:
            other = "something else, for instance a table"
    raise Unusable(_WANTED.format(path=path.name, other=other))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Yields the non-empty lines of `path` with their numbers."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")  # the byte order mark, which some editors add
                if line.strip():
                    yield number, line
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from None
