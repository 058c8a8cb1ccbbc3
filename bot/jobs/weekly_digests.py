"""Weekly digests, and other messages at a chosen hour: counted beside others, claimed and stored in one transaction."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.jobs.timed.message import Issue, Making, Means, TimedMessage
from bot.jobs.timed.registry import TIMED_MESSAGES
from bot.language.catalogues import Catalogues
from bot.runtime.timers import Elsewhere, Timer, never
from storage.messages.outbox import OutboxRow
from storage.session.refreshing import refresh_summaries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

LOOK_SECONDS = 20.0


class WeeklyDigests:
    """Makes the digests that are due, unless that is done `elsewhere`. Several workers may look at the same time; the
    one that claims a digest makes it.
    """

    def __init__(
        self,
        storage: Storage,
        catalogues: Catalogues,
        hand_on: Callable[[list[OutboxRow]], None],
        bot_name: Callable[[], str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        messages: Sequence[TimedMessage] = TIMED_MESSAGES,
        elsewhere: Elsewhere = never,
    ) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._hand_on = hand_on
        self._bot_name = bot_name
        self._clock = clock
        self._messages = messages
        self._elsewhere = elsewhere
        self.timer = Timer("digests", LOOK_SECONDS, self.look)

    async def look(self) -> None:
        """Make due digests, and update the summaries of changed reports, so that no digest has to update many."""
        if await self._elsewhere():
            return
        await refresh_summaries(self._storage)
        now = self._clock()
        for making in await self._storage.read(partial(_due, self._messages, now)):
            counted = await self._storage.read_beside(partial(making.count, now))
            self._hand_on(await self._storage.write(partial(self._put, making, counted, now)))

    def _put(self, making: Making, counted: Any, now: datetime, work: UnitOfWork) -> list[OutboxRow]:
        return making.put(Means(self._catalogues, self._bot_name(), now), work, counted)


def _due(messages: Sequence[TimedMessage], now: datetime, work: UnitOfWork) -> list[Making]:
    return [make for message in messages if isinstance(message, Issue) for make in message.due(work, now)]
