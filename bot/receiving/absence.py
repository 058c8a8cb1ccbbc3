"""After an absence of more than a day, Telegram has dropped messages of people; they are told so once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

import structlog

from bot.jobs.timed.message import Look, Moment
from bot.jobs.timed.planning import plan_at_once
from bot.runtime.health import OLDEST_POLL, Health
from bot.runtime.timers import Timer
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.absence")

LOOK_SECONDS = 60.0
TELEGRAM_KEEPS = timedelta(hours=24)
"""How long Telegram keeps undelivered updates."""


class Absence:
    """Stores regularly that Telegram is reached, and after a gap greets people whose messages may be lost."""

    def __init__(
        self,
        storage: Storage,
        health: Health,
        bot_id: int,
        *,
        polling: bool,
        zone: tzinfo = UTC,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._health = health
        self._bot_id = bot_id
        self._polling = polling
        self._zone = zone
        self._clock = clock
        self.timer = Timer("an absence", LOOK_SECONDS, self.look)

    async def look(self) -> None:
        """Store the contact with Telegram, if there is any; with a webhook there is contact while this process runs."""
        age = self._health.ages()["last_received_seconds"]
        if not self._polling or (age is not None and age < OLDEST_POLL):
            greeted = await self._storage.write(self._note)
            if greeted:
                log.warning("back after more than a day, greeting those with drafts", people=greeted)

    def _note(self, work: UnitOfWork) -> int:
        now = self._clock()
        before = work.last_done.heard(self._bot_id, now)
        if before is None or now - before <= TELEGRAM_KEEPS:
            return 0
        return plan_at_once(Look(work, now, self._zone, away_since=before), Moment.RETURN)
