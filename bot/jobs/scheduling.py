"""The timer for reminders and match notices."""

from collections.abc import Callable
from datetime import UTC, datetime

from bot.jobs.match_notices import MatchNotices
from bot.jobs.reminders import Reminders
from bot.runtime.timers import Elsewhere, Timer, never
from storage.session.storage import Storage

LOOK_SECONDS = 60.0


class Schedule:
    """Plans and sends reminders and match notices every minute, unless that is done `elsewhere`."""

    def __init__(
        self,
        storage: Storage,
        reminders: Reminders,
        proposals: MatchNotices,
        look_for_unsent: Callable[[], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        elsewhere: Elsewhere = never,
    ) -> None:
        self._storage = storage
        self._reminders = reminders
        self._proposals = proposals
        self._look_for_unsent = look_for_unsent
        self._clock = clock
        self._elsewhere = elsewhere
        self.timer = Timer("reminders", LOOK_SECONDS, self.look)

    async def look(self) -> None:
        """Plan due messages and put them into the outbox; a second look at the same time does nothing more."""
        if await self._elsewhere():
            return
        now = self._clock()
        await self._reminders.plan(self._storage, now)
        while await self._storage.write(lambda work: self._reminders.tell(work, now)):
            self._look_for_unsent()
        while await self._storage.write(lambda work: self._proposals.tell(work, now)):
            self._look_for_unsent()
