"""What only one worker may do: who holds it, for how long, and what an earlier holder may no longer do."""

import asyncio
import threading

import pytest
from sqlalchemy import update

from storage.messages.workers import SENDING
from storage.models import workers
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import NOW, later


async def joined(storage: Storage, *names: str) -> list[int]:
    return await storage.write(lambda work: [work.workers.join(name) for name in names])


async def takes(storage: Storage, worker: int, lease: str = SENDING) -> int | None:
    return await storage.write(lambda work: work.leases.take(lease, worker))


async def falls_silent(storage: Storage, worker: int) -> None:
    """As if its last sign had been long ago."""
    await storage.write(
        lambda work: work.workers._connection.execute(
            update(workers).where(workers.c.id == worker).values(seen_at=later(days=-9))
        )
    )


async def test_one_holds_it_until_it_leaves(storage: Storage) -> None:
    first, second = await joined(storage, "first", "second")
    assert await takes(storage, first) == 1
    assert await takes(storage, second) is None
    assert await takes(storage, first) == 1
    await storage.write(lambda work: work.workers.leave(first))
    assert await takes(storage, second) == 2


async def test_who_gets_the_number_of_one_that_died_begins_an_epoch_too(storage: Storage) -> None:
    (first,) = await joined(storage, "first")
    assert await takes(storage, first) == 1
    await storage.write(lambda work: work.workers.leave(first))
    (second,) = await joined(storage, "second")  # on SQLite of the same number
    assert await takes(storage, second) == 2


async def test_one_that_gives_no_sign_loses_it_and_the_next_begins_an_epoch(storage: Storage) -> None:
    first, second = await joined(storage, "first", "second")
    assert await takes(storage, first) == 1
    await falls_silent(storage, first)
    assert await takes(storage, first) == 1  # nobody else wanted it
    assert await takes(storage, second) == 2
    await storage.write(lambda work: work.workers.sign(first, 0))
    assert await takes(storage, first) is None
    holds = await storage.write(
        lambda work: (work.leases.holds(SENDING, first, 1), work.leases.holds(SENDING, second, 2))
    )
    assert holds == (False, True)


async def test_leases_have_nothing_to_do_with_each_other(storage: Storage) -> None:
    first, second = await joined(storage, "first", "second")
    assert await takes(storage, first, "one") == 1
    assert await takes(storage, second, "other") == 1


async def test_who_knows_to_be_alone_need_not_wait(storage: Storage) -> None:
    first, second = await joined(storage, "killed", "started again")
    await takes(storage, first)
    assert await storage.write(lambda work: work.leases.take(SENDING, second, alone=True)) == 2


def test_of_many_that_want_it_at_once_one_gets_it(url: str) -> None:
    storages = [Storage.open(url) for _ in range(3)]
    members = [storage.write_now(lambda work: work.workers.join("one of many")) for storage in storages]
    got: list[int | None] = []

    def take(storage: Storage, member: int) -> None:
        got.append(storage.write_now(lambda work: work.leases.take(SENDING, member)))

    threads = [threading.Thread(target=take, args=pair) for pair in zip(storages, members, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for storage in storages:
        storage.close_now()
    assert sorted(got, key=str) == [1, None, None]


async def test_workers_know_how_much_the_others_send(storage: Storage) -> None:
    first, second, third = await joined(storage, "first", "second", "third")
    await storage.write(lambda work: (work.workers.sign(second, 7), work.workers.sign(third, 5)))
    assert await storage.write(lambda work: work.workers.sign(first, 100)) == 12
    await falls_silent(storage, second)
    assert await storage.write(lambda work: work.workers.sign(first, 100)) == 5


async def test_who_was_silent_for_days_is_forgotten(storage: Storage) -> None:
    (first,) = await joined(storage, "first")
    await falls_silent(storage, first)
    await joined(storage, "second")
    assert [name for _, name in await storage.read(lambda work: work.workers.names())] == ["second"]


async def test_a_pause_is_kept_and_the_longer_one_counts(storage: Storage) -> None:
    assert await storage.read(lambda work: work.retry_after.until(1, NOW)) is None
    for seconds in (30, 10):
        await storage.write(lambda work, seconds=seconds: work.retry_after.pause(1, later(seconds=seconds), NOW))  # type: ignore[misc]
    assert await storage.read(lambda work: work.retry_after.until(1, NOW)) == later(seconds=30)
    await storage.write(lambda work: work.retry_after.pause(1, later(seconds=60), NOW))
    assert await storage.read(lambda work: work.retry_after.until(1, NOW)) == later(seconds=60)
    assert await storage.read(lambda work: work.retry_after.until(2, NOW)) is None


async def test_a_pause_beyond_a_day_is_not_believed_and_gives_way(storage: Storage) -> None:
    await storage.write(lambda work: work.retry_after.pause(1, later(days=11_574), NOW))
    assert await storage.read(lambda work: work.retry_after.until(1, NOW)) is None
    await storage.write(lambda work: work.retry_after.pause(1, later(days=1), NOW))
    assert await storage.read(lambda work: work.retry_after.until(1, NOW)) == later(days=1)


async def test_a_lease_that_is_being_relied_on_cannot_be_taken_meanwhile(postgres_url: str) -> None:
    """On PostgreSQL the one that takes over waits until what was begun under the lease is committed."""
    from storage.session.schema import migrate

    migrate(postgres_url)
    storage, other = Storage.open(postgres_url), Storage.open(postgres_url)
    first, second = await joined(storage, "first", "second")
    await takes(storage, first)
    relying, go_on = threading.Event(), threading.Event()

    def rely(work: UnitOfWork) -> bool:
        held = work.leases.holds(SENDING, first, 1)
        relying.set()
        go_on.wait(30)
        return held

    under_way = storage.write(rely)
    await asyncio.to_thread(relying.wait, 30)
    await falls_silent(other, first)
    taking = asyncio.create_task(takes(other, second))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(taking), 0.3)
    go_on.set()
    assert await under_way is True
    assert await taking == 2
    await storage.close()
    await other.close()


async def test_of_two_that_take_it_from_a_dead_one_at_once_one_gets_it(postgres_url: str) -> None:
    """On PostgreSQL both see that its holder is dead, and the second waits for the first to be done."""
    from storage.session.schema import migrate

    migrate(postgres_url)
    storage, other = Storage.open(postgres_url), Storage.open(postgres_url)
    dead, first, second = await joined(storage, "dead", "first", "second")
    assert await takes(storage, dead) == 1
    await falls_silent(storage, dead)
    taken, go_on = threading.Event(), threading.Event()

    def take(work: UnitOfWork) -> int | None:
        epoch = work.leases.take(SENDING, first)
        taken.set()
        go_on.wait(30)
        return epoch

    taking = storage.write(take)
    await asyncio.to_thread(taken.wait, 30)
    also = asyncio.create_task(takes(other, second))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(also), 0.3)
    go_on.set()
    assert (await taking, await also) == (2, None)
    assert await storage.write(lambda work: work.leases.holds(SENDING, first, 2))
    await storage.close()
    await other.close()
