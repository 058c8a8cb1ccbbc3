"""Subscribers, libraries and what the phones of subscribers show, without Telegram between; the clock is the test’s."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from bot.jobs.subscription_notices import SubscriptionNotices
from bot.language.catalogues import Catalogues
from bot.telegram.rendering import without_format
from conversations.context.session import Session, Turn
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    LanguageChosen,
    Outcome,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
    SubscriptionKept,
    SubscriptionsEnded,
    TimezoneChosen,
)
from conversations.model.subscriptions import Subscription, Wishes
from storage.models import PENDING, outbox, reports
from storage.registers import libraries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""A Tuesday, in waking hours everywhere in Europe."""

COORDINATOR = 1
ZONE = ZoneInfo("Europe/Copenhagen")


class Readers:
    """The bot's storage and its timer, and every chat as it looks to whoever reads it."""

    def __init__(self, storage: Storage, now: datetime = NOON) -> None:
        self.storage = storage
        self.now = now
        self.spreading = SubscriptionNotices(
            storage, Catalogues(), ZONE, lambda: None, lambda: "meldind_bot", lambda: self.now
        )
        self.shown: dict[int, dict[int, str]] = {}
        self.arrived: list[tuple[int, str]] = []
        """Every message that came anew, in order: whose phone made a sound."""
        self.blocked: set[int] = set()
        self._number = 0
        self._reports = 0

    async def restarts(self, url: str) -> None:
        """The process ends and another begins."""
        await self.storage.close()
        self.storage = Storage.open(url)
        self.spreading = SubscriptionNotices(
            self.storage, Catalogues(), ZONE, lambda: None, lambda: "meldind_bot", lambda: self.now
        )

    # what people do; numbers are those of their chats

    async def turn(self, who: int, *outcomes: Outcome) -> None:
        """A turn of that person, with all that follows in its transaction."""
        await self.storage.write(lambda work: self.turn_in(work, who, *outcomes))

    def turn_in(self, work: UnitOfWork, who: int, *outcomes: Outcome) -> None:
        """The same, in a transaction that is not over yet."""
        person = work.people.arrive(who, who, "en", self.now).person
        turn = Turn(Session(1, None), (), outcomes, language="en")
        self.spreading.spread(work, work.keep(person, turn, self.now), self.now)

    async def subscribes(self, who: int, this: str = "s1", pace: str = "at_once", **wanted: Any) -> Subscription:
        """They subscribe; `wanted` are parts of Wishes, and what else a subscription has."""
        wishes = Wishes(**{name: wanted.pop(name) for name in list(wanted) if name in Wishes.__slots__})
        subscription = Subscription(this, wishes, pace, **wanted)  # type: ignore[arg-type]
        await self.turn(who, SubscriptionKept(subscription))
        return subscription

    async def pauses(self, who: int, subscription: Subscription, *, paused: bool = True) -> Subscription:
        """They pause it, or go on."""
        changed = replace(subscription, paused=paused)
        await self.turn(who, SubscriptionKept(changed))
        return changed

    async def ends(self, who: int, *these: str) -> None:
        """They end these."""
        await self.turn(who, SubscriptionsEnded(these))

    async def reads_in(self, who: int, language: str, timezone: str = "") -> None:
        """They choose a language, and a time zone."""
        await self.turn(who, LanguageChosen(language), *((TimezoneChosen(timezone),) if timezone else ()))

    async def becomes(self, who: int, *roles: str) -> None:
        """They have exactly these roles from now on."""
        await self.storage.write(
            lambda work: work.members.become(work.people.arrive(who, who, "en", self.now).person.id, frozenset(roles))
        )

    async def reports(self, author: int = 50, *, publish: bool = True, town: str = "Odense", **answers: Any) -> str:
        """A report is sent, and published; its id."""
        self._reports += 1
        this = f"r{self._reports}"
        library = next(each for each in libraries() if each.municipality.name == town)
        told = {
            "library": {"key": library.key, "name": library.name},
            "status": "running",
            "title": f"Café {this}",
            "summary": "Neighbours talk Danish over coffee.",
            "themes": ["language_cafe"],
            "target_groups": ["refugees"],
            "sharing": "public",
            **answers,
        }
        answered = (Answered(this, question, value) for question, value in told.items())
        await self.turn(author, DraftStarted(this), *answered, ReportSubmitted(this))
        if publish:
            await self.publishes(this)
        return this

    async def publishes(self, report: str) -> None:
        """A coordinator publishes it as it is."""
        revision = await self.storage.read(
            lambda work: work._connection.scalar(select(reports.c.revision).where(reports.c.id == report))
        )
        await self.turn(COORDINATOR, ReportPublished(report, revision or 1))

    async def corrects(self, report: str, author: int = 50, **answers: Any) -> None:
        """Its author changes these answers."""
        await self.turn(author, *(Answered(report, question, value) for question, value in answers.items()))

    async def withdraws(self, report: str, author: int = 50) -> None:
        """Its author takes it back."""
        await self.turn(author, ReportWithdrawn(report))

    async def publishes_again(self, report: str) -> None:
        """It was withdrawn by mistake: whoever runs the bot puts that right, and it is published again."""
        waits = update(reports).where(reports.c.id == report).values(status="submitted")
        await self.storage.write(lambda work: work._connection.execute(waits))
        await self.publishes(report)

    # what time does

    async def look(self) -> None:
        """The timer looks, and the messages go out."""
        await self.spreading.look()
        await self.send()

    async def waits(self, **time: float) -> None:
        """So much time passes, and then the timer looks."""
        self.now += timedelta(**time)
        await self.look()

    async def send(self) -> None:
        """What is due goes out, in order, as the sender does it."""
        for _row in await self.storage.read(self._unsent):
            await self.storage.write(self._send_one)

    def _unsent(self, work: UnitOfWork) -> list[int]:
        due = select(outbox.c.id).where(outbox.c.state == PENDING, outbox.c.due_at <= self.now).order_by(outbox.c.id)
        return list(work._connection.scalars(due))

    def _send_one(self, work: UnitOfWork) -> None:
        this = self._unsent(work)[:1]
        if not this:
            return  # it was cancelled by one before it
        row = work._connection.execute(select(outbox).where(outbox.c.id == this[0])).one()
        replaced = work.notices.shown(row.key) if row.method == "editMessageText" else None
        if replaced is None and "only_shown" in row.payload:
            work.outbox.cancelled(row.id, self.now)
            return
        if row.chat_id in self.blocked:
            work.outbox.failed(row.id, "Forbidden", self.now)
            work.outbox.cancel_for(row.chat_id)
            work.people.stopped(row.chat_id)
            return
        text = without_format(row.payload)["text"]
        if replaced is None:
            self._number += 1
            self.arrived.append((row.chat_id, text))
        number = replaced or self._number
        self.shown.setdefault(row.chat_id, {})[number] = text
        work.outbox.sent(row.id, number, self.now)

    # what people see

    def reads(self, who: int) -> list[str]:
        """What stands in that chat now, the first lines."""
        return [text.splitlines()[0] for text in self.shown.get(who, {}).values()]

    def heard(self, who: int) -> int:
        """How many messages came to that chat."""
        return sum(chat == who for chat, _text in self.arrived)
