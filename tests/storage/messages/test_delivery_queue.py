"""Notices and digests on their way out, and what becomes of them when whoever sends them dies."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from storage.engine.sqlite import driver_connection
from storage.messages.outbox import Kind, OutboxRow, Outgoing
from storage.messages.workers import SENDING
from storage.models import outbox
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, later


def message(text: str = "Hej", kind: Kind = "notice", chat: int = ANA, due: datetime = NOW, **more: Any) -> Outgoing:
    return Outgoing(chat, "sendMessage", {"text": text}, kind, due, **more)


async def add(storage: Storage, *outgoing: Outgoing) -> list[OutboxRow]:
    return await storage.write(lambda work: [work.outbox.add(each) for each in outgoing])


async def due(storage: Storage, now: datetime = NOW, limit: int = 100, without: tuple[int, ...] = ()) -> list[str]:
    found = await storage.read(lambda work: work.delivery_queue.due(now, limit, without))
    return [row.payload["text"] for row in found]


async def states(storage: Storage) -> list[tuple[str, int, int | None]]:
    """State, doubts and epoch of each row."""

    def look(work: UnitOfWork) -> list[tuple[str, int, int | None]]:
        rows = work.outbox._connection.execute(
            select(outbox.c.state, outbox.c.doubts, outbox.c.epoch).order_by(outbox.c.id)
        )
        return [(state, doubts, epoch) for state, doubts, epoch in rows]

    return await storage.read(look)


@pytest.fixture
async def sender(storage: Storage) -> tuple[int, int]:
    """The worker that holds the lease, and the epoch."""

    def begin(work: UnitOfWork) -> tuple[int, int]:
        worker = work.workers.join("sender")
        return worker, work.leases.take(SENDING, worker) or 0

    return await storage.write(begin)


async def takes(storage: Storage, sender: tuple[int, int], *rows: OutboxRow) -> set[int] | None:
    return await storage.write(lambda work: work.delivery_queue.take([row.id for row in rows], *sender))


async def next_sender(storage: Storage) -> tuple[int, int]:
    """Another worker takes the lease over."""

    def take_over(work: UnitOfWork) -> tuple[int, int]:
        worker = work.workers.join("next")
        epoch = work.leases.take(SENDING, worker, alone=True) or 0
        work.delivery_queue.take_over(epoch, NOW)
        return worker, epoch

    return await storage.write(take_over)


async def test_notices_go_before_digests_each_in_the_order_they_are_due_and_replies_are_not_among_them(
    storage: Storage,
) -> None:
    await add(
        storage,
        message("digest", "digest"),
        message("second", due=NOW),
        message("first", due=later(seconds=-1)),
        message("reply", "reply"),
        message("later", due=later(seconds=1)),
    )
    assert await due(storage) == ["first", "second", "digest"]
    assert await due(storage, limit=1) == ["first"]
    assert [row.payload["text"] for row in await storage.read(lambda work: work.outbox.due(NOW, 10))] == ["reply"]


async def test_chats_that_are_busy_are_left_out_and_the_others_come(storage: Storage) -> None:
    await add(storage, *(message(f"ana {number}") for number in range(20)), message("bo", chat=BO))
    assert await due(storage, limit=1, without=(ANA,)) == ["bo"]


async def test_a_chat_that_must_wait_waits_with_all_that_is_for_it_in_its_order(storage: Storage) -> None:
    await add(storage, message("1"), message("2"), message("bo", chat=BO), message("digest", "digest"))
    await storage.write(lambda work: work.delivery_queue.put_off(ANA, later(seconds=5)))
    assert await due(storage) == ["bo"]
    assert await due(storage, later(seconds=5)) == ["bo", "1", "2", "digest"]


async def test_what_is_being_sent_is_nobody_elses_and_ends_once(storage: Storage, sender: tuple[int, int]) -> None:
    one, two = await add(storage, message("1"), message("2"))
    assert await takes(storage, sender, one, two) == {one.id, two.id}
    assert await due(storage) == []
    assert await takes(storage, sender, one) == set()
    assert await storage.write(lambda work: work.delivery_queue.ended(one.id, sender[1], "sent", NOW, message=7))
    assert not await storage.write(lambda work: work.delivery_queue.ended(one.id, sender[1], "sent", NOW, message=8))
    assert await storage.write(
        lambda work: work.delivery_queue.again(two.id, sender[1], later(seconds=1), "429", doubtful=False)
    )
    assert await states(storage) == [("sent", 0, None), ("pending", 0, None)]


async def test_what_is_replaced_while_it_is_being_sent_ends_in_itself(
    storage: Storage, sender: tuple[int, int]
) -> None:
    (first,) = await add(storage, message("1 picture", key="card"))
    await takes(storage, sender, first)
    await add(storage, message("2 photos", key="card"))
    assert await storage.write(lambda work: work.delivery_queue.ended(first.id, sender[1], "sent", NOW, message=5))
    assert await due(storage) == ["2 photos"]
    assert await storage.read(lambda work: work.notices.shown("card")) == 5


async def test_what_is_given_back_was_not_tried(storage: Storage, sender: tuple[int, int]) -> None:
    one, two = await add(storage, message("1"), message("2"))
    await takes(storage, sender, one, two)
    await storage.write(lambda work: work.delivery_queue.give_back(sender[1], [two.id]))
    assert await states(storage) == [("pending", 0, None), ("pending", 0, sender[1])]


async def test_after_a_crash_a_notice_goes_out_once_more_and_only_once_and_a_digest_never(
    storage: Storage, sender: tuple[int, int]
) -> None:
    notice, digest, waiting = await add(storage, message(), message(kind="digest", chat=BO), message(chat=103))
    await takes(storage, sender, notice, digest)
    second = await next_sender(storage)
    assert await states(storage) == [("pending", 1, None), ("uncertain", 0, None), ("pending", 0, None)]
    assert await takes(storage, second, notice, waiting) == {notice.id, waiting.id}
    await next_sender(storage)
    assert await states(storage) == [("uncertain", 1, None), ("uncertain", 0, None), ("pending", 1, None)]


async def test_whose_epoch_is_over_marks_nothing(storage: Storage, sender: tuple[int, int]) -> None:
    one, two = await add(storage, message("1"), message("2"))
    await takes(storage, sender, one)
    second = await next_sender(storage)
    assert await takes(storage, sender, two) is None
    assert not await storage.write(lambda work: work.delivery_queue.ended(one.id, sender[1], "sent", NOW))
    assert not await storage.write(lambda work: work.delivery_queue.again(one.id, sender[1], NOW, "", doubtful=True))
    await takes(storage, second, one)
    assert not await storage.write(lambda work: work.delivery_queue.ended(one.id, sender[1], "failed", NOW))
    await storage.write(lambda work: work.delivery_queue.give_back(sender[1], []))
    assert await states(storage) == [("pending", 1, second[1]), ("pending", 0, None)]


async def test_replies_of_a_worker_are_its_own_until_it_dies(postgres_storage: Storage) -> None:
    storage = postgres_storage
    living, dead, me = await storage.write(lambda work: [work.workers.join(name) for name in ("living", "dead", "me")])
    for worker, text in ((living, "hers"), (dead, "left behind"), (me, "mine")):
        storage.work_as(worker)
        await add(storage, message(text, "reply"))
    assert [row.payload["text"] for row in await storage.read(lambda work: work.outbox.due(NOW, 10))] == ["mine"]
    await storage.write(lambda work: work.workers.leave(dead))
    assert await storage.write(lambda work: work.outbox.adopt(NOW, work.workers.alive_since())) == 1
    found = await storage.read(lambda work: work.outbox.due(NOW, 10))
    assert [row.payload["text"] for row in found] == ["left behind", "mine"]


async def test_ten_thousand_wait_and_a_look_costs_what_it_costs_with_ten(sqlite_storage: Storage) -> None:
    """The index gives the first ones; were all of them sorted, a plan would say so."""
    storage = sqlite_storage
    await storage.write(
        lambda work: work.outbox.add_many([message(chat=number, key=f"n{number}") for number in range(10_000)])
    )

    def plans(work: UnitOfWork) -> list[str]:
        driver = driver_connection(work.outbox._connection)
        run: list[str] = []
        driver.set_trace_callback(run.append)
        work.delivery_queue.due(NOW, 50, [ANA])
        driver.set_trace_callback(None)
        return [str(row[3]) for statement in run for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]

    found = await storage.read(plans)
    assert any("outbox_pending" in step for step in found)
    assert not any("TEMP B-TREE" in step for step in found)


async def test_a_reply_knows_whether_another_worker_has_to_speak_first(postgres_storage: Storage) -> None:
    storage = postgres_storage
    first, second = await storage.write(lambda work: [work.workers.join(name) for name in ("first", "second")])
    storage.work_as(first)
    (earlier,) = await add(storage, message("1", "reply"))
    assert not earlier.behind
    storage.work_as(second)
    (later_one, elsewhere) = await add(storage, message("2", "reply"), message("3", "reply", chat=BO))
    assert (later_one.behind, elsewhere.behind) == (True, False)
    assert await storage.read(lambda work: work.outbox.doubts_before(later_one)) == 0
    await storage.write(lambda work: work.outbox.again(earlier.id, NOW, "the answer was lost", doubtful=True))
    assert await storage.read(lambda work: work.outbox.doubts_before(later_one)) == 1
    await storage.write(lambda work: work.outbox.sent(earlier.id, 1, NOW))
    assert await storage.read(lambda work: work.outbox.doubts_before(later_one)) is None
    (own,) = await add(storage, message("4", "reply"))
    assert not own.behind


async def test_what_a_dead_worker_left_and_what_was_put_off_comes_in_the_order_it_was_said(
    postgres_storage: Storage,
) -> None:
    storage = postgres_storage
    dead, me = await storage.write(lambda work: [work.workers.join(name) for name in ("dead", "me")])
    storage.work_as(dead)
    (first, _second) = await add(storage, message("1", "reply"), message("2", "reply"))
    storage.work_as(me)
    third, elsewhere = await add(storage, message("3", "reply", due=later(seconds=-9)), message("4", "reply", chat=BO))
    assert (third.behind, elsewhere.behind) == (True, False)
    await storage.write(lambda work: work.outbox.again(first.id, later(seconds=-1), "429"))
    await storage.write(lambda work: work.workers.leave(dead))
    assert await storage.read(lambda work: work.outbox.doubts_before(third)) is not None
    await storage.write(lambda work: work.outbox.adopt(NOW, work.workers.alive_since()))
    found = await storage.read(lambda work: work.outbox.due(NOW, 10))
    assert [row.payload["text"] for row in found] == ["1", "2", "3", "4"]
    assert await storage.read(lambda work: work.outbox.doubts_before(third)) is not None
