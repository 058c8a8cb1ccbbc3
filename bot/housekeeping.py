"""What is cleared away beside everything else: what erasures left, and every night what is kept for long enough."""

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from bot import journal
from bot.timers import look_every
from storage.settling import Unsettled
from storage.storage import Storage
from storage.work import Work

log = structlog.get_logger("meldind.housekeeping")

LOOK_SECONDS = 60.0
YOUNG_SECONDS = 60.0
"""A file this young may belong to an answer that is just being kept."""

TOGETHER = 200

_NAMED = re.compile(r"[0-9a-f]{64}")


class Housekeeping:
    """Clears away. Several workers may: nothing is done twice that is not there twice."""

    def __init__(
        self,
        storage: Storage,
        folder: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._folder = folder
        self._clock = clock

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        await look_every(LOOK_SECONDS, self.look, "what is to be cleared away")

    async def look(self) -> None:
        """Clear away what there is; what is not finished goes on at the next look."""
        known = await self._storage.read(lambda work: work.forgetting.journal())
        await asyncio.to_thread(journal.add, self._folder, known)
        while unsettled := await self._storage.read(lambda work: work.settling.next()):
            if not await self._settles(unsettled):
                return
            await self._storage.write(partial(_settled, unsettled.id, self._clock()))

    async def _settles(self, unsettled: Unsettled) -> bool:
        """Take away what the erasure left; False: something is still under way."""
        reached: int | None = 0
        while reached is not None:
            reached = await self._storage.write(partial(_taken_from_others, unsettled, reached))
        said = await self._storage.write(lambda work: work.settling.last_words(unsettled))
        return await self.remove_files() and said

    async def remove_files(self) -> bool:
        """Remove the files that belong to nothing any more; False: one is too young to tell."""
        all_gone = True
        files = await asyncio.to_thread(self._files)
        for start in range(0, len(files), TOGETHER):
            names = files[start : start + TOGETHER]
            kept = await self._storage.read(partial(_wanted, names))
            for name in set(names) - kept:
                all_gone &= await asyncio.to_thread(_removed, self._attachments / name[:2] / name)
        return all_gone

    @property
    def _attachments(self) -> Path:
        return self._folder / "attachments"

    def _files(self) -> list[str]:
        return [path.name for path in self._attachments.glob("*/*") if _NAMED.fullmatch(path.name)]


def _settled(this: int, now: datetime, work: Work) -> None:
    work.settling.settled(this, now)


def _taken_from_others(unsettled: Unsettled, after: int, work: Work) -> int | None:
    return work.settling.shown_to_others(unsettled, after)


def _wanted(names: Sequence[str], work: Work) -> set[str]:
    return work.settling.files(names)


def _removed(path: Path) -> bool:
    try:
        if time.time() - path.stat().st_mtime < YOUNG_SECONDS:
            return False
        path.unlink()
    except FileNotFoundError:
        pass
    return True
