"""Workbooks with questions, as they are sent: whole ones, damaged ones, and ones that are made to do harm."""

import io
import random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.files.xlsform.reading import sheet_in
from bot.files.xlsform.workbook_reader import read_workbook
from bot.receiving.sheets import is_sheet
from conversations.forms.sheets.survey import questions_in
from conversations.language.events import File
from tests.sheets import CHOICES, THIRTY, asks, labels, sheet, workbook


def test_a_workbook_is_read_with_the_numbers_of_its_rows() -> None:
    survey = [THIRTY[0], {}, *THIRTY[1:]]
    found = sheet_in(workbook(survey, CHOICES, default_language="Dansk (da)"))
    assert (found.refused, found.complaint) == ("", "")
    assert [row.number for row in found.survey[:3]] == [2, 4, 5]
    assert found.settings == {"default_language": "Dansk (da)"}
    assert questions_in(found, "en").questions == questions_in(sheet(survey, CHOICES), "en").questions


def test_what_the_check_of_pyxform_says_is_passed_on() -> None:
    assert "nolist" in sheet_in(workbook([asks("select_one nolist", "a", "A")], CHOICES)).complaint


def _zip_of(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        parts.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"type,name,label\ntext,a,A\n", "kind"),
        (b"", "kind"),
        (_zip_of("readme.txt", b"no workbook"), "kind"),
        (workbook(THIRTY)[:3000], "broken"),
        (_zip_of("xl/workbook.xml", b" " * (60 << 20)), "large"),
        (workbook([{"type": "text", "name": f"q{number}", "label": "?"} for number in range(3000)]), "rows"),
        (workbook([{"question": "What?"}]), "no_survey"),
    ],
    ids=["csv", "empty", "zip", "cut", "bomb", "rows", "no survey"],
)
def test_what_is_no_sheet_of_questions_is_refused(content: bytes, why: str) -> None:
    assert read_workbook(content)["refused"] == why if content.startswith(b"PK") else sheet_in(content).refused == why


def test_a_damaged_workbook_is_refused() -> None:
    content = bytearray(workbook(THIRTY, CHOICES))
    chance = random.Random(1)
    for _each in range(200):
        content[chance.randrange(60, len(content))] ^= 0xFF
    assert read_workbook(bytes(content))["refused"] in ("broken", "kind", "large")


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.files.xlsform.reading.PATIENCE", 0.01)
    assert sheet_in(workbook([{"type": "text", "name": "a", **labels("A")}])).refused == "slow"


def test_which_files_look_like_a_sheet() -> None:
    assert is_sheet(File("document", "r", "Spørgsmål.XLSX"))
    assert is_sheet(File("document", "r", "questions.csv"))
    assert is_sheet(File("document", "r", "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
    assert not is_sheet(File("document", "r", "report.pdf", "application/pdf"))
    assert not is_sheet(File("photo", "r", "picture.xlsx"))
