"""Limits for one person: high enough that normal use never reaches them.

The counts are those of this process. With several workers the limits apply to each of them, and after a restart they
begin again: they protect the process and its queue, and need not be exact.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

PAUSE = timedelta(seconds=30)
"""How long updates of a person who sent too many are not read."""

FILES_AN_HOUR = 60
"""How many pictures, tables and digests a person may request; each costs more than a hundred answers."""

AN_HOUR = timedelta(hours=1)

MOST_KNOWN = 10_000
"""The most people whose counts are held; above it, counts of inactive people are dropped."""


class LimitVerdict(Enum):
    """Whether an update is read."""

    READ = auto()
    TELL = auto()
    """It is not read, and its sender is told so."""
    DROP = auto()
    """It is not read, and its sender was already told."""


@dataclass(slots=True)
class _Count:
    left: float
    at: datetime
    update: int = -1
    verdict: LimitVerdict = LimitVerdict.READ
    paused_until: datetime | None = None
    files: deque[datetime] = field(default_factory=deque)


class Limits:
    """The counts of all people; `a_minute`: how many messages and presses of one person are read, 0: all.

    It is thread-safe, because turns of several people run in parallel threads.
    """

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._counting = threading.Lock()
        self._counts: dict[int, _Count] = {}

    def judge(self, lane: int, update: int, now: datetime) -> LimitVerdict:
        """Returns whether the update is read; a retry of the same update gets the same verdict.

        Lane 0 belongs to no person and has no limits.
        """
        if not self._a_minute or not lane:
            return LimitVerdict.READ
        with self._counting:
            count = self._count(lane, now)
            if count.update != update:
                count.update, count.verdict = update, self._next(count, now)
            return count.verdict

    def wait_for_files(self, lane: int, now: datetime) -> datetime | None:
        """Count a file to make for the person; None: it may be made now, otherwise the time from which it may."""
        if not self._a_minute:
            return None
        with self._counting:
            files = self._count(lane, now).files
            while files and files[0] <= now - AN_HOUR:
                files.popleft()
            if len(files) >= FILES_AN_HOUR:
                return files[0] + AN_HOUR
            files.append(now)
            return None

    def _next(self, count: _Count, now: datetime) -> LimitVerdict:
        if count.paused_until is not None:
            if now < count.paused_until:
                return LimitVerdict.DROP
            count.paused_until, count.left, count.at = None, self._a_minute / 2, now
        seconds = max((now - count.at).total_seconds(), 0.0)
        count.left, count.at = min(count.left + seconds * self._a_minute / 60, self._a_minute), now
        if count.left < 1:
            count.paused_until = now + PAUSE
            return LimitVerdict.TELL
        count.left -= 1
        return LimitVerdict.READ

    def _count(self, lane: int, now: datetime) -> _Count:
        if lane not in self._counts:
            if len(self._counts) >= MOST_KNOWN:
                rested = now - AN_HOUR
                self._counts = {lane: count for lane, count in self._counts.items() if count.at > rested}
            self._counts[lane] = _Count(self._a_minute, now)
        return self._counts[lane]
