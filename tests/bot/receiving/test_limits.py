"""How much one person may ask for: a flood is cut off with one kind word, and nobody else notices."""

import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.receiving.limits import MOST_KNOWN, Limits, LimitVerdict
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import gives
from tests.bot.stage import Stage, on_stage

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
IDA, MAJA = 42, 43


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_minutes_worth_at_once_is_read_and_then_nothing_for_half_a_minute() -> None:
    bounds = Limits(60)
    verdicts = Counter(bounds.judge(IDA, update, NOW) for update in range(100))
    assert verdicts == {LimitVerdict.READ: 60, LimitVerdict.TELL: 1, LimitVerdict.DROP: 39}
    assert bounds.judge(MAJA, 100, NOW) is LimitVerdict.READ
    assert bounds.judge(IDA, 101, after(29.9)) is LimitVerdict.DROP
    assert bounds.judge(IDA, 102, after(30)) is LimitVerdict.READ


def test_a_turn_tried_again_is_judged_the_same() -> None:
    bounds = Limits(1)
    assert {bounds.judge(IDA, 1, NOW) for _ in range(5)} == {LimitVerdict.READ}
    assert {bounds.judge(IDA, 2, NOW) for _ in range(5)} == {LimitVerdict.TELL}


def test_no_bounds_for_updates_of_nobody_and_where_none_are_wanted() -> None:
    assert {Limits(1).judge(0, update, NOW) for update in range(9)} == {LimitVerdict.READ}
    assert {Limits(0).judge(IDA, update, NOW) for update in range(999)} == {LimitVerdict.READ}


@given(st.lists(st.floats(0.9, 5), max_size=200))
def test_who_sends_about_one_a_second_for_ever_is_always_read(gaps: list[float]) -> None:
    bounds, now = Limits(70), NOW
    for update, gap in enumerate(gaps):
        now += timedelta(seconds=gap)
        assert bounds.judge(IDA, update, now) is LimitVerdict.READ


def test_so_many_files_an_hour() -> None:
    bounds = Limits(60)
    assert {bounds.wait_for_files(IDA, after(number)) for number in range(60)} == {None}
    assert bounds.wait_for_files(IDA, after(100)) == after(3600)
    assert bounds.wait_for_files(MAJA, after(100)) is None
    assert bounds.wait_for_files(IDA, after(3600)) is None


def test_the_counts_of_those_who_rest_are_forgotten() -> None:
    bounds = Limits(60)
    for person in range(1, MOST_KNOWN + 1):
        bounds.judge(person, person, NOW)
    bounds.judge(MOST_KNOWN + 1, MOST_KNOWN + 1, after(7200))
    assert len(bounds._counts) == 1


def test_the_turns_of_many_people_at_once_count_beside_each_other() -> None:
    """With more people than are known at once each new one is looked for room for, while others are counted."""
    bounds, threads, people = Limits(60), 8, 100
    for person in range(1, MOST_KNOWN + 1):
        bounds.judge(person, person, NOW)
    begin = threading.Barrier(threads)

    def turns(first: int) -> Counter[LimitVerdict]:
        begin.wait()
        return Counter(bounds.judge(person, person, NOW) for person in range(first, first + people))

    between = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # every thread is interrupted wherever it can be
    try:
        with ThreadPoolExecutor(threads) as pool:
            starts = [2 * MOST_KNOWN + number * people for number in range(threads)]
            verdicts = sum(pool.map(turns, starts), Counter())
    finally:
        sys.setswitchinterval(between)
    assert verdicts == {LimitVerdict.READ: threads * people}
    assert len(bounds._counts) == MOST_KNOWN + threads * people


@pytest.fixture
async def bounded(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that reads ten messages of one person in a minute."""
    async with on_stage(tmp_path, flood_limit=10) as stage:
        yield stage


def states(work: UnitOfWork) -> Counter[str]:
    return Counter(work.inbox._connection.scalars(text("SELECT state FROM inbox")))


def payloads(work: UnitOfWork) -> list[str]:
    return list(work.inbox._connection.scalars(text("SELECT payload FROM inbox")))


def exports(work: UnitOfWork) -> int:
    return work.inbox._connection.scalar(text("SELECT count(*) FROM exports")) or 0


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Vent et halvt minut"), ("sl", "Počakajte pol minute"), ("en", "Wait half a minute")]
)
async def test_a_flood_is_told_once_when_to_go_on_and_others_are_served(
    bounded: Stage, language: str, words: str
) -> None:
    flooding, other = bounded.talk(language), bounded.talk("en")
    for _ in range(30):
        await flooding.phone.types("/help")
    await flooding.phone.sees(words)
    await other.starts()
    other.bot("Welcome")
    await bounded.settles()
    assert sum(words in screen.text for screen in flooding.phone.messages) == 1
    assert await bounded.finds(states) == {"done": 11, "dropped": 20}
    kept = await bounded.finds(payloads)
    assert len([payload for payload in kept if "/help" in payload]) == 10, "nothing is kept of what was dropped"


async def test_presses_that_come_too_fast_lose_nothing_and_the_first_is_answered(bounded: Stage) -> None:
    chat = bounded.talk("en")
    await chat.writes("/report")
    await chat.writes("Aarhus")
    data = chat.screen.raw["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(20):
        await chat.phone.press_data(chat.screen.message_id, data)
    await chat.phone.sees("That was too fast for me, so I did not read your last message.")
    await bounded.settles()
    answered = [entry for entry in bounded.server.journal.entries if entry.method == "answerCallbackQuery"]
    assert 1 <= len(answered) <= 9
    (report,) = await bounded.finds(lambda work: work.reports.of(1))
    assert report.status == "draft"


async def test_a_coordinator_who_asks_for_pictures_without_end_is_told_from_when_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.receiving.limits.FILES_AN_HOUR", 2)
    async with on_stage(tmp_path, flood_limit=1000) as stage:
        olga = stage.talk("en")
        await olga.starts()
        await gives(stage, olga, "coordinator")
        for _ in range(2):
            await olga.writes("/export")
            await olga.presses("For developers (JSON Lines)")
        await olga.writes("/export")
        await olga.presses("For developers (JSON Lines)")
        olga.bot("You have asked for that very often in an hour. You can ask for it again from")
        await stage.settles()
        assert await stage.finds(exports) == 2
