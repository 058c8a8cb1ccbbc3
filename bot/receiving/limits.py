"""How much one person may ask for in a while: so much that nobody meets it by using the bot, and no more.

The counts are those of this process. With several workers a person may ask for so much of each, and after a restart
anew: what they protect is the process and its queue, nothing that has to be exact.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

PAUSE = timedelta(seconds=30)
"""How long nothing of somebody is read who sent too much."""

FILES_AN_HOUR = 60
"""Pictures, tables and digests that one person may have made for them; each costs more than a hundred answers."""

AN_HOUR = timedelta(hours=1)

MOST_KNOWN = 10_000
"""People whose counts are kept at once; beyond it, those who rest are forgotten."""


class LimitVerdict(Enum):
    """What becomes of an update."""

    READ = auto()
    TELL = auto()
    """It is left unread, and its sender is told so."""
    DROP = auto()
    """It is left unread as well, and its sender has been told."""


@dataclass(slots=True)
class _Count:
    left: float
    at: datetime
    update: int = -1
    verdict: LimitVerdict = LimitVerdict.READ
    paused_until: datetime | None = None
    files: deque[datetime] = field(default_factory=deque)


class Limits:
    """The counts of everybody; `a_minute`: messages and presses that are read of one person, 0: all of them.

    Turns of several people are handled side by side in threads of their own, and all of them count here.
    """

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._counting = threading.Lock()
        self._counts: dict[int, _Count] = {}

    def judge(self, lane: int, update: int, now: datetime) -> LimitVerdict:
        """Whether the update is read; the same answer for the same update, should its turn be tried again.

        The lane 0 is that of no person, and has no bounds.
        """
        if not self._a_minute or not lane:
            return LimitVerdict.READ
        with self._counting:
            count = self._count(lane, now)
            if count.update != update:
                count.update, count.verdict = update, self._next(count, now)
            return count.verdict

    def wait_for_files(self, lane: int, now: datetime) -> datetime | None:
        """Count a file that is to be made for the person; from when on there may be one, if not now."""
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
