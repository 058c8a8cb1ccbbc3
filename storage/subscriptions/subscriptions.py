"""Subscriptions to new initiatives: their filters, and whom each reaches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import BindParameter, Connection, and_, bindparam, delete, insert, literal_column, or_, select, update

from conversations.model.initiatives import Initiative
from conversations.model.matching import Told, hooks_of
from conversations.model.subscriptions import Chat, Pace, Subscription, wishes_of
from storage.models import (
    initiatives,
    people,
    reports,
    subscribed_chats,
    subscription_hooks,
    subscriptions,
)
from storage.people.network import IN_NETWORK
from storage.search.initiatives import initiative_of

MOST_RECENT = 2000
"""How many of the newest initiatives an estimate considers."""

_COLUMNS = (
    subscriptions.c.id,
    subscriptions.c.wishes,
    subscriptions.c.pace,
    subscriptions.c.weekday,
    subscriptions.c.hour,
    subscriptions.c.paused,
    subscriptions.c.chat_id,
)
_OWN = (
    select(*_COLUMNS)
    .where(subscriptions.c.person_id == bindparam("person"), subscriptions.c.ended_at.is_(None))
    .order_by(subscriptions.c.since, subscriptions.c.id)
)
_ONE = select(*_COLUMNS).where(
    subscriptions.c.person_id == bindparam("person"), subscriptions.c.id == bindparam("this")
)
_OF_OTHERS = select(subscriptions.c.person_id).where(subscriptions.c.id == bindparam("this"))

_ADD = insert(subscriptions)
_CHANGE = (
    update(subscriptions)
    .where(subscriptions.c.id == bindparam("this"))
    .values(
        wishes=bindparam("new_wishes"),
        pace=bindparam("new_pace"),
        weekday=bindparam("new_weekday"),
        hour=bindparam("new_hour"),
        paused=bindparam("new_paused"),
        chat_id=bindparam("new_chat"),
        ended_at=None,
    )
)
_END = (
    update(subscriptions)
    .where(
        subscriptions.c.person_id == bindparam("person"),
        subscriptions.c.id == bindparam("this"),
        subscriptions.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("now"))
)
_REVIVE = (
    update(subscriptions)
    .where(subscriptions.c.person_id == bindparam("person"), subscriptions.c.id == bindparam("this"))
    .values(ended_at=None)
)
_UNHOOK = delete(subscription_hooks).where(subscription_hooks.c.subscription_id == bindparam("this"))
_HOOK = insert(subscription_hooks)

_HOOKS: BindParameter[str] = bindparam("hooks", expanding=True)
_ACTIVE = subscriptions.c.ended_at.is_(None) & subscriptions.c.paused.is_(False)
_ASKED, _OPEN, _MUTED = (
    literal_column(f"'{state}'", subscribed_chats.c.state.type) for state in ("asked", "open", "muted")
)
_REACHED = (
    select(
        *_COLUMNS,
        subscriptions.c.person_id,
        people.c.chat_id,
        people.c.language,
        people.c.timezone,
        subscribed_chats.c.language,
    )
    .join(people, people.c.id == subscriptions.c.person_id)
    .join(
        subscribed_chats,
        and_(
            subscribed_chats.c.chat_id == subscriptions.c.chat_id,
            subscribed_chats.c.state != _ASKED,
            subscribed_chats.c.state != _MUTED,
        ),
        isouter=True,
    )
    .where(
        _ACTIVE,
        or_(
            (subscriptions.c.chat_id == 0) & people.c.stopped_at.is_(None),
            subscribed_chats.c.chat_id.is_not(None),
        ),
    )
    .order_by(subscriptions.c.since, subscriptions.c.id)
)
_FILED = subscriptions.c.id.in_(
    select(subscription_hooks.c.subscription_id).where(subscription_hooks.c.hook.in_(_HOOKS))
)
# The author already knows of the initiative.
_OTHERS = or_(
    subscriptions.c.chat_id != 0,
    subscriptions.c.person_id.not_in(
        select(reports.c.person_id).where(reports.c.id == bindparam("report"), reports.c.person_id.is_not(None))
    ),
)
_CANDIDATES = _REACHED.where(_FILED, _OTHERS)
_OF_NETWORK = _CANDIDATES.where(subscriptions.c.chat_id == 0, IN_NETWORK)
_NOT_OF_NETWORK = _CANDIDATES.where(or_(subscriptions.c.chat_id != 0, ~IN_NETWORK))
_OF_GROUP = _REACHED.where(subscriptions.c.chat_id == bindparam("chat"))
_OF_PERSON = _REACHED.where(subscriptions.c.chat_id == 0, subscriptions.c.person_id == bindparam("person"))

_RECENT = (
    select(initiatives)
    .join(reports, reports.c.id == initiatives.c.report_id)
    .where(
        initiatives.c.published_at >= bindparam("since"),
        initiatives.c.sharing.in_(bindparam("seen", expanding=True)),
        or_(reports.c.person_id.is_(None), reports.c.person_id != bindparam("person")),
    )
    .order_by(initiatives.c.published_at.desc(), initiatives.c.report_id)
    .limit(MOST_RECENT)
)

_CHATS = (
    select(
        subscribed_chats.c.chat_id,
        subscribed_chats.c.title,
        subscribed_chats.c.known_at,
        subscribed_chats.c.state != _OPEN,
    )
    .where(subscribed_chats.c.person_id == bindparam("person"), subscribed_chats.c.state != _ASKED)
    .order_by(subscribed_chats.c.added_at, subscribed_chats.c.chat_id)
)


@dataclass(frozen=True, slots=True)
class Reader:
    """The person and chat that one subscription reaches; `chat` is the Telegram id of their chat or the group."""

    subscription: Subscription
    person: int
    chat: int
    language: str
    timezone: str


class Subscriptions:
    """All subscriptions, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: int) -> list[Subscription]:
        """Returns the person's active subscriptions, oldest first."""
        return [_subscription(row) for row in self._connection.execute(_OWN, {"person": person})]

    def one(self, person: int, this: str) -> Subscription | None:
        """Returns the person's own subscription with that id, active or ended."""
        for row in self._connection.execute(_ONE, {"person": person, "this": this}):
            return _subscription(row)
        return None

    def keep(self, person: int, subscription: Subscription, now: datetime) -> None:
        """Store the person's new or changed subscription; one of another person with that id stays unchanged."""
        owner = self._connection.scalar(_OF_OTHERS, {"this": subscription.id})
        values = {
            "wishes": subscription.wishes.as_json(),
            "pace": subscription.pace,
            "weekday": subscription.weekday,
            "hour": subscription.hour,
            "paused": subscription.paused,
        }
        if owner is None:
            new = {"id": subscription.id, "person_id": person, "chat_id": subscription.chat, "since": now}
            self._connection.execute(_ADD, {**new, **values, "ended_at": None})
        elif owner == person:
            changed = {f"new_{name}": value for name, value in values.items()}
            self._connection.execute(_CHANGE, {"this": subscription.id, "new_chat": subscription.chat, **changed})
        else:
            return
        self._connection.execute(_UNHOOK, {"this": subscription.id})
        hooks = [{"hook": hook, "subscription_id": subscription.id} for hook in hooks_of(subscription.wishes)]
        self._connection.execute(_HOOK, hooks)

    def end(self, person: int, these: Iterable[str], now: datetime) -> None:
        """End these subscriptions of the person."""
        for this in these:
            self._connection.execute(_END, {"person": person, "this": this, "now": now})

    def revive(self, person: int, these: Iterable[str]) -> None:
        """Make these ended subscriptions of the person active again."""
        for this in these:
            self._connection.execute(_REVIVE, {"person": person, "this": this})

    def readers(self, told: Told, before: Initiative | None) -> Iterator[Reader]:
        """Yields the readers of all matching subscriptions who may see the initiative now and could not see it
        `before`.
        """
        sharing, was = told.initiative.sharing, before.sharing if before else "coordinators"
        if sharing == "coordinators" or was == "public":
            return
        if sharing == was:
            return
        statement = _OF_NETWORK if sharing == "network" else _NOT_OF_NETWORK if was == "network" else _CANDIDATES
        asked = {"hooks": list(told.hooks()), "report": told.initiative.id}
        for reader in map(_reader, self._connection.execute(statement, asked)):
            if told.matches(reader.subscription.wishes):
                yield reader

    def of_chat(self, person: int, chat: int) -> list[Reader]:
        """Returns the active subscriptions of that chat: those of the person, or of everybody if it is a group."""
        statement, asked = (_OF_PERSON, {"person": person}) if chat > 0 else (_OF_GROUP, {"chat": chat})
        return [_reader(row) for row in self._connection.execute(statement, asked)]

    def recent(self, person: int, seen: Iterable[str], since: datetime) -> list[Initiative]:
        """Returns the newest MOST_RECENT initiatives that others published since then and that are shared with
        `seen`.
        """
        asked = {"person": person, "seen": sorted(seen), "since": since}
        return [initiative_of(row) for row in self._connection.execute(_RECENT, asked)]

    def chats(self, person: int) -> Sequence[Chat]:
        """Returns the groups and channels that the person has opened for initiatives, oldest first."""
        return [Chat(*row) for row in self._connection.execute(_CHATS, {"person": person})]


def _subscription(row: Sequence[Any]) -> Subscription:
    this, wishes, pace, weekday, hour, paused, chat = row[: len(_COLUMNS)]
    return Subscription(this, wishes_of(wishes), cast("Pace", pace), weekday, hour, paused, chat)


def _reader(row: Sequence[Any]) -> Reader:
    person, own_chat, language, timezone, groups_language = row[len(_COLUMNS) :]
    subscription = _subscription(row)
    if subscription.chat:
        return Reader(subscription, person, subscription.chat, groups_language, timezone)
    return Reader(subscription, person, own_chat, language, timezone)
