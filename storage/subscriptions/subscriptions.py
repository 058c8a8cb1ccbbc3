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
        query = (
            select(*_COLUMNS)
            .where(subscriptions.c.person_id == person, subscriptions.c.ended_at.is_(None))
            .order_by(subscriptions.c.since, subscriptions.c.id)
        )
        return [_subscription(row) for row in self._connection.execute(query)]

    def one(self, person: int, this: str) -> Subscription | None:
        """Returns the person's own subscription with that id, active or ended."""
        query = select(*_COLUMNS).where(subscriptions.c.person_id == person, subscriptions.c.id == this)
        for row in self._connection.execute(query):
            return _subscription(row)
        return None

    def keep(self, person: int, subscription: Subscription, now: datetime) -> None:
        """Store the person's new or changed subscription; one of another person with that id stays unchanged."""
        owner = self._connection.scalar(select(subscriptions.c.person_id).where(subscriptions.c.id == subscription.id))
        values = {
            "wishes": subscription.wishes.as_json(),
            "pace": subscription.pace,
            "weekday": subscription.weekday,
            "hour": subscription.hour,
            "paused": subscription.paused,
            "chat_id": subscription.chat,
            "ended_at": None,
        }
        if owner is None:
            new = {"id": subscription.id, "person_id": person, "since": now}
            self._connection.execute(insert(subscriptions), {**new, **values})
        elif owner == person:
            self._connection.execute(
                update(subscriptions).where(subscriptions.c.id == subscription.id).values(**values)
            )
        else:
            return
        self._connection.execute(
            delete(subscription_hooks).where(subscription_hooks.c.subscription_id == subscription.id)
        )
        hooks = [{"hook": hook, "subscription_id": subscription.id} for hook in hooks_of(subscription.wishes)]
        self._connection.execute(insert(subscription_hooks), hooks)

    def end(self, person: int, these: Iterable[str], now: datetime) -> None:
        """End these subscriptions of the person."""
        for this in these:
            self._connection.execute(
                update(subscriptions)
                .where(
                    subscriptions.c.person_id == person,
                    subscriptions.c.id == this,
                    subscriptions.c.ended_at.is_(None),
                )
                .values(ended_at=now)
            )

    def revive(self, person: int, these: Iterable[str]) -> None:
        """Make these ended subscriptions of the person active again."""
        for this in these:
            self._connection.execute(
                update(subscriptions)
                .where(subscriptions.c.person_id == person, subscriptions.c.id == this)
                .values(ended_at=None)
            )

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
        if chat > 0:
            query = _REACHED.where(subscriptions.c.chat_id == 0, subscriptions.c.person_id == person)
        else:
            query = _REACHED.where(subscriptions.c.chat_id == chat)
        return [_reader(row) for row in self._connection.execute(query)]

    def recent(self, person: int, seen: Iterable[str], since: datetime) -> list[Initiative]:
        """Returns the newest MOST_RECENT initiatives that others published since then and that are shared with
        `seen`.
        """
        query = (
            select(initiatives)
            .join(reports, reports.c.id == initiatives.c.report_id)
            .where(
                initiatives.c.published_at >= since,
                initiatives.c.sharing.in_(sorted(seen)),
                or_(reports.c.person_id.is_(None), reports.c.person_id != person),
            )
            .order_by(initiatives.c.published_at.desc(), initiatives.c.report_id)
            .limit(MOST_RECENT)
        )
        return [initiative_of(row) for row in self._connection.execute(query)]

    def chats(self, person: int) -> Sequence[Chat]:
        """Returns the groups and channels that the person has opened for initiatives, oldest first."""
        query = (
            select(
                subscribed_chats.c.chat_id,
                subscribed_chats.c.title,
                subscribed_chats.c.known_at,
                subscribed_chats.c.state != _OPEN,
            )
            .where(subscribed_chats.c.person_id == person, subscribed_chats.c.state != _ASKED)
            .order_by(subscribed_chats.c.added_at, subscribed_chats.c.chat_id)
        )
        return [Chat(*row) for row in self._connection.execute(query)]


def _subscription(row: Sequence[Any]) -> Subscription:
    this, wishes, pace, weekday, hour, paused, chat = row[: len(_COLUMNS)]
    return Subscription(this, wishes_of(wishes), cast("Pace", pace), weekday, hour, paused, chat)


def _reader(row: Sequence[Any]) -> Reader:
    person, own_chat, language, timezone, groups_language = row[len(_COLUMNS) :]
    subscription = _subscription(row)
    if subscription.chat:
        return Reader(subscription, person, subscription.chat, groups_language, timezone)
    return Reader(subscription, person, own_chat, language, timezone)
