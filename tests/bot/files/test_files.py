"""The whole bot before a coordinator: what is said, the files behind it, and that they count the same."""

import asyncio
import csv
import io
import json
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from bot.app import Application
from bot.botapi import Screen
from bot.files.digest_pages import digest_page
from bot.files.digest_tables import tables
from bot.files.workbook import workbook
from bot.heavy.registry import EXPORT, HEAVY, Heavy
from bot.heavy.work import MOST_TRIES
from conversations.model.digests.digest import Digest, digest_of
from conversations.model.digests.periods import week_of
from conversations.model.happenings import OFFERS, Given, Happening, ReportSummary, happenings
from storage.engine.errors import DatabaseAway
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import coordinator, reports, sees, taps
from tests.bot.scripts import steps
from tests.bot.stage import Stage, Talk, on_stage, until
from tests.conversations.dialogue import CATALOGUES
from tests.conversations.flows.digests.test_digest import report_summary

COUNCIL = """
/start
[Register as a partner]
[Integration council]
Rådet
aarhus
[Yes, register it]
"""
PNG = b"\x89PNG\r\n\x1a\n"
WEEK = datetime(2026, 11, 16, tzinfo=UTC)
NAMES = ("Sprogcafé på Ærø", "Učna pomoč: čšž", "=HYPERLINK(1)", "//Nethood & <b>")


async def file_behind(talk: Talk, screen: Screen) -> bytes:
    """The content of the newest document or photo."""
    for shown in reversed(talk.phone.messages):
        if document := shown.raw.get("document"):
            return await talk.phone.file(document["file_id"])
        if photo := shown.raw.get("photo"):
            return await talk.phone.file(photo[-1]["file_id"])
    raise AssertionError(f"no file beside {screen}")


