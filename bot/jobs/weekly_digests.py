"""Weekly digests, and what else comes at a chosen hour: looked for often, made and kept together with its claim."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from bot.jobs.timed.message import Issue, Making, Means, TimedMessage
from bot.jobs.timed.registry import TIMED_MESSAGES
from bot.language.catalogues import Catalogues
from bot.runtime.timers import Timer
from storage.messages.outbox import OutboxRow
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

LOOK_SECONDS = 20.0


class WeeklyDigests:
    """Makes the digests that are due. Any number of workers may: the claim on an issue decides who does."""

    def __init__(
        self,
        storage: Storage,
        catalogues: Catalogues,
        hand_on: Callable[[list[OutboxRow]], None],
        bot_name: Callable[[], str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        messages: Sequence[TimedMessage] = TIMED_MESSAGES,
    ) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._hand_on = hand_on
        self._bot_name = bot_name
        self._clock = clock
        self._messages = messages
        self.timer = Timer("digests", LOOK_SECONDS, self.look)

    async def look(self) -> None:
        """Make what is due, and read reports that have changed, so that no digest has to read many at once."""
        while not await self._storage.write(lambda work: work.summaries.refresh(batches=1)):
            pass  # in small parts, between which others have their turn
        now = self._clock()
        for make in await self._storage.read(partial(_due, self._messages, now)):
            self._hand_on(await self._storage.write(partial(self._make, make, now)))

    def _make(self, make: Making, now: datetime, work: UnitOfWork) -> list[OutboxRow]:
        return make(Means(self._catalogues, self._bot_name(), now), work)


def _due(messages: Sequence[TimedMessage], now: datetime, work: UnitOfWork) -> list[Making]:
    return [make for message in messages if isinstance(message, Issue) for make in message.due(work, now)]
