"""On PostgreSQL webhooks are told by tasks of procrastinate: in order, each once, whoever dies, and none waits."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.heavy import queues
from bot.heavy.queues import QueueWorkers
from bot.language.catalogues import Catalogues
from bot.webhooks.posting import Poster
from bot.webhooks.sender import WebhookSender
from bot.webhooks.signing import Secrets
from conversations.model.outcomes import CallChanged, CallStarted, WebhookAdded, WebhookChanged, WebhookTested
from conversations.model.webhooks.webhook import EVENTS, Webhook, proof_of, secret_name
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from storage.webhooks.queue import ClaimedDelivery
from tests.bot.heavy.workers import TOKEN, serves, there_are, worker
from tests.bot.stage import until
from tests.bot.webhooks.receivers import Receiver, listening, local_guard, receiving, request
from tests.databases import opened
from tests.storage.chat import BO, NOW, arrive, keep
from tests.storage.publishing import publish

pytestmark = pytest.mark.timeout(180)

SECRETS = Secrets(TOKEN)

PROGRAM = """
from datetime import timedelta
import storage.webhooks.queue as queue
from bot import working
from bot.runtime.settings import read_settings
from tests.bot.webhooks.receivers import local_guard

async def named(*_given):
    return "MeldindBot"

queue.CLAIMED_FOR = timedelta(seconds=4)
working.Guard = local_guard
working._name = named
working.work(read_settings())
"""


@pytest.fixture
async def storage(postgres_url: str) -> AsyncIterator[Storage]:
    async with opened(postgres_url) as storage:
        yield storage


def secret(webhook: str) -> str:
    return SECRETS.of(secret_name(webhook, 1))


def sender(storage: Storage) -> WebhookSender:
    poster = Poster(local_guard(), seconds=60.0)
    return WebhookSender(storage, Catalogues(), SECRETS, poster, bot_name=lambda: "MeldindBot")


async def adds(storage: Storage, receiver: Receiver, this: str = "w1") -> None:
    added = WebhookAdded(this, receiver.url, EVENTS, proof_of(secret(this)))
    await keep(storage, added, who=BO, now=datetime.now(UTC))


async def publishes(storage: Storage, *reports: str) -> None:
    for report in reports:
        await publish(storage, report, int((datetime.now(UTC) - NOW) / timedelta(hours=1)))


async def jobs(storage: Storage) -> list[tuple[Any, ...]]:
    """What procrastinate has to do for webhooks."""
    query = text("SELECT status, args, queueing_lock FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook'")
    return await storage.read(lambda work: [tuple(row) for row in work._connection.execute(query)])


async def loses_tasks(storage: Storage) -> None:
    """As a database that was restored, or copied from elsewhere."""

    def loses(work: UnitOfWork) -> None:
        work._connection.execute(text("SET LOCAL search_path TO procrastinate, public"))
        work._connection.execute(text("DELETE FROM procrastinate_jobs"))

    await storage.write(loses)


async def scheduled(storage: Storage) -> datetime | None:
    """When the one task of an address is to be done; None: at once."""
    query = text("SELECT scheduled_at FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook'")
    found: Sequence[Any] = await storage.read(lambda work: work._connection.scalars(query).all())
    (at,) = found
    return at if at is None else at.astimezone(UTC)


async def found(storage: Storage, this: str = "w1") -> Webhook:
    webhook = await storage.read(lambda work: work.webhooks.one(this))
    assert webhook is not None
    return webhook


async def all_sent(storage: Storage) -> bool:
    return not await storage.read(lambda work: work.webhook_queue.waiting())


@contextlib.asynccontextmanager
async def telling(url: str, *storages: Storage) -> AsyncIterator[None]:
    """Processes that do the tasks."""

    async def always() -> bool:
        return True

    running = [asyncio.create_task(QueueWorkers(url, [sender(each)], always).run()) for each in storages]
    yield
    for each in running:
        each.cancel()
    await asyncio.wait(running)


async def test_the_task_is_deferred_with_the_event_or_not_at_all(storage: Storage) -> None:
    async with receiving() as receiver:
        await adds(storage, receiver)

    def fails(work: UnitOfWork) -> None:
        work.webhook_queue.put("call.opened", "read", datetime.now(UTC))
        raise KeyError

    with pytest.raises(KeyError):
        await storage.write(fails)
    assert await jobs(storage) == []
    await publishes(storage, "r1", "r2")
    assert await jobs(storage) == [("todo", {"webhook": "w1"}, None)] * 2


async def test_one_task_waits_for_an_address_until_something_can_be_sent(storage: Storage) -> None:
    now = datetime.now(UTC)
    later = now + timedelta(hours=1)

    async def plan() -> None:
        await storage.write(lambda work: work.webhook_queue.plan("w1", now))

    async def claimed() -> ClaimedDelivery:
        (found,) = await storage.write(lambda work: work.webhook_queue.claim(now, "w1"))
        await loses_tasks(storage)  # a worker has taken it
        await plan()
        return found

    async with receiving() as receiver:
        await adds(storage, receiver)
    await publishes(storage, "r1")
    first = await claimed()
    held = await scheduled(storage)
    assert held is not None
    assert timedelta(seconds=25) < held - now < timedelta(seconds=35)
    await publishes(storage, "r2")
    await loses_tasks(storage)
    await plan()
    assert await scheduled(storage) == held
    await storage.write(lambda work: work.webhook_queue.again(first, later, 503, "status", now))
    await plan()
    assert await scheduled(storage) is None
    second = await claimed()
    await storage.write(lambda work: work.webhook_queue.sent(second, 200, now))
    await plan()
    assert await scheduled(storage) == later
    await loses_tasks(storage)
    await storage.write(lambda work: work.webhook_queue.plan_all(now))
    assert await scheduled(storage) == later
    await keep(storage, WebhookTested("w1"), who=BO, now=now)
    await plan()
    await plan()
    assert sorted(each[2] or "" for each in await jobs(storage)) == ["", "webhook w1"]
    await keep(storage, WebhookChanged("w1", "state", "paused"), who=BO, now=now)
    await loses_tasks(storage)
    await plan()
    assert await jobs(storage) == []


async def test_in_order_each_once_and_nothing_is_left(storage: Storage, postgres_url: str) -> None:
    reports = [f"r{number}" for number in range(8)]
    async with opened(postgres_url) as other, receiving(pause=0.02) as receiver:
        await adds(storage, receiver)
        async with telling(postgres_url, storage, other):
            await publishes(storage, *reports)
            await until(lambda: all_sent(storage), 60)
    assert [each["data"]["id"] for each in receiver.read(secret("w1"))] == reports
    assert receiver.most_at_once == 1
    assert len(set(receiver.ids())) == len(reports)
    assert await jobs(storage) == []


async def test_a_slow_address_holds_up_no_other(storage: Storage, postgres_url: str) -> None:
    async with receiving(pause=8.0) as slow, receiving() as fast:
        await adds(storage, slow, "w1")
        await adds(storage, fast, "w2")
        async with telling(postgres_url, storage):
            await publishes(storage, "r1", "r2", "r3")
            await asyncio.wait_for(slow.came.wait(), 60)

            async def all_came() -> bool:
                return len(fast.got) == 3

            await until(all_came, 60)
            assert len(slow.got) == 1


async def test_what_is_on_its_way_when_another_process_takes_over_is_finished(
    storage: Storage, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "STOP_SECONDS", 0.2)
    came, goes_on, got = asyncio.Event(), asyncio.Event(), []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.append(await request(reader))
        came.set()
        await goes_on.wait()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()

    async with listening(talk) as port:
        await adds(storage, Receiver(port))
        async with telling(postgres_url, storage):
            await publishes(storage, "r1")
            await asyncio.wait_for(came.wait(), 60)
        goes_on.set()
        await until(lambda: all_sent(storage), 60)
    assert len(got) == 1
    assert await jobs(storage) == [("aborted", {"webhook": "w1"}, None)]


async def test_it_is_tried_again_when_it_is_time(
    storage: Storage, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "LOOK_SECONDS", 0.5)
    async with receiving(status=503) as receiver:
        await adds(storage, receiver)
        async with telling(postgres_url, storage):
            await publishes(storage, "r1")
            await asyncio.wait_for(receiver.came.wait(), 60)
            receiver.status = 200
            await until(lambda: all_sent(storage), 60)
    assert len(receiver.got) == 2
    assert len(set(receiver.ids())) == 1
    assert (await found(storage)).failing_since is None


async def test_what_a_restored_database_has_no_tasks_for_is_sent_and_calls_close(
    storage: Storage, postgres_url: str
) -> None:
    now = datetime.now(UTC)
    async with receiving() as receiver:
        await adds(storage, receiver)
        await publishes(storage, "r1")
        deadline = {"at": (now + timedelta(seconds=1)).isoformat(), "timezone": "Europe/Copenhagen"}
        started = CallStarted("read", "da", "Læs!", "Europe/Copenhagen")
        opens = (CallChanged("read", "deadline", deadline), CallChanged("read", "status", "open"))
        await keep(storage, started, *opens, who=BO, now=now)
        await loses_tasks(storage)
        await asyncio.sleep(1.1)
        async with telling(postgres_url, storage):

            async def all_came() -> bool:
                return len(receiver.got) == 3

            await until(all_came, 100)
    told = [each["type"] for each in receiver.read(secret("w1"))]
    assert told == ["report.published", "call.opened", "call.closed"]


@pytest.mark.parametrize("others", [0, 1])
async def test_a_worker_that_is_killed_while_it_sends_leaves_it_to_another_under_the_same_id(
    storage: Storage, postgres_url: str, tmp_path: Path, others: int
) -> None:
    """The other is a worker, or else a process that serves."""
    async with contextlib.AsyncExitStack() as stack:
        receiver = await stack.enter_async_context(receiving(pause=60.0))
        await adds(storage, receiver)
        first = await stack.enter_async_context(worker(postgres_url, tmp_path, PROGRAM))
        await there_are(1, storage)
        await stack.enter_async_context(serves(postgres_url, storage, sender(storage)))
        await publishes(storage, "r1", "r2")
        await asyncio.wait_for(receiver.came.wait(), 60)
        if others:
            await stack.enter_async_context(worker(postgres_url, tmp_path, PROGRAM))
            await there_are(2, storage)
        receiver.pause = 0.0
        first.kill()
        await until(lambda: all_sent(storage), 60)
    told = [each["data"]["id"] for each in receiver.read(secret("w1"))]
    assert told == ["r1", "r1", "r2"]
    assert len(set(receiver.ids())) == 2
    link = "https://t.me/MeldindBot?start=r_r1"
    assert {each["data"]["link"] for each in receiver.read(secret("w1"))[:2]} == {link}


async def test_owners_are_told_by_a_worker(storage: Storage, postgres_url: str) -> None:
    def owns(work: UnitOfWork) -> None:
        work.members.become(arrive(work, BO).id, frozenset({"owner"}))

    await storage.write(owns)
    async with receiving(status=410) as receiver:
        await adds(storage, receiver)
        async with telling(postgres_url, storage):
            await publishes(storage, "r1")

            async def is_gone() -> bool:
                return (await found(storage)).state == "gone"

            await until(is_gone, 60)
    told = text("SELECT count(*) FROM outbox WHERE key LIKE 'webhook%'")
    assert await storage.read(lambda work: work._connection.scalar(told)) == 1
