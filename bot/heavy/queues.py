"""Workers of procrastinate (PostgreSQL), each for one queue: in `meldind worker`, or in a serving process without one.

A job whose worker died is found by the missing signs of life, and given to another one.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from bot.heavy.procrastinating import connected, run_worker
from bot.runtime.cancelling import heeding_cancellation
from bot.runtime.logs import described
from bot.runtime.timers import longer
from storage.engine.errors import DatabaseAway, StorageClosed, StorageError
from storage.engine.urls import normalise_url, with_network_limits
from storage.messages.wakeups import search_there

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import Job

log = structlog.get_logger("meldind.heavy")

SIGN_SECONDS, DEAD_SECONDS = 2.0, 10.0
"""How often a worker gives a sign of life, and after how long a silent one counts as dead."""

LOOK_SECONDS = 5.0
"""How often procrastinate is asked for jobs without a notification, and for those of dead workers."""

STOP_SECONDS = 4.0
"""Seconds that a job may take to finish when its worker stops; afterwards another worker begins it anew."""

KEPT_HOURS = 14 * 24
"""How long procrastinate keeps jobs that failed."""

EVERY_MINUTE = "* * * * *"
"""For procrastinate's periodic tasks; of all workers one defers it."""

LONGEST_PAUSE = 30.0


class Tasks(Protocol):
    """Tasks of procrastinate."""

    @property
    def queues(self) -> Mapping[str, int]:
        """Their queues, and how many jobs of each may run here at once."""

    def register(self, app: "App", /) -> None:
        """Add the tasks to `app`."""


class QueueWorkers:
    """Does the jobs of `tasks` while `wanted` returns true; it is asked every few seconds."""

    def __init__(self, url: str, tasks: Sequence[Tasks], wanted: Callable[[], Awaitable[bool]]) -> None:
        self._url = normalise_url(url)
        self._tasks = tasks
        self._wanted = wanted
        self.look_seconds = LOOK_SECONDS

    async def run(self) -> None:
        """Do jobs until cancelled, and reconnect if the connection breaks."""
        pause = 0.0
        while True:
            try:
                if await self._wanted():
                    with heeding_cancellation():
                        await self._work_while_wanted()
                    pause = 0.0
                await asyncio.sleep(self.look_seconds)
            except Exception as error:  # noqa: BLE001 - the database may be away
                pause = longer(pause, LONGEST_PAUSE, first=1.0)
                log.warning("cannot do the work of others, trying again", seconds=pause, **described(error))
                await asyncio.sleep(pause)

    async def _work_while_wanted(self) -> None:
        app = await asyncio.to_thread(self._app)
        async with connected(app), _ended_together() as start:
            with heeding_cancellation():
                await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True, include_aborted=True)
            queues = {queue: at_once for each in self._tasks for queue, at_once in each.queues.items()}
            working = [start(_worker(app, queue, at_once)) for queue, at_once in queues.items()]
            while await self._wanted():
                with heeding_cancellation():
                    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
                        await _revive(app, job)
                ended, _running = await asyncio.wait(working, timeout=self.look_seconds)
                for each in ended:
                    each.result()
                    raise DatabaseAway("A worker of procrastinate ended.")

    def _app(self) -> "App":
        """Returns the procrastinate app on this database. It is imported here because that takes a while."""
        from procrastinate import App, PsycopgConnector

        url = with_network_limits(self._url.set(drivername="postgresql"))
        conninfo = url.render_as_string(hide_password=False)
        app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=4, configure=search_there))
        for each in self._tasks:
            each.register(app)
        return app


@contextlib.contextmanager
def done_again_later(what: str) -> Iterator[None]:
    """Log that the database was away in the block, for tasks that another one follows in any case."""
    try:
        yield
    except StorageClosed:
        pass
    except StorageError as error:
        log.warning("cannot do a task, trying again", what=what, **described(error))


async def _revive(app: "App", job: "Job") -> None:
    """Let another worker do a job whose worker died.

    One with a queueing lock has a successor that waits or is deferred every minute, and procrastinate could not put it
    beside that.
    """
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    log.warning("the worker of a job died", task=job.task_name, given=job.task_kwargs)
    with contextlib.suppress(ConnectorException):  # another process was quicker
        if job.queueing_lock is None:
            await app.job_manager.retry_job(job)
        else:
            await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)


async def _worker(app: "App", queue: str, at_once: int) -> None:
    await run_worker(
        app,
        STOP_SECONDS,
        queues=[queue],
        name=queue,
        concurrency=at_once,
        fetch_job_polling_interval=LOOK_SECONDS,
        abort_job_polling_interval=LOOK_SECONDS,
        delete_jobs="successful",
        update_heartbeat_interval=SIGN_SECONDS,
        stalled_worker_timeout=DEAD_SECONDS,
    )


@asynccontextmanager
async def _ended_together() -> AsyncIterator[Callable[[Any], asyncio.Task[None]]]:
    """Yields a function that starts tasks; after the block they are cancelled and have ended."""
    tasks: list[asyncio.Task[None]] = []

    def start(work: Any) -> asyncio.Task[None]:
        tasks.append(asyncio.create_task(work))
        return tasks[-1]

    try:
        yield start
    finally:
        for task in tasks:
            task.cancel()
        try:
            if tasks:
                await asyncio.wait(tasks)
        except asyncio.CancelledError:  # there is no time left
            for task in tasks:
                task.cancel()
            raise
