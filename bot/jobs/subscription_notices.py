"""Notices to subscribers of published initiatives, written in the transaction that publishes.

Later notices, for a summary or after the night, are stored as deliveries in the same transaction. A timer sends them
if they are still true. The timer also updates notices about what was corrected or withdrawn.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any

from bot.language.catalogues import Catalogues
from bot.runtime.timers import Timer
from bot.telegram.rendering import render
from conversations.flows.subscriptions import notices as news
from conversations.language.screen import Screen
from conversations.model.calls import zone_of
from conversations.model.initiatives import Appearance, Initiative, Sharing
from conversations.model.matching import Told
from conversations.model.subscriptions import due_at
from storage.messages.outbox import Outgoing
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from storage.subscriptions.deliveries import ChatReader, Delivery
from storage.subscriptions.subscriptions import Reader

LOOK_SECONDS = 20.0

CHATS = 20
"""Chats handled in one transaction: few enough not to delay turns."""

_WIDER: dict[Sharing, int] = {"coordinators": 0, "network": 1, "public": 2}


@dataclass(slots=True)
class SubscriptionNotices:
    """Notifies subscribers of initiatives; `zone` is that of people who have set none, `bot_name` is for links."""

    storage: Storage
    catalogues: Catalogues
    zone: tzinfo
    look_for_unsent: Callable[[], None]
    bot_name: Callable[[], str] = lambda: ""
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    timer: Timer = field(init=False)

    def __post_init__(self) -> None:
        """Make the timer of `look`."""
        self.timer = Timer("what subscribers are to be told", LOOK_SECONDS, self.look)

    async def look(self) -> None:
        """Send due notices and update outdated messages, in portions; a second look does nothing more."""
        now = self.clock()
        for find, act in ((_due, self._tell), (_stale, self._say_anew)):
            while chats := await self.storage.read(partial(find, now)):
                await self.storage.write(partial(_each, chats, act, now))
                self.look_for_unsent()

    def spread(self, work: UnitOfWork, changed: Sequence[Appearance], now: datetime) -> bool:
        """Store the notices that follow from what a turn `changed` for readers; returns whether there are any."""
        for each in changed:
            was = _WIDER[each.before.sharing] if each.before else 0
            is_now = _WIDER[each.after.sharing] if each.after else 0
            if is_now < was:
                work.deliveries.recall(each.id)
            if each.before is None or each.after is None or is_now != was or _reads_otherwise(each.before, each.after):
                work.deliveries.mark_stale(each.id)
            if each.after and is_now > was:
                self._publish(work, each.after, each.before, now)
        return bool(changed)

    def _publish(self, work: UnitOfWork, initiative: Initiative, before: Initiative | None, now: datetime) -> None:
        """Notify all matching subscribers who were not notified before."""
        known = work.deliveries.states(initiative.id)
        found: dict[int, list[Reader]] = {}
        for reader in work.subscriptions.readers(Told(initiative, self.catalogues.spellings), before):
            if known.get(reader.chat) not in ("told", "waiting"):
                found.setdefault(reader.chat, []).append(reader)
        work.deliveries.forget(initiative.id, found.keys() & known.keys())
        saying = _Saying(self.catalogues, work, self.bot_name())
        new, due, messages = [], [], []
        for chat, readers in found.items():
            first, at = min(((each, self._due_at(each, now)) for each in readers), key=lambda each: each[1])
            at_once = at <= now
            delivery = Delivery(
                chat,
                initiative.id,
                first.person,
                tuple(each.subscription.id for each in readers),
                first.subscription.pace,
                "told" if at_once else "waiting",
                f"new:{initiative.id}:{chat}" if at_once else "",
            )
            new.append(delivery)
            due.append(at)
            if at_once:
                # If it was recalled, that may have been too late: then the new message replaces the old one.
                method = "editMessageText" if chat in known else "sendMessage"
                messages.append(_message(delivery, method, saying.one(initiative, first.language, chat), now))
        work.deliveries.add(new, due)
        work.outbox.add_many(messages)

    def _due_at(self, reader: Reader, now: datetime) -> datetime:
        zone = zone_of(reader.timezone) if reader.timezone else self.zone
        wanted = reader.subscription
        return due_at(wanted.pace, wanted.weekday, wanted.hour, zone, now)

    def _tell(self, work: UnitOfWork, chat: int, now: datetime) -> None:
        """Send what waits for the chat: notices after the night, and one summary of everything else."""
        rows = work.deliveries.due(chat, now)
        if not rows:
            return
        reader = work.deliveries.reader(rows[0])
        still = _Still(self.catalogues, work, reader, rows)
        wanted = [row for row in rows if reader and still.matches(row)]
        for row in rows:
            if row not in wanted:
                work.deliveries.settle(row, "passed", "")
        if not reader:
            return
        saying = _Saying(self.catalogues, work, self.bot_name())
        for row in (row for row in wanted if row.pace == "at_once"):
            told = replace(row, key=f"new:{row.report}:{chat}")
            work.deliveries.settle(row, "told", told.key)
            payload = saying.one(still.there[row.report], reader.language, chat)
            work.outbox.add(_message(told, "sendMessage", payload, now))
        gathered = [row for row in wanted if row.pace != "at_once"]
        for start in range(0, len(gathered), news.TOGETHER):
            some = gathered[start : start + news.TOGETHER]
            key = f"news:{some[0].report}:{chat}"
            for row in some:
                work.deliveries.settle(row, "told", key)
            payload = saying.several([still.there[row.report] for row in some], len(some), reader.language, chat)
            work.outbox.add(_message(replace(some[0], key=key), "sendMessage", payload, now))

    def _say_anew(self, work: UnitOfWork, chat: int, now: datetime) -> None:
        """Update the outdated messages in the chat, each once."""
        rows = work.deliveries.stale(chat)
        for row in rows:
            work.deliveries.settle(row, row.state, row.key)
        for row in {row.key: row for row in rows if row.key}.values():
            reader = work.deliveries.reader(row)
            if reader:
                self._change(work, row, reader, now)

    def _change(self, work: UnitOfWork, row: Delivery, reader: ChatReader, now: datetime) -> None:
        saying = _Saying(self.catalogues, work, self.bot_name())
        together = work.deliveries.together(row.key)
        still = _Still(self.catalogues, work, reader, together)
        there = [still.there[each.report] for each in together if still.seen(each)]
        unsent = work.notices.unsent(row.key)
        if row.key.startswith("news:"):
            payload = saying.several(there, len(together), reader.language, row.chat)
        elif not there:
            payload, unsent = saying.nothing(reader.language), False
        else:
            payload = saying.one(there[0], reader.language, row.chat)
            if row.state == "recalled":
                if not still.matches(row):
                    return
                work.deliveries.settle(row, "told", row.key)
                unsent = True
        # A message that was not sent, or is on its way, is changed only if it is shown.
        shown_only = {} if unsent else {"only_shown": True}
        work.outbox.add(_message(row, "editMessageText", {**payload, **shown_only}, now))


class _Saying:
    """Messages about initiatives, each made once for a language and its buttons."""

    def __init__(self, catalogues: Catalogues, work: UnitOfWork, bot: str) -> None:
        self._catalogues = catalogues
        self._work = work
        self._bot = bot
        self._made: dict[tuple[str, str, bool], dict[str, Any]] = {}

    def one(self, initiative: Initiative, language: str, chat: int) -> dict[str, Any]:
        """Returns a notice of the initiative."""
        made = (initiative.id, language, chat < 0)
        if made not in self._made:
            if chat < 0:
                screen = news.in_group(initiative, self._bot)
            else:
                reporter = self._work.notes.reporter(initiative.id)
                reached = reporter is not None and self._work.notes.reaches(reporter)
                screen = news.notice(initiative, contact=reached)
            self._made[made] = self._rendered(screen, language)
        return self._made[made]

    def several(self, there: list[Initiative], number: int, language: str, chat: int) -> dict[str, Any]:
        """Returns a summary."""
        return self._rendered(news.summary(there, number, bot=self._bot, group=chat < 0), language)

    def nothing(self, language: str) -> dict[str, Any]:
        """Returns the text that replaces a notice."""
        return self._rendered(news.no_longer(), language)

    def _rendered(self, screen: Screen, language: str) -> dict[str, Any]:
        # It is not an answer, so its buttons belong to no step; it is short enough for one message.
        (payload,) = render(replace(screen, revision=0), self._catalogues[language])
        return payload


class _Still:
    """Checks which deliveries to one chat are still true."""

    def __init__(
        self, catalogues: Catalogues, work: UnitOfWork, reader: ChatReader | None, rows: Sequence[Delivery]
    ) -> None:
        self.there = work.initiatives.stored([row.report for row in rows])
        self._spell = catalogues.spellings
        self._sees = ("public", "network") if reader and reader.in_network else ("public",)
        self._work = work

    def seen(self, row: Delivery) -> bool:
        """Returns whether the initiative is published, and the chat's reader may see it."""
        return row.report in self.there and self.there[row.report].sharing in self._sees

    def matches(self, row: Delivery) -> bool:
        """Returns whether a subscription also still matches it."""
        if not self.seen(row):
            return False
        told = Told(self.there[row.report], self._spell)
        readers = self._work.subscriptions.of_chat(row.person, row.chat)
        return any(told.matches(reader.subscription.wishes) for reader in readers)


def _reads_otherwise(before: Initiative, after: Initiative) -> bool:
    return news.told(before) != news.told(after)


def _message(delivery: Delivery, method: str, payload: dict[str, Any], now: datetime) -> Outgoing:
    person = delivery.person if delivery.chat > 0 else None
    return Outgoing(delivery.chat, method, payload, "notice", now, key=delivery.key, person_id=person)


def _due(now: datetime, work: UnitOfWork) -> list[int]:
    return work.deliveries.chats_due(now, CHATS)


def _stale(_now: datetime, work: UnitOfWork) -> list[int]:
    return work.deliveries.chats_stale(CHATS)


def _each(
    chats: Sequence[int], act: Callable[[UnitOfWork, int, datetime], None], now: datetime, work: UnitOfWork
) -> None:
    for chat in sorted(chats):  # in a fixed order, so that two workers never deadlock
        act(work, chat, now)
