"""The processes for heavy work of this process: at most one for each lane, started when they are needed."""

import asyncio
import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from bot.heavy.process import HeavyProcess, Progress
from bot.heavy.registry import Heavy, Lane
from storage.messages.heavy_jobs import HeavyResult

IDLE_SECONDS = 120.0
"""Seconds without a job after which a process ends; the next job starts it again."""


@dataclass(slots=True)
class _LaneState:
    process: HeavyProcess
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    ending: asyncio.Task[None] | None = None


class HeavyLanes:
    """Does the jobs of each lane one after another, and ends processes that have nothing to do."""

    def __init__(self, url: str, idle_seconds: float = IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self._lanes: dict[Lane, _LaneState] = {lane: _LaneState(HeavyProcess(url)) for lane in get_args(Lane)}

    def processes(self) -> list[int]:
        """Returns the numbers of the processes that run now."""
        return [lane.process.number for lane in self._lanes.values() if lane.process.number is not None]

    async def do(self, heavy: Heavy, given: Mapping[str, Any], progress: Progress) -> HeavyResult:
        """Do a job. Cancelled, it is not done any more. Raises what `HeavyProcess.do` raises."""
        lane = self._lanes[heavy.lane]
        async with lane.turn:
            if lane.ending is not None:
                lane.ending.cancel()
            try:
                return await lane.process.do(heavy, given, progress)
            finally:
                lane.ending = asyncio.create_task(self._end_idle(lane))

    async def close(self) -> None:
        """End all processes, also one that has a job: those who wait for it are told that it died."""
        for lane in self._lanes.values():
            if lane.ending is not None:
                lane.ending.cancel()
            await lane.process.end()

    async def _end_idle(self, lane: _LaneState) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(self._idle_seconds)
            async with lane.turn:
                await lane.process.end()
