"""Tables of reports that are imported: what an export wrote, what people changed in it, and filled-in templates."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.files.reports.exports import Wish, export_reports
from bot.files.reports.imports import Summary, import_file
from bot.files.reports.template import write_template
from bot.runtime.databases import open_storage, upgraded
from bot.runtime.errors import Unusable
from conversations.forms.variants import relevant_answers
from conversations.vocabulary import vocabulary
from storage.reports.exporting import Wanted
from storage.reports.records import Record
from storage.session.exporting import exported
from storage.session.storage import Storage
from tests.bot.files.test_exports import RECORD

FULL: dict[str, Any] = {
    **RECORD,
    "status": "published",
    "published_at": "2026-03-02T08:00:00Z",
    "answers": {
        **RECORD["answers"],
        "title": "=Café; -og mere",
        "period_start": "2026-03",
        "themes": ["homework_help", "language_cafe"],
        "partners": {"types": ["school", "ngo"], "names": ["Røde Kors"]},
        "volunteers": {"least": 10, "most": 12, "approximate": True},
        "link": ["https://example.org/a;b"],
    },
}


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    """An empty database, open."""
    upgraded(sqlite_url)
    storage = open_storage(sqlite_url)
    yield storage
    storage.close_now()


def kept(storage: Storage) -> dict[str, Record]:
    """Every report, with contacts, by its id."""
    return {each.id: each for each in exported(storage, Wanted(None, None, True), relevant_answers)}


def put_in(sqlite_url: str, folder: Path, *records: Mapping[str, Any]) -> None:
    file = folder / "first.jsonl"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    assert not import_file(sqlite_url, file).refusals


def table(folder: Path, *rows: Mapping[str, str], name: str = "in.csv", delimiter: str = ",") -> Path:
    file = folder / name
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(dict.fromkeys(key for row in rows for key in row)), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return file


def counts(summary: Summary) -> str:
    assert not summary.refusals
    return summary.line


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("with_contacts", [False, True])
def test_an_export_that_comes_back_changes_nothing(
    form: str, with_contacts: bool, storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    put_in(sqlite_url, tmp_path, FULL, {**RECORD, "id": "another"})
    before = kept(storage)
    out = tmp_path / f"out.{form}"
    export_reports(sqlite_url, Wish(form, with_contacts=with_contacts), out)
    assert counts(import_file(sqlite_url, out)) == "0 new, 0 changed, 2 same, 0 refused"
    assert kept(storage) == before


def test_what_is_changed_in_a_workbook_is_changed_and_the_rest_stays(
    storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    put_in(sqlite_url, tmp_path, FULL)
    before = kept(storage)[FULL["id"]]
    out = tmp_path / "out.xlsx"
    export_reports(sqlite_url, Wish("xlsx"), out)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, heads["title"]).value = "Café for everybody"
    sheet.cell(2, heads["volunteers"]).value = 15
    sheet.cell(2, heads["period_start"]).value = "april 2026"
    sheet.cell(2, heads["partners"]).value = None
    book.save(out)
    assert counts(import_file(sqlite_url, out)) == "0 new, 1 changed, 0 same, 0 refused"
    now = kept(storage)[FULL["id"]]
    assert now.answers["title"] == "Café for everybody"
    assert now.answers["volunteers"] == {"least": 15, "most": 15, "approximate": False}
    assert now.answers["period_start"] == "2026-04"
    assert "partners" not in now.answers
    untouched = {"title", "volunteers", "period_start", "partners"}
    assert {key: value for key, value in now.answers.items() if key not in untouched} == {
        key: value for key, value in before.answers.items() if key not in untouched
    }
    assert (now.library, now.created_at, now.attachments) == (before.library, before.created_at, before.attachments)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_row_in_ones_own_words_is_a_new_report_and_the_same_one_the_second_time(
    delimiter: str, storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    row = {
        "title": "Lektiecafé",
        "library_name": "odense",
        "answer_status": "Igangværende",
        "themes": "lektiehjælp, sprogcafé",
        "target_groups": "children; refugees",
        "period_start": "marts 2025",
        "partners": "røde kors og kommunen",
        "participants": "ca. 20",
        "volunteers": "10-12",
        "sharing": "public",
        "link": "https://example.org/a; https://example.org/b",
    }
    file = table(tmp_path, row, delimiter=delimiter)
    assert counts(import_file(sqlite_url, file, language="da")) == "1 new, 0 changed, 0 same, 0 refused"
    (report,) = kept(storage).values()
    assert report.status == "submitted"
    assert report.language == "da"
    assert report.library is not None
    assert report.library["name"] == "Odense Biblioteker og Borgerservice"
    assert report.answers["status"] == "running"
    assert set(report.answers["themes"]) == {"homework_help", "language_cafe"}
    assert report.answers["target_groups"] == ["children", "refugees"]
    assert report.answers["period_start"] == "2025-03"
    assert "Røde Kors".lower() in str(report.answers["partners"]["names"]).lower()
    assert report.answers["volunteers"] == {"least": 10, "most": 12, "approximate": False}
    assert report.answers["link"] == ["https://example.org/a", "https://example.org/b"]
    assert counts(import_file(sqlite_url, file, language="da")) == "0 new, 0 changed, 1 same, 0 refused"


def test_what_is_wrong_is_told_by_line_and_column_and_nothing_of_that_row_is_taken(
    storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    good = {"title": "Café", "library_name": "Odense", "themes": "language_cafe", "sharing": "public"}
    file = table(
        tmp_path,
        good,
        {**good, "title": "Two\nlines", "themes": "flying saucers", "sharing": "xyzzy"},
        {**good, "title": "", "themes": "homework_help"},
        {**good, "title": "Last"},
    )
    summary = import_file(sqlite_url, file)
    assert summary.line == "2 new, 0 changed, 0 same, 2 refused"
    assert summary.refusals == [
        "line 3: column themes: “flying saucers” is not understood; column sharing: “xyzzy” is not understood",
        "line 5: column title is empty",
    ]
    assert {each.answers["title"] for each in kept(storage).values()} == {"Café", "Last"}


def test_columns_that_are_not_known_are_named_once(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    file = table(tmp_path, {"title": "Café", "library_name": "Odense", "Bemærkning": "x", "my own": "y"})
    summary = import_file(sqlite_url, file)
    assert counts(summary) == "1 new, 0 changed, 0 same, 0 refused"
    assert summary.remarks == ["These columns are not known, and were left out: Bemærkning, my own."]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("in.csv", b"name,place\nCaf\xc3\xa9,Odense\n", "is no table of reports"),
        ("in.csv", b"title,library_name\nCaf\xe9,Odense\n", "is not UTF-8"),
        ("in.csv", b"title,title\nA,B\n", "has the column title twice"),
        ("in.csv", b"", "is no table of reports"),
        ("in.xlsx", b"title,library_name\n", "is no workbook that can be read"),
        ("in.xlsx", b"PK\x03\x04 not really", "is no workbook that can be read"),
    ],
)
def test_a_file_that_is_no_such_table_is_one_line(
    name: str, content: bytes, said: str, storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Unusable, match=said):
        import_file(sqlite_url, file)
    assert kept(storage) == {}


@pytest.mark.parametrize("language", ["da", "sl", "en"])
def test_a_template_is_filled_in_and_comes_back(
    language: str, storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    out = tmp_path / "reports.xlsx"
    write_template(sqlite_url, None, language, out)
    book = openpyxl.load_workbook(out)
    sheet = book["reports"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    assert list(heads)[:2] == ["title", "library_name"]
    listed = {tuple(cell.value for cell in row[:2]) for row in book["choices"].iter_rows(min_row=2)}
    assert {("themes", choice.key) for choice in vocabulary.THEMES} <= listed
    assert len(sheet.data_validations.dataValidation) > 3
    for name, value in {"title": "Café", "library_name": "Ljubljana", "themes": "language_cafe"}.items():
        sheet.cell(2, heads[name]).value = value
    book.save(out)
    assert counts(import_file(sqlite_url, out)) == "1 new, 0 changed, 0 same, 0 refused"
    with pytest.raises(Unusable, match="already exists"):
        write_template(sqlite_url, None, language, out)
    with pytest.raises(Unusable, match="There is no call “nowhere”"):
        write_template(sqlite_url, "nowhere", language, tmp_path / "other.xlsx")
