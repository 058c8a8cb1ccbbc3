"""Heavy work: a job by its name, done elsewhere, and its result.

On SQLite a process of this one does it. On PostgreSQL it is a task of procrastinate, done by whichever worker is free
(tasks.py); this process only waits for its result.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import structlog

from bot.heavy.errors import Gone, HeavyDied, HeavyFailed, TooLarge, Unwanted
from bot.heavy.lanes import HeavyLanes
from bot.heavy.process import Progress
from bot.heavy.registry import HEAVY
from bot.runtime.ids import new_id
from bot.runtime.timers import longer
from storage.engine.errors import DatabaseAway
from storage.messages.heavy_jobs import HeavyJob, HeavyResult
from storage.session.refreshing import refresh_summaries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.heavy")

Made = TypeVar("Made")

MOST_TRIES = 3
"""The most attempts at one job; a job that kills its process would kill the next one too."""

AWAY = "database"
"""The kind of error of a job for which the database could not be read: it may be asked for again."""

FIRST_LOOK, LONGEST_LOOK = 0.03, 0.5
"""Seconds between two looks whether another process has done a job."""


async def _untold(_number: int) -> None:
    pass


@dataclass(slots=True)
class _Shared:
    """A job under way, and how many wait for it here."""

    task: asyncio.Task[HeavyResult]
    waiting: int = 0


class HeavyWork:
    """Gets heavy jobs done. `shared`: other processes may do those that need nothing of this machine (PostgreSQL)."""

    def __init__(
        self,
        storage: Storage,
        lanes: HeavyLanes,
        *,
        shared: bool,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._lanes = lanes
        self._shared = shared
        self._clock = clock
        self._under_way: dict[str, _Shared] = {}

    @property
    def busy(self) -> bool:
        """Whether a job waits or is being done."""
        return bool(self._under_way)

    async def do(
        self, name: str, given: Mapping[str, Any], progress: Progress = _untold, tries: int = MOST_TRIES
    ) -> HeavyResult:
        """Do the job `name` of the registry with plain data; asked for twice at a time, it is done once.

        If its process dies, it is tried again up to `tries` times. Cancelled, nobody here waits for it any more. Raises
        a HeavyFailed, Gone, a StorageError, and what `progress` raises.
        """
        key = json.dumps([name, given], sort_keys=True)
        shared = self._under_way.get(key)
        if shared is None:
            task = asyncio.create_task(self._done(name, given, progress, tries), name=f"heavy {name}")
            shared = self._under_way[key] = _Shared(task)
        shared.waiting += 1
        try:
            return await asyncio.shield(shared.task)
        finally:
            shared.waiting -= 1
            if not shared.waiting:
                if self._under_way.get(key) is shared:
                    del self._under_way[key]
                if not shared.task.done():
                    shared.task.cancel()
                    await asyncio.wait({shared.task})

    async def close(self) -> None:
        """Wait for nothing any more; what was not finished is asked for again after the next start."""
        for shared in list(self._under_way.values()):
            shared.task.cancel()
        if tasks := [shared.task for shared in self._under_way.values()]:
            await asyncio.wait(tasks)

    async def _done(self, name: str, given: Mapping[str, Any], progress: Progress, tries: int) -> HeavyResult:
        heavy = HEAVY[name]
        if heavy.of_summaries:
            await refresh_summaries(self._storage)
        now = self._clock()
        if self._shared and not heavy.here:
            this = await self._storage.write(lambda work: work.heavy_jobs.ask(new_id(), name, heavy.lane, given, now))
            return await self._waited_for(this, progress)
        this = await self._storage.note(lambda work: work.heavy_jobs.note(new_id(), name, heavy.lane, now))
        return await recorded(self._storage, this, self._tried(this, name, given, progress, tries), self._clock)

    async def _tried(
        self, this: str, name: str, given: Mapping[str, Any], progress: Progress, tries: int
    ) -> HeavyResult:
        for attempt in range(1, tries + 1):
            await self._storage.note(lambda work: work.heavy_jobs.begin(this, self._clock()))
            try:
                return await self._lanes.do(HEAVY[name], given, progress)
            except HeavyDied as error:
                log.warning("a process for heavy work died", job=name, attempt=attempt, **error.why)
                if attempt == tries:
                    raise
        raise AssertionError("it is tried at least once")

    async def _waited_for(self, this: str, progress: Progress) -> HeavyResult:
        """Wait until some worker has done the job. It goes on if this process stops."""
        pause = 0.0
        while True:
            job = await self._storage.read(partial(_one, this))
            if job is None or job.state not in ("waiting", "running"):
                break
            try:
                await progress(job.reached)
            except Exception:
                await self._storage.write(partial(_unwanted, this, self._clock()))
                raise
            pause = longer(pause, LONGEST_LOOK, first=FIRST_LOOK)
            await asyncio.sleep(pause)
        if job is not None and job.state == "done":
            made = await self._storage.write(lambda work: work.heavy_jobs.take(this))
            if made is not None:
                return made
        raise _failure(job)


async def recorded(
    storage: Storage, this: str, doing: Coroutine[Any, Any, Made], clock: Callable[[], datetime]
) -> Made:
    """Note how the job `this` ends. The notes may be lost if the machine goes down: they are for `meldind jobs`."""
    state, error = "cancelled", ""
    try:
        made = await doing
        state = "done"
    except Unwanted:
        raise
    except Exception as failed:
        state, error = "failed", kind_of(failed)
        raise
    finally:
        await storage.note(lambda work: work.heavy_jobs.end(this, state, clock(), error))
    return made


def kind_of(error: Exception) -> str:
    """Returns the kind of an error, as it is stored and shown: nothing a person wrote."""
    return error.why.get("error", "") if type(error) is HeavyFailed else type(error).__name__


def _failure(job: HeavyJob | None) -> Exception:
    """Returns the error for a job that has no result."""
    match job:
        case HeavyJob(state="failed", error=Gone.__name__):
            return Gone()
        case HeavyJob(state="failed", error=TooLarge.__name__):
            return TooLarge({"error": job.error})
        case HeavyJob(state="failed", error=HeavyDied.__name__):
            return HeavyDied({"error": job.error})
        case HeavyJob(state="failed", error=error) if error != AWAY:
            return HeavyFailed({"error": job.error})
        case _:
            return DatabaseAway("The result of a heavy job was lost; it is asked for again.")


def _one(this: str, work: UnitOfWork) -> HeavyJob | None:
    return work.heavy_jobs.one(this)


def _unwanted(this: str, now: datetime, work: UnitOfWork) -> None:
    if not work.heavy_jobs.leave(this):
        work.heavy_jobs.end(this, "cancelled", now)
