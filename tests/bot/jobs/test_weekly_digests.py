"""The weekly digest comes once for every subscription and ISO week, whatever happens around Monday morning."""

import asyncio
import itertools
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.jobs.weekly_digests import WeeklyDigests
from bot.language.catalogues import Catalogues
from conversations.model.digests.looking import Weekly
from conversations.model.digests.periods import due
from conversations.model.outcomes import DigestUnwanted, DigestWanted, ReportSubmitted
from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.models import digest_issues, outbox
from storage.session.schema import migrate
from storage.session.storage import Storage
from tests.storage.chat import ANA, BO, arrive, draft, keep

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
MONDAY = datetime(2026, 11, 23, 8, tzinfo=COPENHAGEN).astimezone(UTC)
LONG_AGO = datetime(2026, 11, 18, tzinfo=UTC)


class Clock:
    """The time, as the test sets it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def worker(storage: Storage, clock: Clock) -> WeeklyDigests:
    return WeeklyDigests(storage, Catalogues(), hand_on=lambda _rows: None, bot_name=lambda: "MeldindBot", clock=clock)


async def coordinate(storage: Storage, who: int) -> None:
    await storage.write(lambda work: work.members.become(arrive(work, who).id, frozenset({"coordinator"})))


def issues(url: str) -> Counter[tuple[int, str]]:
    with make_engine(normalise_url(url)).connect() as connection:
        found = connection.execute(select(digest_issues.c.subscription_id, digest_issues.c.week))
        return Counter((subscription, week) for subscription, week in found)


def sent(url: str) -> Counter[int]:
    """How many digests each chat gets, without their files."""
    with make_engine(normalise_url(url)).connect() as connection:
        found = connection.execute(
            select(outbox.c.chat_id).where(outbox.c.kind == "digest", outbox.c.method != "sendDocument")
        )
        return Counter(found.scalars())


@pytest.fixture
async def url(database_url: str) -> str:
    migrate(database_url)
    storage = Storage.open(database_url)
    for who in (ANA, BO):
        await coordinate(storage, who)
        await keep(storage, DigestWanted(0, 0, 8, "Europe/Copenhagen"), who=who, now=LONG_AGO)
    await draft(storage, "r1", ANA, LONG_AGO, title="Café", status="running", themes=["language_cafe"])
    await keep(storage, ReportSubmitted("r1"), now=LONG_AGO)
    await storage.close()
    return database_url


async def test_two_workers_and_two_hundred_restarts_make_one_digest_each(url: str) -> None:
    chance = random.Random(8)
    clock = Clock(MONDAY - timedelta(minutes=10))
    first, second = Storage.open(url), Storage.open(url)
    for _restart in range(200):
        clock.now += timedelta(seconds=chance.randint(-60, 90))  # the machines' clocks are set back now and then
        tasks = [asyncio.create_task(worker(storage, clock).look()) for storage in (first, second)]
        if chance.random() < 0.5:
            await asyncio.sleep(chance.random() * 0.005)
            chance.choice(tasks).cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            assert result is None or isinstance(result, asyncio.CancelledError), result
    clock.now = MONDAY + timedelta(minutes=1)
    await worker(first, clock).look()
    await first.close()
    await second.close()
    assert sorted(issues(url).values()) == [1, 1]
    assert sent(url) == {ANA: 1, BO: 1}


async def test_missed_weeks_come_later_each_once(url: str) -> None:
    storage, clock = Storage.open(url), Clock(MONDAY + timedelta(days=16))
    for _look in range(3):
        await worker(storage, clock).look()
    await storage.close()
    assert sorted({week for _subscription, week in issues(url)}) == ["2026-W47", "2026-W48", "2026-W49"]
    assert sent(url) == {ANA: 3, BO: 3}


async def test_another_hour_another_zone_or_beginning_anew_brings_no_week_twice(url: str) -> None:
    storage, clock = Storage.open(url), Clock(MONDAY + timedelta(minutes=5))
    await worker(storage, clock).look()
    for chosen in (DigestWanted(0, 0, 9, "Europe/Copenhagen"), DigestWanted(0, 0, 7, "America/New_York")):
        await keep(storage, chosen, now=clock.now)
        clock.now += timedelta(hours=8)
        await worker(storage, clock).look()
    await keep(storage, DigestUnwanted(0), now=clock.now)
    await keep(storage, DigestWanted(0, 1, 8, "Europe/Copenhagen"), now=clock.now)
    clock.now += timedelta(days=2)
    await worker(storage, clock).look()
    await storage.close()
    assert sent(url) == {ANA: 1, BO: 1}


async def test_who_is_no_coordinator_any_more_gets_none(url: str) -> None:
    storage, clock = Storage.open(url), Clock(MONDAY)
    await storage.write(lambda work: work.members.become(arrive(work, BO).id, frozenset()))
    await worker(storage, clock).look()
    weekly = await storage.write(lambda work: work.lookup(arrive(work), MONDAY).digests.weekly())
    await storage.close()
    assert sent(url) == {ANA: 1}
    assert weekly == [Weekly(weekly[0].id, 0, 0, 8, "Europe/Copenhagen")]


@given(
    st.integers(0, 6),
    st.integers(0, 23),
    st.sampled_from(["Europe/Copenhagen", "America/Havana", "Pacific/Apia", "UTC"]),
    st.lists(st.integers(1, 6 * 24 * 60), min_size=30, max_size=60),
)
def test_every_week_is_due_once_whenever_one_looks(weekday: int, hour: int, zone: str, pauses: list[int]) -> None:
    begin = datetime(2026, 2, 20, tzinfo=UTC)
    now, seen = begin, []
    for pause in pauses:
        now += timedelta(minutes=pause)
        seen += [week.week for week in due(weekday, hour, ZoneInfo(zone), begin, now) if week.week not in seen]
    weeks = [date.fromisocalendar(int(week[:4]), int(week[-2:]), 1) for week in seen]
    assert weeks == sorted(set(weeks))
    assert all(later - earlier == timedelta(days=7) for earlier, later in itertools.pairwise(weeks))


def test_an_hour_that_exists_twice_or_not_at_all_is_due_once() -> None:
    sunday_night = (6, 2)
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        before = datetime(day.year, day.month, day.day, tzinfo=COPENHAGEN).astimezone(UTC)
        looks = [before + timedelta(minutes=15 * quarter) for quarter in range(60)]
        counts = [len(due(*sunday_night, COPENHAGEN, before, look)) for look in looks]
        assert counts == sorted(counts)
        assert counts[-1] == 1


async def test_who_wants_it_again_gets_no_week_from_between(url: str) -> None:
    storage, clock = Storage.open(url), Clock(MONDAY + timedelta(days=15))
    for who in (ANA, BO):
        await keep(storage, DigestUnwanted(0), who=who, now=LONG_AGO + timedelta(days=1))
    await keep(storage, DigestWanted(0, 0, 8, "Europe/Copenhagen"), who=ANA, now=MONDAY + timedelta(days=8))
    await worker(storage, clock).look()
    await storage.close()
    assert {week for _subscription, week in issues(url)} == {"2026-W49"}
    assert sent(url) == {ANA: 1}


async def test_after_six_weeks_away_the_last_four_come(url: str) -> None:
    storage, clock = Storage.open(url), Clock(MONDAY + timedelta(weeks=5, hours=1))
    for _look in range(2):
        await worker(storage, clock).look()
    await storage.close()
    assert sorted({week for _subscription, week in issues(url)}) == ["2026-W49", "2026-W50", "2026-W51", "2026-W52"]
    assert sent(url) == {ANA: 4, BO: 4}
