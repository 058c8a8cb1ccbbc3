"""Reminders: planned as rows with a unique key, so that each is sent once, and sent in people's waking hours."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.jobs.timed.message import Look, Moment, Part, Reminder, TimedMessage
from bot.jobs.timed.planning import plan_portion, reminders_of
from bot.jobs.timed.registry import TIMED_MESSAGES
from bot.language.catalogues import Catalogues
from bot.sending.notices import notify
from conversations.context.session import Notice
from conversations.model.reminders import next_waking
from storage.calls.reminders import DueReminder
from storage.messages.outbox import OutboxRow
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

AT_ONCE = 100
"""Rows handled in one transaction: few enough not to delay turns."""

AGAIN = timedelta(minutes=15)
"""How long a part is not searched again."""

LOOKED_FOR = frozenset({Moment.MINUTE, Moment.QUARTER})


class Reminders:
    """Plans and sends the reminders among `messages`; `zone` is the time zone of people who have set none."""

    def __init__(
        self,
        catalogues: Catalogues,
        zone: ZoneInfo,
        messages: Sequence[TimedMessage] = TIMED_MESSAGES,
        bot_name: Callable[[], str] = lambda: "",
    ) -> None:
        self._catalogues = catalogues
        self._zone = zone
        self._bot_name = bot_name
        self._messages = tuple(reminders_of(messages))
        self._quarter = 0
        self._planned: list[tuple[Reminder, Part]] = []
        """The parts searched in this quarter of an hour."""

    async def plan(self, storage: Storage, now: datetime) -> None:
        """Store a row for each reminder that is due now and not yet stored, in portions, so that no turn waits for all.

        Parts of messages with Moment.QUARTER are searched again after AGAIN, or at once if the part has changed.
        """
        quarter = int(now.timestamp() // AGAIN.total_seconds())
        if quarter != self._quarter:
            self._quarter, self._planned = quarter, []
        for message, part in await storage.read(partial(self._parts, now)):
            rest: Part | None = part
            while rest is not None:
                rest = await storage.write(partial(self._plan, message, rest, now))
            if message.moment is Moment.QUARTER:
                self._planned.append((message, part))

    def _parts(self, now: datetime, work: UnitOfWork) -> list[tuple[Reminder, Part]]:
        look = Look(work, now, self._zone)
        return [
            (message, part)
            for message in self._messages
            if message.moment in LOOKED_FOR
            for part in message.parts(look)
            if (message, part) not in self._planned
        ]

    def _plan(self, message: Reminder, part: Part, now: datetime, work: UnitOfWork) -> Part | None:
        _new, rest = plan_portion(Look(work, now, self._zone), message, part)
        return rest

    def tell(self, work: UnitOfWork, now: datetime) -> list[OutboxRow]:
        """Put due reminders into the outbox, each once; those at night wait for the reader's morning.

        A row of an unknown kind, which another version of the bot planned, is marked as passed.
        """
        look = Look(work, now, self._zone, bot_name=self._bot_name())
        due = list(work.reminders.due(now, AT_ONCE))
        of_kind = {kind.value: message for message in self._messages for kind in message.kinds}
        of_message: dict[Reminder, list[DueReminder]] = defaultdict(list)
        for row in due:
            if message := of_kind.get(row.kind):
                of_message[message].append(row)
        telling = {message: message.telling(look, rows) for message, rows in of_message.items()}
        told: list[OutboxRow] = []
        for row in due:
            message = of_kind.get(row.kind)
            awake = next_waking(now, look.zone_of(row.timezone))
            if message is None or not (row.wanted or message.told_to_all) or now >= row.until:
                work.reminders.passed(row.id, now)
            elif awake > now and not (message.urgent and awake >= row.until):
                work.reminders.move(row.id, awake)
            elif (screen := telling[message](row)) is None:
                work.reminders.passed(row.id, now)
            else:
                work.reminders.told(row.id, now)
                told += notify(work, [Notice(row.person, screen, f"occasion:{row.id}")], self._catalogues, now)
        return told
