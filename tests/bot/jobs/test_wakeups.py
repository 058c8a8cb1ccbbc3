"""Workers wake each other, and it does not matter where a wake-up is lost."""

import asyncio
import contextlib
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.jobs.wakeups import WakeupListener
from storage.messages.outbox import Outgoing
from storage.session.schema import migrate
from storage.session.storage import Storage
from tests.bot.stage import until

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
async def asking(postgres_url: str) -> Storage:
    """The storage of a worker that asks."""
    migrate(postgres_url)
    storage = Storage.open(postgres_url)
    storage.work_as(await storage.write(lambda work: work.workers.join("asking")))
    return storage


async def asks(storage: Storage) -> None:
    notice = Outgoing(1, "sendMessage", {}, "notice", datetime.now(UTC))
    await storage.write(lambda work: work.outbox.add(notice))


async def waiting_jobs(storage: Storage) -> int:
    count = text("SELECT count(*) FROM procrastinate.procrastinate_jobs")
    return int(await storage.read(lambda work: work.outbox._connection.scalar(count)) or 0)


async def test_who_sends_is_woken_and_nothing_is_left(asking: Storage, postgres_url: str) -> None:
    woken = {"sending": asyncio.Event(), "exports": asyncio.Event()}
    wanted = False
    carrier = WakeupListener(
        postgres_url,
        {"sending": woken["sending"].set, "exports": woken["exports"].set},
        wanted=lambda queue: wanted or queue == "exports",
    )
    listening = asyncio.create_task(carrier.run())
    await asks(asking)
    await asking.write(lambda work: work.exports._wakeups.ring("exports"))
    await woken["exports"].wait()
    assert not woken["sending"].is_set()  # whoever sends is somebody else
    wanted = True
    carrier.changed()
    await woken["sending"].wait()

    async def nothing_is_left() -> bool:
        return await waiting_jobs(asking) == 0

    await until(nothing_is_left)
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening
    await asking.close()


async def test_it_listens_again_when_the_connection_broke(asking: Storage, postgres_url: str) -> None:
    woken = asyncio.Event()
    carrier = WakeupListener(postgres_url, {"sending": woken.set}, wanted=lambda _queue: True)
    listening = asyncio.create_task(carrier.run())
    await asks(asking)
    await woken.wait()
    woken.clear()
    kill = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid != pg_backend_pid() AND datname = :this"
    )
    name = postgres_url.partition("?")[0].rpartition("/")[2]
    await asking.write(lambda work: work.outbox._connection.execute(kill, {"this": name}).all())

    async def kept() -> bool:
        try:
            await asks(asking)
        except Exception:  # noqa: BLE001 - its own connections were broken too
            return False
        return True

    await until(kept)
    await asyncio.wait_for(woken.wait(), 60)
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening
    await asking.close()
