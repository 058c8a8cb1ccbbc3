"""The task of procrastinate that does heavy work (PostgreSQL); every lane is a queue."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import structlog

from bot.heavy.errors import Gone, HeavyDied, HeavyFailed, Unwanted
from bot.heavy.lanes import HeavyLanes
from bot.heavy.registry import HEAVY
from bot.heavy.work import AWAY, MOST_TRIES, kind_of
from storage.engine.errors import StorageError
from storage.messages.heavy_jobs import HEAVY_TASK, queue_of
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from procrastinate import App

log = structlog.get_logger("meldind.heavy")

A_MOMENT = 1.0
"""Seconds after which a job is tried again for which the database could not be read."""


class HeavyTasks:
    """Does heavy jobs, each lane one after another."""

    queues: Mapping[str, int] = {queue_of(each.lane): 1 for each in HEAVY.values() if not each.here}

    def __init__(
        self, storage: Storage, lanes: HeavyLanes, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._storage = storage
        self._lanes = lanes
        self._clock = clock

    def register(self, app: "App") -> None:
        """Add the task to `app`."""
        from procrastinate import RetryStrategy

        passing = cast("Any", (HeavyDied, StorageError, asyncio.CancelledError))
        retry = RetryStrategy(max_attempts=2 * MOST_TRIES, retry_exceptions=passing)
        app.task(name=HEAVY_TASK, retry=retry)(self.do)

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
