"""The list of who comes, as its organiser opens it: no cell is a formula, and the order is that of the places."""

import csv
import io
from datetime import date

from openpyxl import load_workbook

from bot.files.guests import guests_csv, guests_workbook
from bot.language.catalogues import Catalogues
from conversations.model.events.event import LibraryEvent, When
from conversations.model.events.seats import Guest

WHEN = When(date(2027, 3, 12), date(2027, 3, 12))
EVENT = LibraryEvent("e1", 1, "theme_day", "sl", titles={"sl": "Srečanje"}, when=WHEN, place="Kamnik", places=1)
GUESTS = [
    Guest("=1+1", "Knjižnica Šentjur", "Šentjur", "SI", "coming"),
    Guest("Ana", "", "", "", "waiting"),
]


def test_csv_is_defused_and_opens_with_its_letters() -> None:
    content = guests_csv(GUESTS, Catalogues()["sl"])
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert heads == ["Številka", "Ime", "Knjižnica", "Občina", "Mesto ali čakalni seznam"]
    assert rows == [
        ["1", "'=1+1", "Knjižnica Šentjur", "Šentjur", "Pride"],
        ["2", "Ana", "", "", "Čakalni seznam"],
    ]


def test_the_spreadsheet_says_which_event_it_is_and_holds_no_formula() -> None:
    book = load_workbook(io.BytesIO(guests_workbook(EVENT, GUESTS, Catalogues()["sl"])))
    overview, sheet = book.worksheets
    assert overview["A1"].value == "Srečanje: 12. 3. 2027, Kamnik".replace(" 3.", "\u00a03.").replace(
        ". 2027", ".\u00a02027"
    )
    assert overview["A2"].value == "Vsa mesta so zasedena; čaka 1 oseba."
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [1, "=1+1", "Knjižnica Šentjur", "Šentjur", "Pride"],
        [2, "Ana", "", "", "Čakalni seznam"],
    ]
    assert sheet["B2"].data_type == "s"
