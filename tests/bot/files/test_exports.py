"""Reports leave as JSON Lines, CSV and spreadsheets, and come back."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.cli.main import main
from bot.files.reports.cells import answer_in
from bot.files.reports.defusing import defused
from bot.files.reports.tables import cell
from tests.bot.reporting import KEPT, reports
from tests.bot.stage import Stage
from tests.conversations.dialogue import Dialogue

RECORD: dict[str, Any] = {
    "id": "abc234",
    "call": None,
    "status": "submitted",
    "language": "da",
    "created_at": "2026-03-01T12:00:00Z",
    "submitted_at": "2026-03-01T12:05:00Z",
    "published_at": None,
    "library": {
        "name": "Aarhus Kommunes Biblioteker",
        "isil": "DK-775100",
        "municipality_code": "0751",
        "municipality": "Aarhus",
        "region": "Midtjylland",
        "country": "DK",
    },
    "answers": {
        "status": "running",
        "title": "=1+1; æøå č",
        "summary": "@home <b>with</b>\nmany lines",
        "themes": ["language_cafe", "reading_group"],
        "partners": {"types": ["ngo", "school"], "names": ["Red Cross", "Simbioz@"]},
        "participants": {"least": 10, "most": 12, "approximate": True},
        "volunteers": {"least": 30000, "most": 30000, "approximate": False},
        "period_start": "2026-03",
        "contact": {"name": "Ida", "email": "ida@example.org", "phone": "+45 1"},
    },
    "attachments": [{"kind": "photo", "name": "a.jpg", "size": 5, "sha256": "ab"}],
    "revision": 1,
}


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'meldind.db'}")


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(str(ended.value.code))


@pytest.fixture
def imported(tmp_path: Path, database: None) -> Path:
    """A database with one report, which came from this file."""
    assert run("db", "upgrade") == 0
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(RECORD) + "\n")
    assert run("import", str(file)) == 0
    return file


def exported(*arguments: str) -> bytes:
    assert run("export", *arguments, "-o", "out") == 0
    return Path("out").read_bytes()


def test_what_goes_in_comes_out(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (record,) = [json.loads(line) for line in exported("--with-contacts").splitlines()]
    assert record["answers"] == RECORD["answers"]
    assert record == RECORD
    assert "contact" not in json.loads(exported())["answers"]


def test_a_second_import_changes_nothing(imported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("import", str(imported)) == 0
    assert capsys.readouterr().out == "0 new, 0 changed, 1 same, 0 refused\n"
    changed = {**RECORD, "answers": {**RECORD["answers"], "title": "Another"}, "revision": 2}
    imported.write_text("\ufeff" + json.dumps(changed))
    assert run("import", str(imported)) == 0
    assert capsys.readouterr().out == "0 new, 1 changed, 0 same, 0 refused\n"


def test_lines_that_are_no_records_are_told_of_and_the_others_kept(
    imported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imported.write_text(f"not json\n\n[]\n{json.dumps({**RECORD, 'id': 'def234'})}\n" + '{"id": "x"}\n')
    capsys.readouterr()
    assert run("import", str(imported)) == 1
    out, err = capsys.readouterr()
    assert out == "1 new, 0 changed, 0 same, 3 refused\n"
    assert [line.split(":")[0] for line in err.splitlines()] == ["line 1", "line 3", "line 5"]


def test_a_table_for_spreadsheets_is_harmless_and_has_the_same_columns(imported: Path) -> None:
    content = exported("--format", "csv", "--with-contacts")
    assert content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["title"] == "'=1+1; æøå č"
    assert row["summary"] == "'@home <b>with</b>\nmany lines"
    assert row["themes"] == "language_cafe; reading_group"
    assert row["partners"] == "types: ngo, school; names: Red Cross, Simbioz@"
    assert (row["participants"], row["volunteers"]) == ("~10-12", "30000")
    assert row["library_municipality"] == "Aarhus"
    assert row["created_at"] == "2026-03-01T12:00:00Z"
    assert (row["attachments"], row["attachment_names"]) == ("1", "a.jpg")
    assert row["contact"] == "name: Ida; email: ida@example.org; phone: +45 1"
    assert "contact" not in exported("--format", "csv").decode("utf-8-sig").splitlines()[0].split(",")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠"])
def test_no_cell_begins_like_a_formula(first: str) -> None:
    assert defused(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"
    assert defused(f"Café {first}") == f"Café {first}"


@pytest.mark.parametrize("separator", [";", "\t", "\n", "\r\n"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", ' "='])
def test_no_part_of_a_cell_begins_like_a_formula_where_other_signs_separate(separator: str, sign: str) -> None:
    """Danish and Slovenian spreadsheets separate by semicolons, and take no notice of quotation marks by commas."""
    for begins in ("Café", "Café, te", '"Café"', ""):
        text = io.StringIO()
        csv.writer(text).writerow(["abc234", defused(f"{begins}{separator}{sign}HYPERLINK(1)"), "da"])
        cells = [cell for row in csv.reader(re.split("[\r\n]+", text.getvalue()), delimiter=";") for cell in row]
        parts = [part for cell in cells for part in cell.split("\t")]
        assert not [
            part for part in parts if part.lstrip(' "').startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        ]
    assert defused("10 + 2; not -1; a@b") == "10 + 2; not -1; a@b"


def test_a_spreadsheet_has_a_sheet_of_keys_and_one_of_words(imported: Path) -> None:
    Path("book.xlsx").write_bytes(exported("--format", "xlsx", "--language", "da"))
    book = openpyxl.load_workbook("book.xlsx")
    keys, words = book.worksheets
    by_key = {heading.value: found for heading, found in zip(keys[1], keys[2], strict=True)}
    assert by_key["title"].value == "=1+1; æøå č"
    assert by_key["title"].data_type == "s"
    assert by_key["created_at"].is_date
    assert by_key["volunteers"].value == 30000
    assert by_key["participants"].value == "~10-12"
    said = [found.value for found in words[2]]
    assert "I gang" in said
    assert "marts 2026" in said
    assert "omkring 10–12" in said or any("10–12" in str(each) for each in said)
    book.close()


def test_an_export_that_fails_leaves_no_half_a_file(
    imported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "-o", str(tmp_path / "nowhere" / "out")) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        ({"unit": "of", "least": 43, "most": 45, "approximate": True, "of": 50}, "~43-45 of 50; 2025; families"),
        ({"unit": "percent", "least": 71.2, "most": None, "approximate": True, "of": None}, "~71.2%+; 2025; families"),
        ({"unit": "number", "least": 200, "most": 200, "approximate": False, "of": None}, "200; 2025; families"),
    ],
)
def test_a_figure_is_one_cell_with_its_year_and_its_words_and_is_read_back(
    figure: dict[str, Any], written: str
) -> None:
    whole = {**figure, "about": "families", "year": "2025"}
    assert cell(whole) == written
    assert answer_in("evidence_figure", written, {}, Dialogue().context()) == whole


def test_other_answers_than_ours_still_fit_into_a_cell() -> None:
    assert cell(None) is None
    assert cell(True) == "yes"
    assert cell(["a", {"b": [1, None]}]) == "a; b: 1, "
    assert cell(1.5) == 1.5
    assert cell({"least": 30, "most": None, "approximate": False}) == "30+"


async def test_what_was_said_in_the_chat_is_in_the_export(
    bot_app: Stage, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    await reports(bot_app.talk())
    assert run("export") == 0  # beside the bot that serves
    record = json.loads(capsysbinary.readouterr().out.splitlines()[-1])  # before it the bot may have logged
    assert record["answers"].items() >= KEPT.items()
    assert record["library"]["name"] == "Aarhus Kommunes Biblioteker"
    assert record["status"] == "submitted"
