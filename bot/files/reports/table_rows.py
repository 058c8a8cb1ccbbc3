"""The rows of a CSV or XLSX table of reports: as `meldind export` writes them, or as people fill them in."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from bot.files.reports.defusing import undone
from bot.files.reports.submissions import Submissions, is_of_submissions
from bot.files.reports.tables import COMPUTED, columns
from bot.language.catalogues import Catalogues
from bot.runtime.errors import Unusable
from conversations.model.calls import OWN_KEYS, WholeCall

TABLES = (".csv", ".xlsx")
"""The endings of the files that are tables."""

MOST_ROWS = 200_000
LONGEST_CELL = 40_000
"""Bounds of a table, in rows and in characters of a cell; a spreadsheet program has none that is longer."""

_NO_CALLS: Mapping[str, WholeCall] = {}
_SEPARATORS = ",;\t"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the file, and the texts of its cells by column; empty cells are left out."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """The columns of a table that are known, those that are not, and its rows."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: Iterator[TableRow]
    of_submissions: bool = False
    """Whether other programs wrote it from a form of ours: its rows are taken once, and change no report."""


def read_table(path: Path, calls: Mapping[str, WholeCall] = _NO_CALLS) -> ReportTable:
    """Returns the table in a CSV or XLSX file; its rows are read as they are asked for.

    It may also be a table of submissions that other programs wrote from a form of one of these `calls`, by slug.

    Raises Unusable if the file cannot be read, or has none of the columns that a report needs.
    """
    try:
        lines = _lines_of_book(path) if path.suffix.lower() == ".xlsx" else _lines_of_csv(path)
        heads = [text.strip() for text in next(lines, (1, ()))[1]]
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from None
    if is_of_submissions(heads):
        return _submitted(path, Submissions(heads, calls, Catalogues()), lines)
    names = frozenset(columns(with_contacts=True, own=OWN_KEYS))
    known = tuple(head for head in heads if head in names)
    if "title" not in known:
        raise Unusable(
            f"{path.name} is no table of reports: its first row should have the column names that meldind template "
            "writes, such as title, library_name and summary."
        )
    if twice := next((head for head in known if known.count(head) > 1), None):
        raise Unusable(f"{path.name} has the column {twice} twice. Remove one of them.")
    unknown = tuple(head for head in heads if head and head not in names)
    return ReportTable(known, unknown, _rows(heads, names, lines))


def _submitted(path: Path, read: Submissions, lines: Iterable[tuple[int, Sequence[str]]]) -> ReportTable:
    known = read.known()
    if "title" not in known:
        raise Unusable(
            f"{path.name} has submissions, but not of a form that meldind template --xlsform wrote: there is no column "
            "title."
        )
    rows = (TableRow(number, cells) for number, texts in lines if (cells := read.cells(texts)))
    return ReportTable(known, read.unknown(), rows, of_submissions=True)


def _rows(
    heads: Sequence[str], names: frozenset[str], lines: Iterable[tuple[int, Sequence[str]]]
) -> Iterator[TableRow]:
    for number, texts in lines:
        cells = {
            head: text.strip()
            for head, text in zip(heads, texts, strict=False)
            if head in names and head not in COMPUTED and text.strip()
        }
        if cells:
            yield TableRow(number, cells)


def _lines_of_csv(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    content = path.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        # Which of the older encodings it is cannot be told apart: č in one is è in another.
        raise Unusable(f"{path.name} is not UTF-8. Save it as “CSV UTF-8”, or as .xlsx.") from None
    heads = text.partition("\n")[0]
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=heads.count))
    number = 1
    try:
        for texts in reader:
            yield number, [undone(each) for each in texts]
            number = reader.line_num + 1
    except csv.Error as error:
        raise Unusable(f"{path.name}, line {number}: {error}.") from None


def _lines_of_book(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    import openpyxl  # only a table in a workbook needs it

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException):
        raise Unusable(f"{path.name} is no workbook that can be read. Save it as .xlsx again.") from None
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what other programs write there may be wrong
    for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS, values_only=True), 1):
        yield number, [_text_of(cell) for cell in cells]
    book.close()


def _text_of(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return f"{cell.isoformat()}Z"  # the export writes UTC
        case _:
            return str(cell)[:LONGEST_CELL]
