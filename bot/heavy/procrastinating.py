"""Workers of procrastinate within this process, which end when they are told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.runtime.cancelling import heeding_cancellation

if TYPE_CHECKING:
    from procrastinate import App

LEAVING_SECONDS = 1.0
"""Seconds in which a worker without a job may end by itself."""

A_MOMENT = 0.2


@asynccontextmanager
async def connected(app: "App") -> AsyncIterator[None]:
    """Open the connections of `app` for the block, and close them, also if the opening is cancelled.

    A task of psycopg's pool that is cancelled while it connects goes on, and only a closed pool ends it; otherwise the
    event loop would wait for it for ever.
    """
    try:
        with heeding_cancellation():
            await app.open_async()
        yield
    finally:
        await app.close_async()


async def run_worker(app: "App", job_seconds: float, **options: Any) -> None:
    """Run a worker of procrastinate until cancelled; then its job may take `job_seconds` to finish.

    The worker is told to stop, because a cancellation may be lost in it. It is cancelled only if that does not help.
    """
    from procrastinate.worker import Worker

    worker: Any = Worker(app, install_signal_handlers=False, shutdown_graceful_timeout=job_seconds, **options)
    running = asyncio.create_task(worker.run(), name="procrastinate worker")
    try:
        await asyncio.wait({running})
    finally:
        try:
            for _ in range(round((job_seconds + LEAVING_SECONDS) / A_MOMENT)):
                worker.stop()  # again, because its start forgets an earlier stop
                if (await asyncio.wait({running}, timeout=A_MOMENT))[0]:
                    break
        finally:
            while not running.done():
                running.cancel()
                await asyncio.wait({running}, timeout=A_MOMENT)
            if not running.cancelled():
                running.exception()  # so that it counts as seen
    running.result()
