"""Reports as a spreadsheet: one sheet with the keys, which stay, and one with the words, which people read."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

from bot.catalogues import Catalogue, Catalogues
from bot.tables import Cell, asked, cell, columns, row
from conversations.flows.summary import STATUS_WORDS
from conversations.forms.initiative import INITIATIVE
from storage.records import Record

LONGEST_CELL = 32767


def write_spreadsheet(records: Iterable[Record], file: BinaryIO, *, with_contacts: bool, language: str) -> None:
    """Write `records` to `file` as XLSX. Text is written as text: nothing in it is ever a formula or a link."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True, "in_memory": False})
    bold, time = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    catalogue = Catalogues()[language]
    names = columns(with_contacts=with_contacts)
    keys, words = book.add_worksheet("keys"), book.add_worksheet(f"words ({language})")
    for sheet, headings in ((keys, names), (words, [_heading(name, catalogue) for name in names])):
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
    for number, record in enumerate(records, start=1):
        cells = row(record, with_contacts=with_contacts)
        _write_row(keys, number, cells, time)
        _write_row(words, number, _in_words(record, names, cells, catalogue, with_contacts=with_contacts), time)
    book.close()


def _write_row(sheet: Any, number: int, cells: Iterable[Cell], time: Any) -> None:
    for column, value in enumerate(cells):
        match value:
            case None | "":
                pass
            case datetime():
                sheet.write_datetime(number, column, value, time)
            case int():
                sheet.write_number(number, column, value)
            case str():
                sheet.write_string(number, column, value[:LONGEST_CELL])


def _heading(name: str, catalogue: Catalogue) -> str:
    question = INITIATIVE.question(name)
    return catalogue.say(question.label) if question else name


def _in_words(
    record: Record, names: Iterable[str], cells: Iterable[Cell], catalogue: Catalogue, *, with_contacts: bool
) -> Iterable[Cell]:
    """The same cells, the answers among them as the chat shows them."""
    keys = frozenset(asked(with_contacts=with_contacts))
    for name, value in zip(names, cells, strict=True):
        if name in keys and value is not None:
            yield _said(name, record.answers[name], catalogue)
        elif name == "status" and isinstance(value, str):
            yield catalogue.say(STATUS_WORDS.get(value, value))
        else:
            yield value


def _said(key: str, value: Any, catalogue: Catalogue) -> Cell:
    question = INITIATIVE.question(key)
    try:
        return catalogue.say(question.kind.show(value)) if question else cell(value)
    except (LookupError, TypeError, ValueError, AttributeError):  # an imported answer of another form than ours
        return cell(value)
