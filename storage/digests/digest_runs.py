"""Runs of weekly digests: at most one for each subscription and ISO week, whichever worker makes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import digest_issues, digest_subscriptions, people

_CLAIM = insert_unless_there(digest_issues, "subscription_id", "week", returning=(digest_issues.c.week,))


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A weekly digest's reader and time; `group` is the id of a group chat, 0 for the person's own chat.

    `tables`: their app shows tables, see Person.
    """

    id: int
    person: int
    chat: int
    group: int
    language: str
    roles: frozenset[str]
    tables: bool
    weekday: int
    hour: int
    timezone: str
    since: datetime


class DigestRuns:
    """The digest runs, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def subscribers(self) -> Sequence[Subscriber]:
        """Returns everybody with a weekly digest who has not stopped the bot. Times are in their own time zone."""
        query = (
            select(
                digest_subscriptions.c.id,
                digest_subscriptions.c.person_id,
                people.c.chat_id,
                digest_subscriptions.c.chat_id,
                people.c.language,
                people.c.roles,
                people.c.tables,
                digest_subscriptions.c.weekday,
                digest_subscriptions.c.hour,
                people.c.timezone,
                digest_subscriptions.c.timezone,
                digest_subscriptions.c.since,
            )
            .join(people, people.c.id == digest_subscriptions.c.person_id)
            .where(digest_subscriptions.c.active, people.c.stopped_at.is_(None))
            .order_by(digest_subscriptions.c.id)
        )
        return [
            Subscriber(this, person, chat, group, language, frozenset(roles), tables, weekday, hour, own or zone, since)
            for row in self._connection.execute(query)
            for this, person, chat, group, language, roles, tables, weekday, hour, own, zone, since in (row,)
        ]

    def issued(self, subscription: int) -> set[str]:
        """Returns the ISO weeks whose digest was sent."""
        query = select(digest_issues.c.week).where(digest_issues.c.subscription_id == subscription)
        return set(self._connection.scalars(query))

    def claim(self, subscription: int, week: str, now: datetime) -> bool:
        """Claim the run of that week, so that no other worker makes it; False: it is already claimed."""
        new = {"subscription_id": subscription, "week": week, "digest_id": None, "at": now}
        return self._connection.scalar(_CLAIM[self._connection.dialect.name], new) is not None

    def made(self, subscription: int, week: str, digest: str) -> None:
        """Store `digest` as the result of that week's run."""
        self._connection.execute(
            update(digest_issues)
            .where(digest_issues.c.subscription_id == subscription, digest_issues.c.week == week)
            .values(digest_id=digest)
        )
