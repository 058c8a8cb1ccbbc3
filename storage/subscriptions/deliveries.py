"""Deliveries of initiatives to subscribers: one row for each chat and initiative, so that each is told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from sqlalchemy import Connection, case, delete, func, insert, select, update

from conversations.model.subscriptions import Pace
from storage.messages.outbox import ended
from storage.models import PENDING, WAITING, deliveries, outbox, people, subscribed_chats
from storage.people.network import IN_NETWORK

State: TypeAlias = Literal["waiting", "told", "recalled", "passed"]

AT_ONCE = 500
"""Keys in one statement; databases limit the number of parameters."""

_COLUMNS = (
    deliveries.c.chat_id,
    deliveries.c.report_id,
    deliveries.c.person_id,
    deliveries.c.subscriptions,
    deliveries.c.pace,
    deliveries.c.state,
    deliveries.c.key,
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery of an initiative to a chat, because of these subscriptions of `person`; `key` is the message's."""

    chat: int
    report: str
    person: int
    subscriptions: tuple[str, ...]
    pace: Pace
    state: State = "waiting"
    key: str = ""


@dataclass(frozen=True, slots=True)
class ChatReader:
    """The reader of a chat: the language, and whether they belong to a library or are a registered partner."""

    language: str
    in_network: bool


class Deliveries:
    """The deliveries, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def states(self, report: str) -> Mapping[int, str]:
        """Returns the delivery states of the initiative, by chat."""
        query = select(deliveries.c.chat_id, deliveries.c.state).where(deliveries.c.report_id == report)
        return dict(self._connection.execute(query).all())

    def add(self, new: Sequence[Delivery], due: Sequence[datetime]) -> None:
        """Store these deliveries, each with its time in `due`."""
        if new:
            self._connection.execute(insert(deliveries), [_row(each, at) for each, at in zip(new, due, strict=True)])

    def forget(self, report: str, chats: Iterable[int]) -> None:
        """Delete the deliveries to these chats, so that they may be told later."""
        for some in _in_parts(sorted(chats)):
            self._connection.execute(
                delete(deliveries).where(deliveries.c.report_id == report, deliveries.c.chat_id.in_(some))
            )

    def recall(self, report: str) -> None:
        """Cancel the deliveries of the initiative that were not sent yet."""
        change = (
            update(outbox)
            .where(
                outbox.c.state == PENDING,
                outbox.c.key.in_(
                    select(deliveries.c.key).where(
                        deliveries.c.report_id == report,
                        deliveries.c.state == "told",
                        deliveries.c.pace == "at_once",
                    )
                ),
            )
            .values(ended("cancelled"))
            .returning(outbox.c.chat_id)
        )
        chats = self._connection.scalars(change).all()
        for some in _in_parts(sorted(set(chats))):
            self._connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.report_id == report,
                    deliveries.c.chat_id.in_(some),
                    deliveries.c.state == "told",
                )
                .values(state="recalled")
            )

    def mark_stale(self, report: str) -> None:
        """Mark sent deliveries of the initiative as out of date, so that their messages are updated."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.report_id == report, deliveries.c.state.in_(("told", "recalled")))
            .values(stale=True)
        )

    def chats_due(self, now: datetime, most: int) -> list[int]:
        """Returns up to `most` chats with due deliveries, longest waiting first."""
        query = (
            select(deliveries.c.chat_id)
            .where(deliveries.c.state == WAITING, deliveries.c.due_at <= now)
            .group_by(deliveries.c.chat_id)
            .order_by(func.min(deliveries.c.due_at), deliveries.c.chat_id)
            .limit(most)
        )
        return list(self._connection.scalars(query))

    def due(self, chat: int, now: datetime) -> list[Delivery]:
        """Returns the due deliveries to the chat, locked so that no other worker sends them."""
        query = (
            select(*_COLUMNS)
            .where(
                deliveries.c.state == WAITING,
                deliveries.c.due_at <= now,
                deliveries.c.chat_id == chat,
            )
            .order_by(deliveries.c.due_at, deliveries.c.report_id)
            .with_for_update()
        )
        return [_delivery(row) for row in self._connection.execute(query)]

    def settle(self, delivery: Delivery, state: State, key: str) -> None:
        """Set the delivery's state, and the key of the message that told it."""
        self._connection.execute(
            update(deliveries)
            .where(deliveries.c.chat_id == delivery.chat, deliveries.c.report_id == delivery.report)
            .values(state=state, key=key, stale=False)
        )

    def chats_stale(self, most: int) -> list[int]:
        """Returns up to `most` chats with messages that are out of date."""
        query = (
            select(deliveries.c.chat_id)
            .where(deliveries.c.stale.is_(True))
            .group_by(deliveries.c.chat_id)
            .order_by(deliveries.c.chat_id)
            .limit(most)
        )
        return list(self._connection.scalars(query))

    def stale(self, chat: int) -> list[Delivery]:
        """Returns the out-of-date deliveries to the chat, locked so that no other worker updates them."""
        query = (
            select(*_COLUMNS)
            .where(deliveries.c.stale.is_(True), deliveries.c.chat_id == chat)
            .order_by(deliveries.c.key, deliveries.c.report_id)
            .with_for_update()
        )
        return [_delivery(row) for row in self._connection.execute(query)]

    def together(self, key: str) -> list[Delivery]:
        """Returns all deliveries that were told with the message of that key."""
        query = select(*_COLUMNS).where(deliveries.c.key == key).order_by(deliveries.c.report_id)
        return [_delivery(row) for row in self._connection.execute(query)]

    def because_of(self, person: int, report: str) -> tuple[str, ...]:
        """Returns the ids of the subscriptions because of which the person was told of the report."""
        query = select(deliveries.c.subscriptions).where(
            deliveries.c.person_id == person,
            deliveries.c.report_id == report,
            deliveries.c.state.in_(("told", "recalled")),
        )
        found = self._connection.scalars(query).all()
        return tuple(dict.fromkeys(this for these in found for this in these))

    def reader(self, delivery: Delivery) -> ChatReader | None:
        """Returns the reader of the chat; None: they have stopped the bot, or the bot is no longer there."""
        if delivery.chat < 0:
            language = self._connection.scalar(
                select(subscribed_chats.c.language).where(
                    subscribed_chats.c.chat_id == delivery.chat, subscribed_chats.c.state.in_(("open", "orphaned"))
                )
            )
            return None if language is None else ChatReader(language, in_network=False)
        query = select(people.c.language, people.c.stopped_at.is_not(None), case((IN_NETWORK, 1), else_=0)).where(
            people.c.id == delivery.person
        )
        for language, stopped, in_network in self._connection.execute(query):
            return None if stopped else ChatReader(language, bool(in_network))
        return None


def _row(this: Delivery, due_at: datetime) -> dict[str, Any]:
    return {
        "chat_id": this.chat,
        "report_id": this.report,
        "person_id": this.person,
        "subscriptions": list(this.subscriptions),
        "pace": this.pace,
        "state": this.state,
        "due_at": due_at,
        "key": this.key,
        "stale": False,
    }


def _delivery(row: Any) -> Delivery:
    chat, report, person, subscriptions, pace, state, key = row
    return Delivery(chat, report, person, tuple(subscriptions), cast("Pace", pace), cast("State", state), key)


def _in_parts(these: list[int]) -> Iterator[list[int]]:
    return (these[start : start + AT_ONCE] for start in range(0, len(these), AT_ONCE))
