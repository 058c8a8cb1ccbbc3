"""The tasks of procrastinate that do heavy work (PostgreSQL): in `meldind worker`, or in a serving process without one.

Every lane is a queue. A job whose worker died is found by the missing signs of life, and given to another one.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import structlog

from bot.heavy.errors import Gone, HeavyDied, HeavyFailed, Unwanted
from bot.heavy.lanes import HeavyLanes
from bot.heavy.procrastinating import connected, run_worker
from bot.heavy.registry import HEAVY, Lane
from bot.heavy.work import AWAY, MOST_TRIES, kind_of
from bot.runtime.cancelling import heeding_cancellation
from bot.runtime.logs import described
from bot.runtime.timers import longer
from storage.engine.errors import DatabaseAway, StorageError
from storage.engine.urls import normalise_url, with_network_limits
from storage.messages.heavy_jobs import HEAVY_TASK, queue_of
from storage.messages.wakeups import search_there
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from procrastinate import App

log = structlog.get_logger("meldind.heavy")

SIGN_SECONDS, DEAD_SECONDS = 2.0, 10.0
"""How often a worker gives a sign of life, and after how long a silent one counts as dead."""

LOOK_SECONDS = 5.0
"""How often procrastinate is asked for jobs without a notification, and for those of dead workers."""

STOP_SECONDS = 4.0
"""Seconds that a job may take to finish when its worker stops; afterwards another worker begins it anew."""

KEPT_HOURS = 14 * 24
"""How long procrastinate keeps jobs that failed."""

A_MOMENT = 1.0
"""Seconds after which a job is tried again for which the database could not be read."""

LONGEST_PAUSE = 30.0


class HeavyTasks:
    """Does the heavy jobs of procrastinate's queues while `wanted` returns true; it is asked every few seconds."""

    def __init__(
        self,
        url: str,
        storage: Storage,
        lanes: HeavyLanes,
        wanted: Callable[[], Awaitable[bool]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._url = normalise_url(url)
        self._storage = storage
        self._lanes = lanes
        self._wanted = wanted
        self._clock = clock
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
                log.warning("cannot do heavy work, trying again", seconds=pause, **described(error))
                await asyncio.sleep(pause)

    async def _work_while_wanted(self) -> None:
        app = await asyncio.to_thread(self._app)
        async with connected(app), _ended_together() as start:
            with heeding_cancellation():
                await app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True, include_aborted=True)
            working = [
                start(_worker(app, lane)) for lane in sorted({each.lane for each in HEAVY.values() if not each.here})
            ]
            while await self._wanted():
                with heeding_cancellation():
                    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
                        log.warning("the worker of a heavy job died", job=job.task_kwargs.get("job"))
                        await app.job_manager.retry_job(job)
                ended, _running = await asyncio.wait(working, timeout=self.look_seconds)
                for each in ended:
                    each.result()
                    raise DatabaseAway("A worker of procrastinate ended.")

    def _app(self) -> "App":
        """Returns the procrastinate app on this database. It is imported here because that takes a while."""
        from procrastinate import App, PsycopgConnector, RetryStrategy

        url = with_network_limits(self._url.set(drivername="postgresql"))
        conninfo = url.render_as_string(hide_password=False)
        app = App(connector=PsycopgConnector(conninfo=conninfo, min_size=1, max_size=4, configure=search_there))
        passing = cast("Any", (HeavyDied, StorageError, asyncio.CancelledError))
        retry = RetryStrategy(max_attempts=2 * MOST_TRIES, retry_exceptions=passing)
        app.task(name=HEAVY_TASK, retry=retry)(self.do)
        return app

    async def do(self, job: str) -> None:
        """Do a job and store its result. Raises HeavyDied or a StorageError where it is to be tried again."""
        name = await self._storage.write(lambda work: work.heavy_jobs.begin(job, self._clock()))
        if name is None:  # it is no longer wanted
            return
        found = await self._storage.read(lambda work: (work.heavy_jobs.one(job), work.heavy_jobs.given(job)))
        begun, given = found
        if begun is None or given is None:
            await self._end(job, "failed", "lost")
            return

        if begun.tries > MOST_TRIES:  # each worker that began it died
            await self._end(job, "failed", HeavyDied.__name__)
            return

        async def progressed(number: int) -> None:
            if not await self._storage.write(lambda work: work.heavy_jobs.reach(job, number)):
                raise Unwanted

        try:
            made = await self._lanes.do(HEAVY[name], given, progressed)
        except Unwanted:
            return
        except (HeavyDied, StorageError, asyncio.CancelledError) as error:
            if isinstance(error, HeavyDied) and begun.tries >= MOST_TRIES:
                log.error("a heavy job is given up", job=name, **error.why)  # noqa: TRY400 - may quote people
                await self._end(job, "failed", HeavyDied.__name__)
                return
            if isinstance(error, StorageError):
                if begun.tries >= MOST_TRIES:
                    await self._end(job, "failed", AWAY)
                    return
                await asyncio.sleep(A_MOMENT)
            await self._storage.write(lambda work: work.heavy_jobs.wait_again(job))
            raise
        except (Gone, HeavyFailed) as error:
            if isinstance(error, HeavyFailed):
                log.error("a heavy job failed", job=name, **error.why)  # noqa: TRY400 - may quote people
            await self._end(job, "failed", kind_of(error))
            return
        await self._storage.write(lambda work: work.heavy_jobs.end(job, "done", self._clock(), result=made))

    async def _end(self, job: str, state: str, error: str) -> None:
        def end(work: UnitOfWork) -> bool:
            return work.heavy_jobs.end(job, state, self._clock(), error)

        await self._storage.write(end)


async def _worker(app: "App", lane: Lane) -> None:
    await run_worker(
        app,
        STOP_SECONDS,
        queues=[queue_of(lane)],
        name=f"heavy {lane}",
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
