"""The benchmark itself: whether its numbers fit together, never how large they are."""

import sys
from pathlib import Path

from storage.session.schema import migrate
from tests.bench import busy
from tests.bench.bots import MeasuredBot, meldind
from tests.bench.databases import SqliteFile
from tests.bench.dialogues import REPORT, TWELVE_QUESTIONS
from tests.bench.draining import drain
from tests.bench.filling import fill
from tests.bench.measuring import Plan, measure
from tests.bench.running import Load, submitted
from tests.bench.soaking import soak
from tests.bench.stalling import stall
from tests.bench.table import medians

A_MOMENT = Plan(Load(phones=3), warm_up=0.2, seconds=1.0)


async def test_the_numbers_of_a_run_fit_together() -> None:
    run = await measure(meldind(SqliteFile()), A_MOMENT)
    assert run.problems == ()
    assert run.phones == 3
    assert run.updates > 0
    assert abs(run.updates_per_second * run.seconds - run.updates) < 0.001
    assert 0 < run.p50_ms <= run.p95_ms <= run.p99_ms
    assert 1 <= run.calls_per_update <= 2.5
    assert run.cpu_seconds_per_1000 > 0
    assert run.resident_mb > 10
    assert run.kept == run.receipts
    assert "Meldind, SQLite" in medians([run])


async def test_the_loop_without_a_framework_answers_everything() -> None:
    bare = MeasuredBot("no framework", (sys.executable, "-m", "tests.bench.peers.bare_loop"), TWELVE_QUESTIONS)
    run = await measure(bare, A_MOMENT)
    assert run.problems == ()
    assert run.updates > 0


async def test_a_stalled_chat_is_left_out_of_the_others_times() -> None:
    table, problems = await stall(meldind(SqliteFile()), A_MOMENT, rounds=1)
    assert problems == []
    assert "Meldind, SQLite" in table


async def test_phones_at_a_fixed_rate_keep_to_it_and_nothing_is_lost() -> None:
    row, problems = await soak(meldind(SqliteFile()), rate=10, warm_up=0.2, seconds=2)
    assert problems == []
    assert row[:2] == ["Meldind, SQLite", "10"]


async def test_notices_drain_while_people_talk() -> None:
    row, problems = await drain(meldind(SqliteFile()), number=30, warm_up=0.2, seconds=1)
    assert problems == []
    assert row[:2] == ["Meldind, SQLite", "30"]
    assert row[5] == "0"


async def test_files_and_digests_are_made_while_people_talk() -> None:
    table, problems = await busy.busy([SqliteFile()], reports=20, rate=5, warm_up=0.2, seconds=1, rounds=1)
    assert problems == []
    assert "Meldind, SQLite with 20 reports" in table


def test_a_filled_database_has_as_many_reports_as_were_asked_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'full.db'}"
    migrate(url)
    fill(url, 12)
    assert len(submitted(url)) == 12


def test_both_dialogues_have_an_answer_to_what_they_ask() -> None:
    assert REPORT.answer("9 of 9 Who can see this report?", {}) == "Anyone (public)"
    assert REPORT.answer("4 of 9 What do you do, who is it for, and why?", {"Next": "x"}) == "Next"
    assert TWELVE_QUESTIONS.answer("Check your report\nWho is it for? Children", {}) == "Send report"
    assert TWELVE_QUESTIONS.answer("A sentence that nobody expects", {}) is None
