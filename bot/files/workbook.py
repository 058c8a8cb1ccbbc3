"""Tables as a spreadsheet with typed cells: text, dates, numbers."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from bot.files.digest_tables import Cell, Table

LONGEST_CELL = 32767
WIDEST = 60


def workbook(tables: Sequence[Table], overview: str, opening: Sequence[str]) -> bytes:
    """Returns a sheet `overview` with `opening` and the number of rows of each table, and one sheet for each table.

    No cell is ever a formula or a link.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    first = book.add_worksheet(overview)
    first.set_column(0, 0, WIDEST)
    for number, line in enumerate(opening):
        first.write_string(number, 0, line)
    for number, table in enumerate(tables, len(opening) + 1):
        first.write_string(number, 0, table.name, bold)
        first.write_number(number, 1, len(table.rows))
    for table in tables:
        _fill(book.add_worksheet(table.name[:31]), table, bold, day)
    book.close()
    return file.getvalue()


def _fill(sheet: Any, table: Table, bold: Any, day: Any) -> None:
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, bold)
        longest = max((len(str(row[column])) for row in table.rows[:200]), default=0)
        sheet.set_column(column, column, min(WIDEST, max(12, len(head), longest) + 1))
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            _write(sheet, number, column, cell, day)


def _write(sheet: Any, number: int, column: int, cell: Cell, day: Any) -> None:
    match cell:
        case date():
            sheet.write_datetime(number, column, cell, day)
        case int():
            sheet.write_number(number, column, cell)
        case str():
            sheet.write_string(number, column, cell[:LONGEST_CELL])
