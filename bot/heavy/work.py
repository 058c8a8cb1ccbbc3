"""Heavy work of this process: a job by its name, done in a process of its own."""

import asyncio
import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

import structlog

from bot.heavy.errors import HeavyDied
from bot.heavy.process import HeavyProcess, Made, Progress
from bot.heavy.registry import HEAVY, Heavy, Lane
from storage.session.storage import Storage

log = structlog.get_logger("meldind.heavy")

IDLE_SECONDS = 120.0
"""Seconds without a job after which a process ends; the next job starts it again."""

MOST_TRIES = 3
"""The most attempts at one job; a job that kills its process would kill the next one too."""


async def _untold(_number: int) -> None:
    pass


@dataclass(slots=True)
class _LaneState:
    process: HeavyProcess
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ending: asyncio.Task[None] | None = None


@dataclass(slots=True)
class _Shared:
    """A job under way, and how many wait for it."""

    task: asyncio.Task[Made]
    waiting: int = 0


class HeavyWork:
    """Does heavy jobs in at most one process for each lane, which start when they are needed."""

    def __init__(self, url: str, storage: Storage, idle_seconds: float = IDLE_SECONDS) -> None:
        self._storage = storage
        self._idle_seconds = idle_seconds
        self._lanes: dict[Lane, _LaneState] = {lane: _LaneState(HeavyProcess(url)) for lane in get_args(Lane)}
        self._under_way: dict[str, _Shared] = {}

    def processes(self) -> list[int]:
        """Returns the numbers of the processes that run now."""
        return [lane.process.number for lane in self._lanes.values() if lane.process.number is not None]

    @property
    def busy(self) -> bool:
        """Whether a job waits or is being done."""
        return bool(self._under_way)

    async def do(
        self, name: str, given: Mapping[str, Any], progress: Progress = _untold, tries: int = MOST_TRIES
    ) -> Made:
        """Do the job `name` of the registry with plain data; asked for twice at a time, it is done once.

        If its process dies, it is tried again up to `tries` times. Cancelled, it is not done any more. Raises a
        HeavyFailed, Gone, a StorageError, and what `progress` raises.
        """
        key = json.dumps([name, given], sort_keys=True)
        shared = self._under_way.get(key)
        if shared is None:
            task = asyncio.create_task(self._tried(HEAVY[name], name, given, progress, tries), name=f"heavy {name}")
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
        """End everything; what was not finished is asked for again after the next start."""
        for shared in list(self._under_way.values()):
            shared.task.cancel()
        if tasks := [shared.task for shared in self._under_way.values()]:
            await asyncio.wait(tasks)
        for lane in self._lanes.values():
            async with lane.turn:  # so that the end of an idle process is not cut short
                if lane.ending is not None:
                    lane.ending.cancel()
                await lane.process.end()

    async def _tried(self, heavy: Heavy, name: str, given: Mapping[str, Any], progress: Progress, tries: int) -> Made:
        for attempt in range(1, tries + 1):
            try:
                return await self._done(heavy, given, progress)
            except HeavyDied as error:
                log.warning("a process for heavy work died", job=name, attempt=attempt, **error.why)
                if attempt == tries:
                    raise
        raise AssertionError("unreachable")

    async def _done(self, heavy: Heavy, given: Mapping[str, Any], progress: Progress) -> Made:
        if heavy.of_summaries:
            # In small parts, so that other transactions run in between. It is repeated if it is lost.
            while not await self._storage.note(lambda work: work.summaries.refresh(batches=1)):
                pass
        lane = self._lanes[heavy.lane]
        async with lane.turn:
            if lane.ending is not None:
                lane.ending.cancel()
            try:
                return await lane.process.do(heavy, given, progress)
            finally:
                lane.ending = asyncio.create_task(self._end_idle(lane))

    async def _end_idle(self, lane: _LaneState) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(self._idle_seconds)
            async with lane.turn:
                await lane.process.end()
