"""What works with procrastinate ends when it is cancelled, whatever its libraries do with the cancellation."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import psycopg
import pytest
from procrastinate.manager import JobManager

from bot.heavy.lanes import HeavyLanes
from bot.heavy.queues import QueueWorkers
from bot.heavy.tasks import HeavyTasks
from bot.jobs.wakeups import WakeupListener
from storage.session.schema import migrate
from storage.session.storage import Storage

pytestmark = pytest.mark.timeout(120)

PATIENCE = 20.0


async def _always() -> bool:
    return True


@pytest.fixture(params=["wakeups", "heavy work"])
async def work(request: pytest.FixtureRequest, postgres_url: str) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Begins work for procrastinate, which ends only when it is cancelled."""
    migrate(postgres_url)
    storage = Storage.open(postgres_url)
    lanes = HeavyLanes(postgres_url)
    listener = WakeupListener(postgres_url, {"sending": lambda: None}, wanted=lambda _queue: True)
    queues = QueueWorkers(postgres_url, [HeavyTasks(storage, lanes)], _always)
    yield listener.run if request.param == "wakeups" else queues.run
    await lanes.close()
    await storage.close()


async def ended(task: asyncio.Task[None]) -> bool:
    """Whether the task ends when it is cancelled once."""
    task.cancel()
    await asyncio.wait({task}, timeout=PATIENCE)
    return task.cancelled()


async def test_cancelled_while_it_connects_it_leaves_nothing_that_cannot_be_ended(
    work: Callable[[], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()

    async def hangs(*_given: object, **_more: object) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", hangs)
    before = asyncio.all_tasks()
    task = asyncio.ensure_future(work())
    await asyncio.wait_for(begun.wait(), PATIENCE)
    assert await ended(task)
    left = asyncio.all_tasks() - before
    for each in left:  # as the event loop does at its end
        each.cancel()
    if left:
        _done, left = await asyncio.wait(left, timeout=PATIENCE)
    assert not left


async def test_a_cancellation_that_is_lost_while_a_worker_starts_does_not_let_it_go_on(
    work: Callable[[], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()
    register = JobManager.register_worker

    async def loses(manager: JobManager) -> int:
        begun.set()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(PATIENCE)
        return await register(manager)

    monkeypatch.setattr(JobManager, "register_worker", loses)
    task = asyncio.ensure_future(work())
    await asyncio.wait_for(begun.wait(), PATIENCE)
    assert await ended(task)
