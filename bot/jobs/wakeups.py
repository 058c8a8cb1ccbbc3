"""Wakeups from other workers: runs procrastinate's worker, which calls the look functions. Only with PostgreSQL.

It only speeds things up: each job also looks by itself every few seconds.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import structlog

from bot.heavy.procrastinating import connected, run_worker
from bot.runtime.logs import described
from bot.runtime.timers import longer
from storage.engine.urls import normalise_url, with_network_limits
from storage.messages.wakeups import LOOK, Queue, search_there

if TYPE_CHECKING:
    from procrastinate import App, JobContext

log = structlog.get_logger("meldind.carrier")

LONGEST_PAUSE = 30.0
POLL_SECONDS = 30.0
"""How often procrastinate polls for jobs without a notification; the jobs it wakes look more often themselves."""


class WakeupListener:
    """Calls the function of `looks` for a job's queue; jobs of queues not `wanted` are left to other workers."""

    def __init__(self, url: str, looks: Mapping[Queue, Callable[[], None]], wanted: Callable[[Queue], bool]) -> None:
        self._url = normalise_url(url)
        self._looks = looks
        self._wanted = wanted
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Check which queues are wanted now."""
        self._changed.set()

    async def run(self) -> None:
        """Listen until cancelled, and reconnect if the connection breaks."""
        pause = 0.0
        while True:
            self._changed.clear()
            queues: list[Queue] = [queue for queue in self._looks if self._wanted(queue)]
            listening = asyncio.create_task(self._listen(queues))
            changing = asyncio.create_task(self._changed.wait())
            try:
                await asyncio.wait({listening, changing}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                changing.cancel()
                listening.cancel()
                await asyncio.wait({listening})
            if listening.cancelled() or (error := listening.exception()) is None:
                pause = 0.0
                continue
            pause = longer(pause, LONGEST_PAUSE, first=1.0)
            log.warning("cannot be woken, trying again", seconds=pause, **described(error))
            await asyncio.sleep(pause)

    async def _listen(self, queues: list[Queue]) -> None:
        app = await asyncio.to_thread(self._app)
        async with connected(app):
            await run_worker(
                app,
                job_seconds=1.0,
                queues=queues,
                fetch_job_polling_interval=POLL_SECONDS,
                abort_job_polling_interval=POLL_SECONDS,
                delete_jobs="always",
            )

    def _app(self) -> "App":
        """Returns the procrastinate app on this database, with its one task. It is imported here because that takes a
        while.
        """
        from procrastinate import App, PsycopgConnector

        url = with_network_limits(self._url.set(drivername="postgresql"))
        conninfo = url.render_as_string(hide_password=False)
        app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=2, configure=search_there))

        async def look(context: "JobContext") -> None:
            for queue, call in self._looks.items():
                if queue == context.job.queue:
                    call()

        app.task(name=LOOK, pass_context=True)(look)
        return app
