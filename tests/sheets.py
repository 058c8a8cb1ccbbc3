"""Sheets of questions (XLSForm) for tests: as workbooks, and as they are read from one."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from conversations.language.events import FormSheet, SheetRow

Rows = Sequence[Mapping[str, str]]

DA, SL, EN = "label::Dansk (da)", "label::Slovenščina (sl)", "label::English (en)"


def labels(text: str) -> dict[str, str]:
    """A label in all three languages."""
    return {DA: f"{text} (dansk)", SL: f"{text} (slovensko)", EN: text}


def asks(kind: str, name: str, text: str, **more: str) -> dict[str, str]:
    """A row of a sheet with labels in all languages."""
    return {"type": kind, "name": name, **labels(text), **more}


def offers(of: str, **choices: str) -> list[dict[str, str]]:
    """The rows of a list of choices."""
    return [{"list_name": of, "name": name, **labels(text)} for name, text in choices.items()]


def sheet(survey: Rows, choices: Rows = (), **settings: str) -> FormSheet:
    """The sheet as it is read from a file."""
    return FormSheet(_numbered(survey), _numbered(choices), settings)


def _numbered(rows: Rows) -> tuple[SheetRow, ...]:
    return tuple(SheetRow(number, dict(row)) for number, row in enumerate(rows, 2) if row)


def workbook(survey: Rows, choices: Rows = (), **settings: str) -> bytes:
    """The sheet as a file."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, rows in (("survey", survey), ("choices", choices), ("settings", [settings] if settings else [])):
        written = book.add_worksheet(name)
        heads = list(dict.fromkeys(head for row in rows for head in row))
        written.write_row(0, 0, heads)
        for number, row in enumerate(rows, 1):
            for column, head in enumerate(heads):
                if head in row:
                    written.write_string(number, column, row[head])
    book.close()
    return file.getvalue()


YES_NO = offers("yes_no", yes="Yes", no="No")

THIRTY: list[dict[str, str]] = [
    {"type": "note", "name": "welcome", **labels("A few questions about your library")},
    asks("text", "branch", "Which branch is it?", required="yes"),
    asks("integer", "staff", "How many work there?", constraint=". >= 0 and . <= 500", required="yes"),
    asks("decimal", "hours", "How many hours is it open on a Saturday?"),
    asks("date", "since", "Since when is it open without staff?"),
    asks("select_one yes_no", "cafe", "Is there a café?", required="yes"),
    asks("text", "cafe_name", "What is the café called?", relevant="${cafe} = 'yes'"),
    asks("select_multiple rooms", "rooms", "Which rooms are there?"),
    asks("text", "room_other", "What is in the garden?", relevant="selected(${rooms}, 'garden')"),
    *(asks("text", f"more_{number}", f"Question number {number}?") for number in range(9, 30)),
    asks("select_one yes_no", "last", "Shall we call you?"),
]
"""A note and thirty questions in three languages, two of which depend on others."""

CHOICES = [*YES_NO, *offers("rooms", hall="Hall", garden="Garden", studio="Studio")]
