"""Housekeeping in the data directory, in the background: what erasures left, and files that nothing refers to."""

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import structlog

from bot.jobs.nightly import RETENTION, Nightly, merge_search
from bot.runtime import journal
from bot.runtime.timers import Timer
from storage.privacy.erasure_followup import PendingErasure
from storage.privacy.forgetting import Erasure
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.housekeeping")

LOOK_SECONDS = 60.0
YOUNG_SECONDS = 60.0
"""A file this young may belong to an answer that is being stored now."""

TOGETHER = 200

OUT_OF_ORDER = 100
"""How many numbers back erasures are read again, because another worker may commit a lower number later."""

READ_TOGETHER = 1000
"""Erasures read in one transaction."""

FILES = "files"
"""The name under which it is noted when files were last removed."""

_NAMED = re.compile(r"[0-9a-f]{64}")


class Housekeeping:
    """Removes such data. Several workers may do it at the same time.

    `nightly` is what is to be done every night in the database; None: a task of procrastinate does it (PostgreSQL).
    """

    def __init__(
        self,
        storage: Storage,
        folder: Path,
        nightly: Nightly | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._folder = folder
        self._nightly = nightly
        self._clock = clock
        self._written: set[int] = set()
        """The numbers of the erasures that this process last saw in the journal."""
        self.timer = Timer("what is to be cleared away", LOOK_SECONDS, self.look)

    async def look(self) -> None:
        """Remove what is due; the next look continues unfinished work."""
        await self._settle()
        if self._nightly is not None:
            await self._nightly.look()
        if await self._storage.read(_has_files):
            await self.remove_files()
            await self._storage.write(lambda work: work.last_done.done(FILES, 0, self._clock()))

    async def _settle(self) -> None:
        await self._write_journal()
        while unsettled := await self._storage.read(lambda work: work.erasure_followup.next()):
            if not await self._settles(unsettled):
                return
            await self._storage.write(partial(_settled, unsettled.id, self._clock()))

    async def _write_journal(self) -> None:
        """Write new erasures to the journal file; all of them at the first look, or if the file is gone."""
        if not await asyncio.to_thread((self._folder / journal.NAME).exists):
            self._written = set()
        known: dict[int, Erasure] = {}
        after = max(self._written, default=0) - OUT_OF_ORDER
        while portion := await self._storage.read(partial(_erased, after)):
            known, after = known | portion, max(portion)
        if new := [erasure for number, erasure in known.items() if number not in self._written]:
            await asyncio.to_thread(journal.add, self._folder, new)
        self._written = set(known)

    async def _settles(self, unsettled: PendingErasure) -> bool:
        """Remove what the erasure left; False: something is still on its way."""
        for take in (_taken_from_others, _taken_from_what_others_brought):
            reached: int | None = 0
            while reached is not None:
                reached = await self._storage.write(partial(take, unsettled, reached))
        said = await self._storage.write(lambda work: work.erasure_followup.last_words(unsettled))
        if not (await self.remove_files() and said):
            return False
        await merge_search(self._storage)
        return await self._storage.empty_journal()

    async def remove_files(self) -> bool:
        """Remove files that nothing refers to; False: one is too young to decide."""
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


def _erased(after: int, work: UnitOfWork) -> dict[int, Erasure]:
    return work.forgetting.journal_after(after, READ_TOGETHER)


def _has_files(work: UnitOfWork) -> bool:
    """Returns whether there may be files that nothing refers to since the last removals of the night."""
    done_at = work.last_done.at(RETENTION)
    return done_at is not None and work.last_done.is_due(FILES, done_at)


def _settled(this: int, now: datetime, work: UnitOfWork) -> None:
    work.erasure_followup.settled(this, now)


def _taken_from_others(unsettled: PendingErasure, after: int, work: UnitOfWork) -> int | None:
    return work.erasure_followup.shown_to_others(unsettled, after)


def _taken_from_what_others_brought(unsettled: PendingErasure, after: int, work: UnitOfWork) -> int | None:
    return work.erasure_followup.brought_by_others(unsettled, after)


def _wanted(names: Sequence[str], work: UnitOfWork) -> set[str]:
    return work.erasure_followup.files(names)


def _removed(path: Path) -> bool:
    try:
        if time.time() - path.stat().st_mtime < YOUNG_SECONDS:
            return False
        path.unlink()
    except FileNotFoundError:
        pass
    return True
