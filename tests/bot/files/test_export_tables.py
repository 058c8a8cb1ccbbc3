"""The tables that reports leave as: unique columns, valid for Frictionless, and a call's own questions in words."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import frictionless
import openpyxl
import pytest

from bot.files.reports.defusing import defused
from bot.files.reports.exports import Wish, write_reports
from bot.files.reports.readable import RecordInWords
from bot.files.reports.tables import columns
from conversations.language.languages import LANGUAGES
from conversations.model.calls import OwnQuestion, WholeCall, as_json
from conversations.model.outcomes import CallChanged, CallStarted
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.files.test_exports import RECORD, run
from tests.bot.files.test_files import file_behind
from tests.bot.reviewing import coordinator
from tests.bot.stage import Stage
from tests.conversations.dialogue import CATALOGUES

NOW = datetime(2026, 11, 23, tzinfo=UTC)

ROOMS = ({"da": "Sal", "en": "Hall"}, {"da": "Læsesal"})
OWN = (
    OwnQuestion("own_1", "choice", {"da": "Hvilket lokale?", "en": "Which room?"}, ROOMS),
    OwnQuestion("own_2", "number", {"da": "Hvor mange aftener?"}),
    OwnQuestion("own_3", "text", {"da": "Hvad overraskede jer?"}, retired=True),
)

THIRTY = {"least": 30, "most": 30, "approximate": False}
ANSWERS = {
    **RECORD["answers"],
    "own_1": "Sal",
    "own_2": {"least": 3, "most": 4, "approximate": False},
    "own_3": "Alle kom.",
}


def with_call(work: UnitOfWork) -> None:
    work.calls.start(CallStarted("rum", "da", "Rum til alle", "UTC"), NOW)
    work.calls.change(CallChanged("rum", "questions", [as_json(each) for each in OWN]), NOW)
    work.calls.change(CallChanged("rum", "status", "open"), NOW)


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path / 'meldind.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def take_in(tmp_path: Path, *records: Mapping[str, Any]) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    assert run("import", str(file)) == 0


@pytest.fixture
def filled(database: str, tmp_path: Path) -> str:
    """A database with a call that asks questions of its own, a report to it and one without a call."""
    assert run("db", "upgrade") == 0
    storage = Storage.open(database)
    storage.write_now(with_call)
    storage.close_now()
    other = {**RECORD, "id": "zzz999", "answers": {**RECORD["answers"], "participants": THIRTY}}
    take_in(tmp_path, {**RECORD, "call": "rum", "answers": ANSWERS | {"campaign": "rum"}}, other)
    return database


def exported(form: str, *options: str) -> bytes:
    assert run("export", "--format", form, *options, "-o", f"out.{form}") == 0
    return Path(f"out.{form}").read_bytes()


def test_no_two_columns_have_one_name(filled: str) -> None:
    rows = list(csv.DictReader(io.StringIO(exported("csv").decode("utf-8-sig"))))
    names = list(rows[0])
    assert len(names) == len(set(names))
    assert (rows[0]["status"], rows[0]["answer_status"]) == ("submitted", "running")
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
    assert [heading.value for heading in book.worksheets[0][1]] == names


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("contacts", [(), ("--with-contacts",)], ids=["without", "with contacts"])
def test_frictionless_finds_nothing_wrong(filled: str, form: str, contacts: tuple[str, ...]) -> None:
    exported(form, *contacts)
    report = frictionless.validate(f"out.{form}")
    assert report.valid, report.to_summary()
    assert report.task.stats["rows"] == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headings_that_people_read_are_words_and_each_is_another(language: str) -> None:
    headings = RecordInWords((), CATALOGUES[language], with_contacts=True).headings()
    assert len(headings) == len(set(headings)) == len(columns(with_contacts=True))
    assert not [heading for heading in headings if "_" in heading or heading in columns(with_contacts=True)]


def test_the_readable_sheet_tells_both_statuses_and_own_answers(filled: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported("xlsx", "--language", "en")))
    headings, first, second = book.worksheets[1].iter_rows(values_only=True)
    said = dict(zip(headings, first, strict=True))
    assert (said["Status of the report"], said["Stage of the initiative"]) == ("In review", "Running")
    assert said["Which room?"] == "Hall"
    assert said["Hvor mange aftener? (Danish)"] == "3–4"
    assert said["Hvad overraskede jer? (Danish)"] == "Alle kom."
    assert said["Call"] == "Rum til alle (Danish)"
    assert dict(zip(headings, second, strict=True))["Which room?"] is None


def test_where_calls_ask_several_things_a_heading_says_which_of_their_questions_it_is() -> None:
    others = (
        WholeCall("a", "en", questions=OWN),
        WholeCall("b", "en", questions=(OwnQuestion("own_1", "text", {"en": "What?"}),)),
    )
    headings = RecordInWords(others, CATALOGUES["en"], with_contacts=False).headings()
    assert "Own question 1 of the call" in headings
    assert "Hvor mange aftener?" in " ".join(headings)


@pytest.mark.parametrize("text", ["10-12", "2026-03", "3/4", "3.4", "3. 4.", "10:30", "12-2026", "1-2-3"])
def test_what_a_spreadsheet_would_take_for_a_date_stays_as_it_was_written(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["2026-03-01", "2026", "~10-12", "30+", "Café 10-12", "0751", "2011/2012 og 2013"])
def test_whole_dates_numbers_and_words_need_no_mark(text: str) -> None:
    assert defused(text) == text


def test_own_choices_leave_in_the_coordinators_words_and_come_back(filled: str, tmp_path: Path) -> None:
    storage = Storage.open(filled)
    kept = storage.read_now(lambda work: work.exporting(dict).of("abc234", with_contacts=False))
    storage.close_now()
    assert kept is not None
    assert kept.answers["own_1"] == "1", "kept by its number, whatever its words become"
    lines = exported("jsonl", "--with-contacts")
    (record,) = (each for each in map(json.loads, lines.splitlines()) if each["id"] == "abc234")
    assert (record["answers"]["own_1"], record["answers"]["participants"]["least"]) == ("Sal", 10)
    row = next(csv.DictReader(io.StringIO(exported("csv", "--call", "rum").decode("utf-8-sig"))))
    assert (row["own_1"], row["own_2"], row["period_start"]) == ("Sal", "'3-4", "'2026-03")
    assert run("import", "out.jsonl") == 0
    assert exported("jsonl", "--with-contacts") == lines


@pytest.mark.parametrize(("form", "label"), [("jsonl", "For developers (JSON Lines)"), ("csv", "Table (CSV)")])
async def test_the_chat_gives_the_same_file_as_the_command_line(
    bot_app: Stage, tmp_path: Path, form: str, label: str
) -> None:
    await bot_app.storage.write(with_call)
    take_in(tmp_path, {**RECORD, "call": "rum", "answers": ANSWERS | {"campaign": "rum"}})
    ann = await coordinator(bot_app)
    await ann.writes("/export")
    await ann.phone.presses(label)
    await ann.phone.sees("Here is the file, with one report.")
    given = await file_behind(ann, ann.screen)
    assert given == exported(form)
    assert "Alle kom." in given.decode()
    file = io.BytesIO()
    write_reports(bot_app.storage, Wish(form), file)
    assert file.getvalue() == given
