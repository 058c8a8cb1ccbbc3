"""The timer of the process: it only looks; what is due, and that it happens once, is in the database."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import structlog

from bot.logs import described
from bot.reminders import Reminders
from storage.errors import StorageClosed
from storage.storage import Storage

log = structlog.get_logger("meldind.scheduling")

EVERY_SECONDS = 60.0


class Schedule:
    """Looks every minute for what is to be said to people at their time, and has it sent."""

    def __init__(
        self,
        storage: Storage,
        reminders: Reminders,
        look_for_unsent: Callable[[], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._reminders = reminders
        self._look_for_unsent = look_for_unsent
        self._clock = clock

    async def run(self) -> None:
        """Look until cancelled; a look that fails is followed by the next."""
        while True:
            try:
                await self.look()
            except StorageClosed:
                return
            except Exception as error:  # noqa: BLE001 - the database may be away; the next look is soon
                log.warning("cannot look for what is due", **described(error))
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Plan what is due and put it into the outbox; a second look at the same time does nothing more."""
        now = self._clock()
        await self._storage.write(lambda work: self._reminders.plan(work, now))
        while await self._storage.write(lambda work: self._reminders.tell(work, now)):
            self._look_for_unsent()
