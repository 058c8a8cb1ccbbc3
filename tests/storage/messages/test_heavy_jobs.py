"""Heavy jobs: asked for once at a time, in the transaction of what needs them, and forgotten in time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from storage.messages.heavy_jobs import DONE_KEPT, FAILED_KEPT, LOST, UNTAKEN, HeavyResult
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
GIVEN = {"kind": "chart", "data": "themes.da"}


def ask(work: UnitOfWork, this: str = "a", **given: str) -> str:
    return work.heavy_jobs.ask(this, "enclosure", "quick", {**GIVEN, **given}, NOW)


async def test_the_same_work_waits_once_and_can_be_asked_for_again_when_it_has_ended(storage: Storage) -> None:
    assert await storage.write(ask) == "a"
    assert await storage.write(lambda work: ask(work, "b")) == "a"
    assert await storage.write(lambda work: ask(work, "c", data="groups.da")) == "c"
    assert await storage.write(lambda work: work.heavy_jobs.begin("a", NOW)) == "enclosure"
    assert await storage.write(lambda work: ask(work, "d")) == "a"
    assert await storage.write(lambda work: work.heavy_jobs.end("a", "done", NOW))
    assert not await storage.write(lambda work: work.heavy_jobs.end("a", "failed", NOW))
    assert await storage.write(lambda work: ask(work, "e")) == "e"


async def test_a_job_belongs_to_the_transaction_of_what_needs_it(storage: Storage) -> None:
    def fails(work: UnitOfWork) -> None:
        ask(work)
        raise KeyError

    with pytest.raises(KeyError):
        await storage.write(fails)
    assert not await storage.read(lambda work: work.heavy_jobs.listed(NOW))


async def test_what_waits_runs_and_failed_is_listed_and_counted(storage: Storage) -> None:
    def happened(work: UnitOfWork) -> None:
        for number, this in enumerate("abcde"):
            ask(work, this, data=f"{number}")
        for this in "bcd":
            work.heavy_jobs.begin(this, LATER)
        assert work.heavy_jobs.reach("b", 1200)
        work.heavy_jobs.end("c", "failed", LATER, "OverflowError")
        work.heavy_jobs.end("d", "done", LATER)
        work.heavy_jobs.end("e", "cancelled", LATER)

    await storage.write(happened)
    listed = await storage.read(lambda work: work.heavy_jobs.listed(NOW))
    assert [(each.id, each.state, each.tries, each.reached, each.error) for each in listed] == [
        ("a", "waiting", 0, 0, ""),
        ("b", "running", 1, 1200, ""),
        ("c", "failed", 1, 0, "OverflowError"),
    ]
    counts = await storage.read(lambda work: work.heavy_jobs.counts(NOW))
    assert {state: number for (_name, state), number in counts.items()} == dict.fromkeys(
        ("waiting", "running", "failed", "done", "cancelled"), 1
    )
    assert [each.id for each in await storage.read(lambda work: work.heavy_jobs.listed(LATER))] == ["a", "b"]


async def test_a_job_that_is_no_longer_wanted_is_not_begun_and_goes_no_further(storage: Storage) -> None:
    def happened(work: UnitOfWork) -> tuple[bool, str | None]:
        ask(work)
        work.heavy_jobs.begin("a", NOW)
        work.heavy_jobs.end("a", "cancelled", NOW)
        return work.heavy_jobs.reach("a", 1), work.heavy_jobs.begin("a", NOW)

    assert await storage.write(happened) == (False, None)


async def test_old_jobs_are_forgotten_and_lost_ones_end(storage: Storage) -> None:
    def happened(work: UnitOfWork) -> None:
        for number, this in enumerate("abc"):
            ask(work, this, data=f"{number}")
        work.heavy_jobs.end("a", "done", NOW)
        work.heavy_jobs.end("b", "failed", NOW, "MemoryError")

    async def left(now: datetime) -> list[tuple[str, str]]:
        await storage.write(lambda work: work.heavy_jobs.sweep(now))
        query = text("SELECT id, state FROM heavy_jobs ORDER BY id")
        return await storage.read(lambda work: [(each[0], each[1]) for each in work._connection.execute(query)])

    await storage.write(happened)
    a_moment = timedelta(seconds=1)
    assert await left(NOW + LOST) == [("a", "done"), ("b", "failed"), ("c", "waiting")]
    assert await left(NOW + LOST + a_moment) == [("a", "done"), ("b", "failed"), ("c", "failed")]
    assert await left(NOW + DONE_KEPT + a_moment) == [("b", "failed"), ("c", "failed")]
    assert await left(NOW + FAILED_KEPT + LOST + 2 * a_moment) == []


async def test_a_result_that_nobody_takes_is_wiped(postgres_url: str) -> None:
    from tests.databases import opened

    async with opened(postgres_url) as storage:
        await storage.write(ask)
        made = HeavyResult(b"\x00content", {"number": 1})
        await storage.write(lambda work: work.heavy_jobs.end("a", "done", NOW, result=made))
        await storage.write(lambda work: work.heavy_jobs.sweep(NOW + UNTAKEN - timedelta(seconds=1)))
        count = text("SELECT count(*) FROM heavy.contents")
        assert await storage.read(lambda work: work._connection.scalar(count)) == 1
        await storage.write(lambda work: work.heavy_jobs.sweep(NOW + UNTAKEN))
        assert await storage.read(lambda work: work._connection.scalar(count)) == 0
        assert await storage.write(lambda work: work.heavy_jobs.take("a")) is None


async def test_a_file_that_is_asked_for_is_a_job_of_the_same_transaction_and_waits_for_who_sends_it(
    postgres_url: str,
) -> None:
    from tests.databases import opened

    def asks(work: UnitOfWork) -> None:
        person = work.people.arrive(1, 1, "en", NOW).person
        work.exports.ask("x1", person.id, "jsonl", False, "en", NOW)

    def refused(work: UnitOfWork) -> None:
        asks(work)
        raise KeyError

    deferred = text("SELECT queue_name, args FROM procrastinate.procrastinate_jobs WHERE task_name = 'heavy'")
    async with opened(postgres_url) as storage:
        with pytest.raises(KeyError):
            await storage.write(refused)
        assert not await storage.read(lambda work: list(work._connection.execute(deferred)))
        await storage.write(asks)
        assert await storage.read(lambda work: [tuple(each) for each in work._connection.execute(deferred)]) == [
            ("heavy long", {"job": "x1"})
        ]
        made = HeavyResult(b"content", {"number": 1})
        await storage.write(lambda work: work.heavy_jobs.end("x1", "done", NOW, result=made))
        asked = await storage.write(lambda work: work.exports.next(NOW))
        assert asked is not None
        again = await storage.write(lambda work: work.heavy_jobs.ask("y", "export", "long", asked.given, NOW))
        assert again == "x1"
        assert await storage.write(lambda work: work.heavy_jobs.take("x1")) == made
        assert await storage.write(lambda work: work.heavy_jobs.ask("y", "export", "long", asked.given, NOW)) == "y"
