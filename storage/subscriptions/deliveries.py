"""Deliveries of initiatives to subscribers: one row for each chat and initiative, so that each is told once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from sqlalchemy import BindParameter, Connection, bindparam, case, delete, func, insert, select, update

from conversations.model.subscriptions import Pace
from storage.messages.outbox import ended
from storage.models import PENDING, WAITING, deliveries, outbox, people, subscribed_chats
from storage.people.network import IN_NETWORK

State: TypeAlias = Literal["waiting", "told", "recalled", "passed"]

AT_ONCE = 500
"""Keys in one statement; databases limit the number of parameters."""

_CHATS: BindParameter[int] = bindparam("chats", expanding=True)

_STATES = select(deliveries.c.chat_id, deliveries.c.state).where(deliveries.c.report_id == bindparam("report"))
_ADD = insert(deliveries)
_FORGET = delete(deliveries).where(deliveries.c.report_id == bindparam("report"), deliveries.c.chat_id.in_(_CHATS))

_MARK = (
    update(deliveries)
    .where(deliveries.c.report_id == bindparam("report"), deliveries.c.state.in_(("told", "recalled")))
    .values(stale=True)
)
_CANCEL = (
    update(outbox)
    .where(
        outbox.c.state == PENDING,
        outbox.c.key.in_(
            select(deliveries.c.key).where(
                deliveries.c.report_id == bindparam("report"),
                deliveries.c.state == "told",
                deliveries.c.pace == "at_once",
            )
        ),
    )
    .values(ended("cancelled"))
    .returning(outbox.c.chat_id)
)
_RECALL = (
    update(deliveries)
    .where(
        deliveries.c.report_id == bindparam("report"),
        deliveries.c.chat_id.in_(_CHATS),
        deliveries.c.state == "told",
    )
    .values(state="recalled")
)

_COLUMNS = (
    deliveries.c.chat_id,
    deliveries.c.report_id,
    deliveries.c.person_id,
    deliveries.c.subscriptions,
    deliveries.c.pace,
    deliveries.c.state,
    deliveries.c.key,
)
_CHATS_DUE = (
    select(deliveries.c.chat_id)
    .where(deliveries.c.state == WAITING, deliveries.c.due_at <= bindparam("now"))
    .group_by(deliveries.c.chat_id)
    .order_by(func.min(deliveries.c.due_at), deliveries.c.chat_id)
    .limit(bindparam("most"))
)
_DUE = (
    select(*_COLUMNS)
    .where(
        deliveries.c.state == WAITING,
        deliveries.c.due_at <= bindparam("now"),
        deliveries.c.chat_id == bindparam("chat"),
    )
    .order_by(deliveries.c.due_at, deliveries.c.report_id)
    .with_for_update()  # another worker then finds them already told
)
_SETTLE = (
    update(deliveries)
    .where(deliveries.c.chat_id == bindparam("chat"), deliveries.c.report_id == bindparam("report"))
    .values(state=bindparam("new_state"), key=bindparam("new_key"), stale=False)
)

_CHATS_STALE = (
    select(deliveries.c.chat_id)
    .where(deliveries.c.stale.is_(True))
    .group_by(deliveries.c.chat_id)
    .order_by(deliveries.c.chat_id)
    .limit(bindparam("most"))
)
_STALE = (
    select(*_COLUMNS)
    .where(deliveries.c.stale.is_(True), deliveries.c.chat_id == bindparam("chat"))
    .order_by(deliveries.c.key, deliveries.c.report_id)
    .with_for_update()
)
_WITH_KEY = select(*_COLUMNS).where(deliveries.c.key == bindparam("this")).order_by(deliveries.c.report_id)

_OF_PERSON = select(deliveries.c.subscriptions).where(
    deliveries.c.person_id == bindparam("person"),
    deliveries.c.report_id == bindparam("report"),
    deliveries.c.state.in_(("told", "recalled")),
)
_READER = select(people.c.language, people.c.stopped_at.is_not(None), case((IN_NETWORK, 1), else_=0)).where(
    people.c.id == bindparam("person")
)
_GROUP = select(subscribed_chats.c.language).where(
    subscribed_chats.c.chat_id == bindparam("chat"), subscribed_chats.c.state.in_(("open", "orphaned"))
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
        return dict(self._connection.execute(_STATES, {"report": report}).all())

    def add(self, new: Sequence[Delivery], due: Sequence[datetime]) -> None:
        """Store these deliveries, each with its time in `due`."""
        if new:
            self._connection.execute(_ADD, [_row(each, at) for each, at in zip(new, due, strict=True)])

    def forget(self, report: str, chats: Iterable[int]) -> None:
        """Delete the deliveries to these chats, so that they may be told later."""
        for some in _in_parts(sorted(chats)):
            self._connection.execute(_FORGET, {"report": report, "chats": some})

    def recall(self, report: str) -> None:
        """Cancel the deliveries of the initiative that were not sent yet."""
        chats = self._connection.scalars(_CANCEL, {"report": report}).all()
        for some in _in_parts(sorted(set(chats))):
            self._connection.execute(_RECALL, {"report": report, "chats": some})

    def mark_stale(self, report: str) -> None:
        """Mark sent deliveries of the initiative as out of date, so that their messages are updated."""
        self._connection.execute(_MARK, {"report": report})

    def chats_due(self, now: datetime, most: int) -> list[int]:
        """Returns up to `most` chats with due deliveries, longest waiting first."""
        return list(self._connection.scalars(_CHATS_DUE, {"now": now, "most": most}))

    def due(self, chat: int, now: datetime) -> list[Delivery]:
        """Returns the due deliveries to the chat, locked so that no other worker sends them."""
        return [_delivery(row) for row in self._connection.execute(_DUE, {"chat": chat, "now": now})]

    def settle(self, delivery: Delivery, state: State, key: str) -> None:
        """Set the delivery's state, and the key of the message that told it."""
        self._connection.execute(
            _SETTLE, {"chat": delivery.chat, "report": delivery.report, "new_state": state, "new_key": key}
        )

    def chats_stale(self, most: int) -> list[int]:
        """Returns up to `most` chats with messages that are out of date."""
        return list(self._connection.scalars(_CHATS_STALE, {"most": most}))

    def stale(self, chat: int) -> list[Delivery]:
        """Returns the out-of-date deliveries to the chat, locked so that no other worker updates them."""
        return [_delivery(row) for row in self._connection.execute(_STALE, {"chat": chat})]

    def together(self, key: str) -> list[Delivery]:
        """Returns all deliveries that were told with the message of that key."""
        return [_delivery(row) for row in self._connection.execute(_WITH_KEY, {"this": key})]

    def because_of(self, person: int, report: str) -> tuple[str, ...]:
        """Returns the ids of the subscriptions because of which the person was told of the report."""
        found = self._connection.scalars(_OF_PERSON, {"person": person, "report": report}).all()
        return tuple(dict.fromkeys(this for these in found for this in these))

    def reader(self, delivery: Delivery) -> ChatReader | None:
        """Returns the reader of the chat; None: they have stopped the bot, or the bot is no longer there."""
        if delivery.chat < 0:
            language = self._connection.scalar(_GROUP, {"chat": delivery.chat})
            return None if language is None else ChatReader(language, in_network=False)
        for language, stopped, in_network in self._connection.execute(_READER, {"person": delivery.person}):
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
