"""Reports as a spreadsheet: one sheet with stable keys, and one with words for readers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from bot.files.reports.readable import RecordInWords
from bot.files.reports.tables import Cell, columns, own_columns, row
from bot.language.catalogues import Catalogues
from conversations.model.calls import WholeCall
from storage.reports.records import Record

LONGEST_CELL = 32767


def write_spreadsheet(
    records: Iterable[Record], file: BinaryIO, calls: Sequence[WholeCall], *, with_contacts: bool, language: str
) -> None:
    """Write `records` to `file` as XLSX; `calls` are those that the reports may answer.

    Text is written as text, never as a formula or a link. Raises the OSError of `file`.
    """
    target = _Refusable(file)
    try:
        _write_book(records, target, calls, with_contacts=with_contacts, language=language)
    except FileCreateError as error:  # the library's own temporary files failed
        target.refused = error.args[0]
    if target.refused:
        raise target.refused


class _Refusable:
    """A file for zipfile that stores errors until the end, because zipfile prints a traceback if closing fails."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.refused: OSError | None = None

    def write(self, content: bytes) -> int:
        if self.refused is None:
            try:
                self._file.write(content)
            except OSError as error:
                self.refused = error
        return len(content)

    def flush(self) -> None:
        self.write(b"")


def _write_book(
    records: Iterable[Record], file: Any, calls: Sequence[WholeCall], *, with_contacts: bool, language: str
) -> None:
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True, "in_memory": False})
    bold, time = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    words_of = RecordInWords(calls, Catalogues()[language], with_contacts=with_contacts)
    own = own_columns(calls)
    keys, words = book.add_worksheet("keys"), book.add_worksheet(f"words ({language})")
    for sheet, headings in ((keys, columns(with_contacts=with_contacts, own=own)), (words, words_of.headings())):
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
    for number, record in enumerate(records, start=1):
        cells = row(record, with_contacts=with_contacts, own=own)
        _write_row(keys, number, cells, time)
        _write_row(words, number, words_of.cells(record, cells), time)
    book.close()


def _write_row(sheet: Any, number: int, cells: Iterable[Cell], time: Any) -> None:
    for column, value in enumerate(cells):
        match value:
            case None | "":
                pass
            case datetime():
                sheet.write_datetime(number, column, value, time)
            case int() | float():
                sheet.write_number(number, column, value)
            case str():
                sheet.write_string(number, column, value[:LONGEST_CELL])