def some_week() -> Digest:
    """A week in which much happened."""
    happened: list[tuple[ReportSummary, Happening]] = []
    for number in range(40):
        at = WEEK + timedelta(hours=4 * number)
        history = [Given("status", "planned", at, 0), Given("contribute", list(OFFERS[: number % 3]), at, 0)]
        history += [Given("status", "running", at + timedelta(hours=1), 2)] if number % 2 else []
        history += [Given("outcome", "They talk.", at + timedelta(hours=2), 3)] if number % 5 == 0 else []
        report = report_summary(number, submitted_at=at, title=NAMES[number % 4], evidence=("statistics",))
        happened += [(report, each) for each in happenings(history, at)]
    return digest_of(week_of(WEEK.date(), UTC), happened, zone="UTC", made_at=WEEK + timedelta(days=7))


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize("language", ["da", "sl", "en"])
def test_every_count_is_the_number_of_rows(language: str) -> None:
    digest, catalogue = some_week(), CATALOGUES[language]
    made = tables(digest, catalogue)
    by_key = {table.key: table for table in made}
    assert len(by_key["new"].rows) == len(digest.of("new")) == 40
    assert len(by_key["offers"].rows) == len(digest.of("offer"))
    assert len(by_key["progress"].rows) == len(digest.of("progress")) == 20
    assert len(by_key["outcomes"].rows) == len(digest.of("outcome")) == 8
    book = sheets(workbook(made, "Overview", ["One", "Two", "Three"]))
    counts = {row[0]: row[1] for row in book["Overview"][4:]}
    for table in made:
        assert len(book[table.name[:31]]) - 1 == counts[table.name] == len(table.rows)
    page = digest_page(digest, catalogue)
    assert page.count('<article class="entry">') == sum(len(table.rows) for table in made)
    assert "<b>" not in page
    assert "//Nethood &amp; &lt;b&gt;" in page


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None and "CI" not in os.environ, reason="LibreOffice is not here; CI installs it")
@pytest.mark.parametrize("form", ["xlsx", "html"])
def test_libreoffice_opens_it_with_its_letters_dates_and_numbers(form: str, tmp_path: Path) -> None:
    digest, catalogue = some_week(), CATALOGUES["sl"]
    file = tmp_path / f"digest.{form}"
    if form == "xlsx":
        file.write_bytes(workbook(tables(digest, catalogue)[:1], "Pregled", ["Čudovito"]))
    else:
        file.write_text(digest_page(digest, catalogue), encoding="utf-8")
    read = _converted(file, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", tmp_path)
    if form == "html":
        assert all(
            word in "".join(read.values()) for word in ("Sprogcafé på Ærø", "Učna pomoč: čšž", "Nove dejavnosti")
        )
        return
    rows = list(csv.reader(io.StringIO(next(text for name, text in read.items() if "Nove" in name))))
    assert {row[2] for row in rows[1:]} == set(NAMES)
    assert rows[1][1] == "2026-11-16"
    overview = next(text for name, text in read.items() if "Pregled" in name)
    assert list(csv.reader(io.StringIO(overview)))[2][1] == "40"


def _converted(file: Path, to: str, folder: Path) -> dict[str, str]:
    """What LibreOffice makes of `file`, by the name of what it wrote."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    source = ["--infilter=calc_HTML_WebQuery"] if file.suffix == ".html" else []
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        *source,
        "--convert-to",
        to,
        "--outdir",
        str(folder / "out"),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    return {each.name: each.read_text("utf-8-sig") for each in (folder / "out").glob("*.csv")}


async def test_a_coordinator_gets_the_digest_and_its_files(bot_app: Stage) -> None:
    ann = await coordinator(bot_app)
    librarian = bot_app.talk()
    await reports(librarian, "Sprogcafé på Ærø & čšž")
    await sees(bot_app, ann, "Sprogcafé på Ærø")  # so that it does not come between a question and its answer
    await ann.writes(f"/digest W{datetime.now(UTC).isocalendar().week}")
    ann.bot(
        "One new initiative, from one library.", "Sprogcafé på Ærø & čšž", buttons=["Spreadsheet", "Printable page"]
    )
    screen = await ann.presses("Spreadsheet")
    book = sheets(await file_behind(ann, screen))
    assert [row[2] for row in book["New initiatives"][1:]] == ["Sprogcafé på Ærø & čšž"]
    assert isinstance(book["New initiatives"][1][1], datetime)
    await ann.writes("/digest 2020-W53")
    ann.bot("Week 53, 28 December 2020 – 3 January 2021: no new initiatives.")


async def test_figures_are_drawn_and_every_municipality_is_listed(bot_app: Stage) -> None:
    ann = await coordinator(bot_app)
    await reports(bot_app.talk())
    await ann.writes("/stats")
    ann.bot("One report, from one library", "Language café | 1")
    assert (await file_behind(ann, await ann.presses("Reports by theme"))).startswith(PNG)
    await steps(bot_app.talk(), COUNCIL)
    await sees(bot_app, ann, "Someone has asked to register as a partner.")
    await taps(bot_app, ann, "Confirm")
    await ann.writes("/coverage")
    ann.bot("Denmark", "Reported (1)", "København", "No report yet (97)", "One municipality has partners: Aarhus")
    assert "Partners by municipality" in ann.labels
    assert (await file_behind(ann, await ann.presses("As a map"))).startswith(PNG)
    await ann.presses("‹ Back")
    book = sheets(await file_behind(ann, await ann.presses("As a list")))
    rows = book["Municipalities"][1:]
    assert len(rows) == 98
    assert len({row[1] for row in rows}) == 98
    assert [row[1] for row in rows if row[3] == "reported"] == ["København"]
    assert [(row[1], row[5]) for row in rows if row[5]] == [("Aarhus", 1)]


async def test_every_report_comes_as_a_file_and_that_is_noted(bot_app: Stage) -> None:
    ann = await coordinator(bot_app)
    await reports(bot_app.talk())
    await ann.writes("/export")
    await ann.phone.presses("For developers (JSON Lines)")
    await ann.phone.sees("Here is the file, with one report.")
    (line,) = (await file_behind(ann, ann.screen)).splitlines()
    assert json.loads(line)["answers"]["title"] == "Language café in the park"
    (noted,) = await bot_app.finds(lambda work: [each for each in work.audit.lines() if each["action"] == "exported"])
    assert noted["new"] == {"format": "jsonl", "with_contacts": False}


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of this test, in which the functions of tests leave their notes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    return tmp_path


def exports_with(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are asked for in the chat are made by that function of the tests."""
    monkeypatch.setitem(HEAVY, EXPORT, Heavy(f"tests.bot.heavy.functions:{name}", "long"))


async def test_a_file_that_is_stopped_while_it_is_made_is_not_sent(
    bot_app: Stage, in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports_with("export_behind_a_gate", monkeypatch)
    ann = await coordinator(bot_app)
    await reports(bot_app.talk())
    await ann.writes("/export")
    await ann.phone.presses("For developers (JSON Lines)")
    await until(partial(_is_there, in_folder / "begun"))

    def stopped(work: UnitOfWork) -> None:
        (this,) = work._connection.scalars(text("SELECT id FROM exports")).all()
        assert work.exports.end(this, "cancelled")

    await bot_app.storage.write(stopped)
    (in_folder / "gate").touch()
    assert bot_app.application
    await until(partial(_is_idle, bot_app.application))
    await bot_app.settles()
    assert not [each for each in bot_app.server.journal.entries if each.method == "sendDocument"]


async def _is_there(file: Path) -> bool:
    return await asyncio.to_thread(file.exists)


async def _is_idle(application: Application) -> bool:
    return not application.heavy.busy


async def test_a_file_that_cannot_be_made_is_given_up_and_its_asker_told(
    tmp_path: Path, in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports_with("export_that_cannot", monkeypatch)
    async with on_stage(tmp_path) as stage:
        assert stage.application
        stage.application.exporting.timer.seconds = 0.01
        ann = await coordinator(stage)
        await ann.writes("/export")
        await ann.phone.presses("For developers (JSON Lines)")
        await ann.phone.sees("The file could not be made. (Error")
        assert (in_folder / "tries").read_text() == "x" * MOST_TRIES
        assert not await stage.finds(lambda work: work.exports.waits(datetime.now(UTC) + timedelta(hours=1)))


async def test_a_file_whose_process_is_killed_is_made_again(
    tmp_path: Path, in_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports_with("export_killed_once", monkeypatch)
    async with on_stage(tmp_path) as stage:
        assert stage.application
        stage.application.exporting.timer.seconds = 0.01
        ann = await coordinator(stage)
        await reports(stage.talk())
        await ann.writes("/export")
        await ann.phone.presses("For developers (JSON Lines)")
        await ann.phone.sees("Here is the file, with one report.")
        assert (in_folder / "tries").read_text() == "xx"
        assert len((await file_behind(ann, ann.screen)).splitlines()) == 1


async def test_a_file_whose_result_was_lost_is_made_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(tmp_path) as stage:
        assert stage.application
        stage.application.exporting.timer.seconds = 0.01
        do = stage.application.heavy.do
        lost: list[object] = []

        async def lose_once(*given: Any, **named: Any) -> Any:
            made = await do(*given, **named)
            if not lost:
                lost.append(made)
                raise DatabaseAway("The server was killed, and what is not logged is gone.")
            return made

        monkeypatch.setattr(stage.application.heavy, "do", lose_once)
        ann = await coordinator(stage)
        await reports(stage.talk())
        await ann.writes("/export")
        await ann.phone.presses("For developers (JSON Lines)")
        await ann.phone.sees("Here is the file, with one report.")
        assert lost


async def test_a_file_whose_maker_dies_each_time_is_given_up_too(bot_app: Stage) -> None:
    ann = await coordinator(bot_app)

    def died(work: UnitOfWork) -> None:
        person = work.people.arrive(ann.phone.person_id, ann.phone.person_id, "en", datetime.now(UTC)).person
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        work.exports.ask("x1", person.id, "jsonl", False, "en", long_ago)
        for minutes in range(0, 5 * MOST_TRIES, 5):
            assert work.exports.next(long_ago + timedelta(minutes=minutes))

    await bot_app.storage.write(died)
    await ann.phone.sees("The file could not be made.")
