import asyncio
import random
import threading
from collections import defaultdict
from functools import partial

import pytest

from storage.messages.inbox import Received
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, later


async def come(storage: Storage, *updates: tuple[int, int, str]) -> list[Received]:
    return await storage.write(lambda work: work.inbox.receive_many(1, updates, NOW))


async def test_an_update_is_kept_once_however_often_it_comes(storage: Storage) -> None:
    first = await come(storage, (10, ANA, "a"), (11, BO, "b"), (10, ANA, "a"))
    assert [(each.update_id, each.lane, each.payload, each.received_at) for each in first] == [
        (10, ANA, "a", NOW),
        (11, BO, "b", NOW),
    ]
    assert [each.update_id for each in await come(storage, (11, BO, "b"), (12, ANA, "c"))] == [12]
    assert not await storage.write(lambda work: work.inbox.receive_many(1, [(12, ANA, "c")], NOW))
    assert await storage.write(lambda work: work.inbox.receive_many(2, [(12, ANA, "another bot's")], NOW))
    assert await come(storage) == []


async def test_hundreds_come_at_once_in_their_order(storage: Storage) -> None:
    kept = await come(storage, *((number, ANA, "{}") for number in range(1500, 0, -1)))
    assert [each.update_id for each in kept] == list(range(1500, 0, -1))


@pytest.mark.parametrize("seed", range(20))
async def test_in_any_order_and_with_any_gaps_each_is_kept_once(storage: Storage, seed: int) -> None:
    chance = random.Random(seed)
    numbers = chance.sample(range(10**9), 40)
    coming = chance.sample(numbers * 2, 80)
    for start in range(0, 80, 7):
        await come(storage, *((number, ANA, str(number)) for number in coming[start : start + 7]))
    handled = []
    while (received := await storage.write(_take)) is not None:
        handled.append(received.update_id)
    assert sorted(handled) == sorted(numbers)
    assert handled == list(dict.fromkeys(coming))  # in the order in which they came first


def _take(work: UnitOfWork) -> Received | None:
    if received := work.inbox.next_for(ANA):
        work.inbox.done(received)
    return received


async def test_a_lane_is_handled_in_order_and_each_update_once(storage: Storage) -> None:
    await come(storage, (2, ANA, "first"), (1, BO, "other lane"), (3, ANA, "second"))

    def handle(work: UnitOfWork) -> str | None:
        received = work.inbox.next_for(ANA)
        if received is None:
            return None
        work.inbox.done(received)
        return received.payload

    assert [await storage.write(handle) for _ in range(3)] == ["first", "second", None]
    assert await storage.read(lambda work: work.inbox.waiting_lanes()) == [BO]


async def test_a_failed_turn_leaves_its_update_waiting(storage: Storage) -> None:
    await come(storage, (1, ANA, "a"))

    def fail(work: UnitOfWork) -> None:
        received = work.inbox.next_for(ANA)
        assert received is not None
        work.inbox.done(received)
        raise LookupError

    (ended,) = await asyncio.gather(storage.write(fail), return_exceptions=True)
    assert isinstance(ended, LookupError)
    assert await storage.read(lambda work: work.inbox.waiting_lanes()) == [ANA]


async def test_an_update_set_aside_makes_way_for_the_next_and_stays(storage: Storage) -> None:
    first, second = await come(storage, (1, ANA, "poison"), (2, ANA, "good"))
    await storage.write(lambda work: work.inbox.set_aside(first, "KeyError"))
    assert await storage.write(lambda work: work.inbox.next_for(ANA)) == second
    await storage.write(lambda work: work.inbox.done(second))
    assert await storage.write(lambda work: work.retention.inbox(later(days=8), 0).number) == 1
    assert await come(storage, (1, ANA, "poison")) == []


async def test_what_cannot_be_read_is_kept_and_never_handled(storage: Storage) -> None:
    await storage.write(lambda work: work.inbox.quarantine(1, 5, "{", "no JSON", NOW))
    await storage.write(lambda work: work.inbox.quarantine(1, 5, "{", "no JSON", NOW))
    assert await storage.read(lambda work: (work.inbox.waiting_lanes(), work.inbox.oldest_pending())) == ([], None)
    assert await come(storage, (5, ANA, "{}")) == []


async def test_how_long_the_oldest_waits(storage: Storage) -> None:
    await storage.write(lambda work: work.inbox.receive_many(1, [(1, BO, "b")], later(seconds=5)))
    await storage.write(lambda work: work.inbox.receive_many(1, [(2, ANA, "a")], later(seconds=9)))
    assert await storage.read(lambda work: work.inbox.oldest_pending()) == later(seconds=5)
    assert await storage.read(lambda work: work.inbox.waiting_lanes()) == [BO, ANA]


async def test_the_night_forgets_only_what_was_handled_long_ago(storage: Storage) -> None:
    old, _waiting = await come(storage, (1, ANA, "a"), (2, ANA, "b"))
    await storage.write(lambda work: work.inbox.done(old))
    assert await storage.write(lambda work: work.retention.inbox(later(days=6), 0).number) == 0
    assert await storage.write(lambda work: work.retention.inbox(later(days=8), 0).number) == 1
    assert len(await come(storage, (1, ANA, "a"), (2, ANA, "b"))) == 1


async def test_what_is_left_unread_is_counted_makes_way_and_is_forgotten_in_time(storage: Storage) -> None:
    first, second = await come(storage, (1, ANA, "a"), (2, ANA, "b"))
    await storage.write(lambda work: work.inbox.drop(first.id))
    assert await storage.write(lambda work: work.inbox.next_for(ANA)) == second
    assert await come(storage, (1, ANA, "a")) == []
    assert await storage.write(lambda work: work.retention.inbox(later(days=8), 0).number) == 1


def test_two_workers_keep_the_order_of_every_lane(url: str) -> None:
    """Both take from the same lanes at once; on SQLite this does not happen, and harms nobody if it does."""
    lanes, each = range(4), 25
    workers = [Storage.open(url) for _ in range(2)]
    updates = [(number, number % len(lanes), str(number)) for number in range(len(lanes) * each)]
    workers[0].write_now(lambda work: work.inbox.receive_many(1, updates, NOW))
    handled: defaultdict[int, list[int]] = defaultdict(list)
    guard = threading.Lock()

    def handle(work: UnitOfWork, lane: int) -> int | None:
        received = work.inbox.next_for(lane)
        if received is None:
            return None
        with guard:
            handled[lane].append(received.update_id)
        work.inbox.done(received)
        return received.update_id

    def work_off(storage: Storage, lane: int) -> None:
        while storage.write_now(partial(handle, lane=lane)) is not None:
            pass

    threads = [threading.Thread(target=work_off, args=(worker, lane)) for worker in workers for lane in lanes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for worker in workers:
        worker.close_now()
    assert handled == {lane: [number for number, place, _ in updates if place == lane] for lane in lanes}
