"""Keeps the site in step with what is public: a minute after a change it is written again, by one worker."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import structlog

from bot.heavy.errors import HeavyFailed
from bot.heavy.registry import SITE
from bot.heavy.work import HeavyWork
from bot.runtime.counting import count
from bot.runtime.settings import Settings
from bot.runtime.timers import Timer, longer
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.site")

KEPT = "site"
"""The lease for writing the site, and the name under which it is noted when that was last done."""

LOOK_SECONDS = 10.0

AFTER_CHANGE = timedelta(minutes=1)
"""How long after the first change the site is written; further changes meanwhile are in it too."""

AFTER_START = timedelta(seconds=10)
"""How long after its start a worker writes the site, which another version may have written, or nobody yet."""

SETTLED = timedelta(seconds=10)
"""Changes that are younger when a run begins count as not seen: their transactions may not all have ended."""

FIRST_PAUSE, LONGEST_PAUSE = 60.0, 900.0
"""Seconds until the next try after one that failed; the pause doubles."""

Publish: TypeAlias = Callable[[str], Awaitable[Mapping[str, Any]]]
"""Writes the site, with links to the bot of that name; returns what it did. Raises NotPublished."""


class NotPublished(Exception):  # noqa: N818 - the site stays as it was, and the bot goes on
    """The site could not be written; the reason is one line."""


class SiteUpkeep:
    """Writes the site when something public changed, at the start of a day, and after the start of the bot.

    `ours` says whether this worker is the one that writes, `bot_name` is "" while it is not known. A failure is logged
    and counted, and tried again after a pause; nothing else waits for it.
    """

    def __init__(
        self,
        storage: Storage,
        publish: Publish,
        zone: ZoneInfo,
        ours: Callable[[], bool] = lambda: True,
        bot_name: Callable[[], str] = lambda: "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._publish = publish
        self._zone = zone
        self._ours = ours
        self._bot_name = bot_name
        self._clock = clock
        self._began: datetime | None = None
        self._named: str | None = None
        """The bot's name in what this worker wrote last; None: it has not written yet."""
        self._pause = 0.0
        self.timer = Timer("the site", LOOK_SECONDS, self.look)

    async def look(self) -> float | None:
        """Write the site if that is due; returns the pause until the next look, after a failure a longer one."""
        if not self._ours():
            self._began = self._named = None
            return None
        now = self._clock()
        self._began = self._began or now
        if not await self._is_due(now):
            return None
        bot = self._bot_name()
        reached = await self._storage.read(lambda work: work.public_changes.last_before(now - SETTLED))
        try:
            done = await self._publish(bot)
        except NotPublished as error:
            self._pause = longer(self._pause, LONGEST_PAUSE, first=FIRST_PAUSE)
            count("site", "failed")
            log.warning("the site is not written", reason=str(error), again_in_seconds=self._pause)
            return self._pause
        await self._storage.write(lambda work: work.last_done.done(KEPT, reached, now))
        self._pause, self._named = 0.0, bot
        count("site", "written")
        log.info("the site is written", **done)
        return None

    async def _is_due(self, now: datetime) -> bool:
        if self._named is None:
            return self._began is not None and now >= self._began + AFTER_START
        if self._named != self._bot_name():
            return True
        today = datetime.combine(now.astimezone(self._zone).date(), time(), self._zone).astimezone(UTC)
        return await self._storage.read(partial(_is_behind, today, now))


def _is_behind(today: datetime, now: datetime, work: UnitOfWork) -> bool:
    if work.last_done.is_due(KEPT, today):
        return True  # calls and events end with a day
    changed_at = work.public_changes.first_after(work.last_done.reached(KEPT))
    return changed_at is not None and now >= changed_at + AFTER_CHANGE


class SiteAsHeavyWork:
    """Writes the site of these settings as heavy work, so that no reply waits for it."""

    def __init__(self, heavy: HeavyWork, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._heavy = heavy
        self._settings = settings
        self._clock = clock

    async def publish(self, bot: str) -> Mapping[str, Any]:
        """Write the site; returns what was done. Raises NotPublished, or a StorageError."""
        given = {
            "folder": str(self._settings.site),
            "address": self._settings.site_url or "",
            "bot": bot,
            "zone": self._settings.timezone_name,
            "at": self._clock().isoformat(),
        }
        try:
            made = await self._heavy.do(SITE, given, tries=1)
        except HeavyFailed as error:
            raise NotPublished(f"{error.why.get('error')} ({error.why.get('where', 'its process')})") from None
        if failed := made.told.get("failed"):
            raise NotPublished(failed)
        return made.told
