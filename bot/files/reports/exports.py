"""`meldind export`: every report, as JSON Lines, CSV or a spreadsheet."""

import contextlib
import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from bot.files.reports.defusing import defused
from bot.files.reports.tables import columns, own_columns, row
from bot.heavy.task import HeavyTask
from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.errors import Unusable
from conversations.flows.shared.report_words import ASKS_ITSELF
from conversations.forms.variants import relevant_answers
from conversations.model.calls import WholeCall
from storage.people.audit import Entry
from storage.reports.exporting import Wanted
from storage.reports.records import STATUSES, Record
from storage.session.exporting import exported
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

__all__ = ["FORMATS", "STATUSES", "Wish", "export_reports"]

FORMATS = ("jsonl", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Wish:
    """What to export, and how; `language` is that of the labels in a spreadsheet."""

    form: str = "jsonl"
    call: str | None = None
    statuses: tuple[str, ...] = ()
    with_contacts: bool = False
    language: str = "en"


def export_reports(
    url: str, wish: Wish, output: Path | None, progress: Callable[[int], object] = lambda _reports: None
) -> None:
    """Write the reports of the database at `url` to `output`, or to standard output.

    `progress` is called with the number of further written reports.
    """

    def counted(records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            yield record
            progress(1)

    must_be_current(url)
    storage = open_storage(url)
    try:
        if wish.call is not None and storage.read_now(partial(_call, wish.call)) is None:
            raise Unusable(f"There is no call “{wish.call}”; its slug is at the end of its link.")
        storage.write_now(partial(_note, wish))
        with _opened(output, wish) as file:
            write_reports(storage, wish, file, counted)
    finally:
        storage.close_now()


def chat_export(given: Mapping[str, Any], task: HeavyTask) -> Mapping[str, Any]:
    """Write every report in the form that a coordinator asked for in the chat; returns their number.

    Somebody who is asked by themselves is left out: coordinators see who agreed in /experts.
    """
    number = 0

    def for_coordinators(records: Iterator[Record]) -> Iterator[Record]:
        nonlocal number
        for record in task.counted(records):
            number += 1
            yield replace(record, answers={key: say for key, say in record.answers.items() if key not in ASKS_ITSELF})

    wish = Wish(given["form"], with_contacts=given["with_contacts"], language=given["language"])
    write_reports(task.storage, wish, task.file, for_coordinators)
    return {"number": number}


def write_reports(
    storage: Storage, wish: Wish, file: BinaryIO, watched: Callable[[Iterator[Record]], Iterator[Record]] = iter
) -> None:
    """Write the reports of `wish` to `file`; the command line and the chat both use this function.

    They are read in batches, so that a serving bot is not delayed; `watched` wraps the records.
    """
    wanted = Wanted(wish.statuses or None, wish.call, wish.with_contacts)
    write_table(storage, watched(exported(storage, wanted, relevant_answers)), wish, file)


def write_table(storage: Storage, records: Iterable[Record], wish: Wish, file: BinaryIO) -> None:
    """Write these records to `file` in the form of `wish`."""
    calls: Sequence[WholeCall] = ()
    if wish.form in ("csv", "xlsx"):
        calls = [each for each in storage.read_now(lambda work: work.calls.all()) if wish.call in (None, each.slug)]
    match wish.form:
        case "csv":
            _write_csv(records, wish, file, own_columns(calls))
        case "xlsx":
            from bot.files.reports.spreadsheets import write_spreadsheet

            write_spreadsheet(records, file, calls, with_contacts=wish.with_contacts, language=wish.language)
        case _:
            for record in records:
                file.write(json.dumps(record.as_json(), ensure_ascii=False).encode() + b"\n")


def _call(slug: str, work: UnitOfWork) -> WholeCall | None:
    return work.calls.whole(slug)


def _note(wish: Wish, work: UnitOfWork) -> None:
    """Add to the audit trail that reports were exported at the command line, and whether with contact details."""
    told = {"format": wish.form, "call": wish.call, "statuses": list(wish.statuses), "contacts": wish.with_contacts}
    work.audit.add(Entry(datetime.now(UTC), None, "exported", new=told))


def _write_csv(records: Iterable[Record], wish: Wish, file: BinaryIO, own: Sequence[str]) -> None:
    """Write CSV with a byte order mark, without which spreadsheets show æ and č wrongly."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns(with_contacts=wish.with_contacts, own=own))
    for record in records:
        writer.writerow(defused(cell) for cell in row(record, with_contacts=wish.with_contacts, own=own))
    text.detach()


@contextlib.contextmanager
def _opened(output: Path | None, wish: Wish) -> Iterator[BinaryIO]:
    """Standard output, or a file that replaces `output` when complete, so that an incomplete file is never used."""
    if output is None:
        if wish.form == "xlsx" and sys.stdout.isatty():
            raise Unusable("A spreadsheet cannot be shown in a terminal; give it a file with -o.")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        handle, unfinished = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise Unusable(f"{output} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(unfinished).replace(output)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
