"""Processes that do the tasks of procrastinate: `meldind worker`, and a serving process without one."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.heavy.lanes import HeavyLanes
from bot.heavy.queues import QueueWorkers, Tasks
from bot.heavy.tasks import HeavyTasks
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.stage import until

TOKEN = f"7000000001:{'A' * 35}"


@asynccontextmanager
async def worker(url: str, folder: Path, program: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """`meldind worker` as `program` starts it; Telegram is away."""
    settings = {"BOT_TOKEN": TOKEN, "DATABASE_URL": url, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
    environment = {**os.environ, **settings, "PYTHONPATH": str(Path(__file__).parents[3])}
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", program, env=environment, cwd=folder)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def workers(work: UnitOfWork) -> int:
    return work.heavy_jobs.workers(work.workers.alive_since())


async def there_are(number: int, storage: Storage) -> None:
    async def so_many() -> bool:
        return await storage.read(workers) == number

    await until(so_many, 60)


@asynccontextmanager
async def serves(url: str, storage: Storage, *tasks: Tasks) -> AsyncIterator[HeavyLanes]:
    """What a serving process does with the tasks: those that no worker would do."""

    async def wanted() -> bool:
        return not await storage.read(workers)

    lanes = HeavyLanes(url)
    queues = QueueWorkers(url, [HeavyTasks(storage, lanes), *tasks], wanted)
    queues.look_seconds = 0.5
    running = asyncio.create_task(queues.run())
    yield lanes
    running.cancel()
    await asyncio.wait({running})
    await lanes.close()
