"""One of several workers: which lease it has, when it is sure of that, and what a worker that died leaves behind."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from bot.runtime.health import Health
from bot.runtime.processes import own_name
from bot.sending.rate_limits import RateLimits
from bot.sending.worker import SURE_FOR, Worker
from storage.messages.workers import SENDING
from storage.session.storage import Storage
from tests.databases import opened

BOT = 1
OTHER = "polling 1"


class Crew:
    """Workers of one database, and the leases that each was told of."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def worker(self, storage: Storage, name: str, **kwargs: object) -> Worker:
        changed = lambda: self.told.append(name)  # noqa: E731 - it needs no more
        return Worker(storage, BOT, RateLimits(), Health(), alone=False, changed=changed, **kwargs)  # type: ignore[arg-type]


@pytest.fixture
async def two(postgres_url: str) -> AsyncIterator[tuple[Crew, Storage, Storage]]:
    async with opened(postgres_url) as one, opened(postgres_url) as other:
        yield Crew(), one, other


async def test_the_first_has_the_lease_and_another_gets_it_when_that_one_leaves(
    two: tuple[Crew, Storage, Storage],
) -> None:
    crew, one, other = two
    first, second = crew.worker(one, "first"), crew.worker(other, "second")
    await first.join()
    await second.join()
    assert (await first.holds(SENDING), await second.holds(SENDING)) == (True, False)
    assert (first.epoch(SENDING), second.epoch(SENDING)) == (1, None)
    assert crew.told == ["first"]
    await first.leave()
    assert not await first.holds(SENDING)
    running = asyncio.create_task(second.run())
    assert await second.gets(SENDING)
    running.cancel()
    assert crew.told == ["first", "second"]


async def test_it_is_not_waited_for_a_lease_of_one_that_is_alive(two: tuple[Crew, Storage, Storage]) -> None:
    crew, one, other = two
    first, second = crew.worker(one, "first"), crew.worker(other, "second")
    await first.join()
    await second.join()
    running = [asyncio.create_task(each.run()) for each in (first, second)]
    async with asyncio.timeout(60):
        assert not await second.gets(SENDING)
    for each in running:
        each.cancel()


async def test_a_worker_that_died_on_this_machine_leaves_its_lease_at_once(two: tuple[Crew, Storage, Storage]) -> None:
    crew, one, other = two
    place = own_name().rpartition("/")[0]
    gone = max(psutil.pids()) + 100_000
    dead = await one.write(lambda work: work.workers.join(f"{place}/{gone}"))
    await one.write(lambda work: work.leases.take(SENDING, dead))
    living = await one.write(lambda work: work.workers.join("another machine/1"))
    await one.write(lambda work: work.leases.take(OTHER, living))
    second = crew.worker(other, "second", wants=(OTHER,))
    await second.join()
    assert (await second.holds(SENDING), await second.holds(OTHER)) == (True, False)
    assert [name for _this, name in await other.read(lambda work: work.workers.names())] == [
        "another machine/1",
        own_name(),
    ]


async def test_a_worker_that_another_took_the_lease_from_is_told_so(two: tuple[Crew, Storage, Storage]) -> None:
    crew, one, other = two
    first, second = crew.worker(one, "first"), crew.worker(other, "second")
    await first.join()
    await one.write(lambda work: work.workers.leave(first.id))  # as if it had been silent for too long
    await second.join()
    assert await second.holds(SENDING)
    running = asyncio.create_task(first.run())
    async with asyncio.timeout(60):
        while first.epoch(SENDING) is not None:  # noqa: ASYNC110 - what happens elsewhere cannot be waited for
            await asyncio.sleep(0.05)
    running.cancel()
    assert crew.told == ["first", "second", "first"]


async def test_a_pause_is_obeyed_by_the_other_too(two: tuple[Crew, Storage, Storage]) -> None:
    crew, one, other = two
    limits, health = RateLimits(), Health()
    first = crew.worker(one, "first")
    now = datetime.now(UTC)
    second = Worker(other, BOT, limits, health, alone=False, clock=lambda: now + timedelta(seconds=10))
    await first.join()
    await first.pause(100)
    await second.join()
    assert 80 < limits.paused(asyncio.get_running_loop().time()) < 100


async def test_one_that_has_given_no_sign_of_life_is_not_sure(two: tuple[Crew, Storage, Storage]) -> None:
    crew, one, _other = two
    first = crew.worker(one, "first")
    await first.join()
    assert first.epoch(SENDING) == 1
    first._signed -= SURE_FOR + 1
    assert first.epoch(SENDING) is None


async def test_one_whose_database_is_gone_can_leave_and_pause_all_the_same(two: tuple[Crew, Storage, Storage]) -> None:
    crew, one, _other = two
    first = crew.worker(one, "first")
    await first.join()
    await one.close()
    await first.pause(10)
    await first.leave()
    assert not await first.holds(SENDING)
