"""The events on their way to webhooks. They are queued in the transaction that brings them about.

A row names only what happened to which report or call: its content is read when it is sent, so that nothing which is no
longer public leaves the house. A worker claims a row for a time that is longer than any attempt; when it dies, another
one tries again under the same id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from conversations.model.initiatives import Appearance
from conversations.model.outcomes import CallChanged, Outcome
from conversations.model.webhooks.changes import event_of
from conversations.model.webhooks.webhook import TEST, EventType, Trouble
from storage.calls.calls import Calls
from storage.engine.inserting import insert_unless_there
from storage.messages.workers import Workers
from storage.models import WAITING, announced_calls, calls, webhook_deliveries, webhooks
from storage.webhooks.webhooks import Webhooks

CLAIMED_FOR = timedelta(seconds=30)
"""Longer than an attempt may take."""

_ANNOUNCE = insert_unless_there(announced_calls, "slug", returning=(announced_calls.c.slug,))


@dataclass(frozen=True, slots=True)
class ClaimedDelivery:
    """An event that this worker sends now. `attempts` counts those before. `asked_by` wanted this test."""

    id: int
    webhook: str
    url: str
    secret: int
    proof: str
    secret_at: datetime
    message: str
    type: str
    subject: str
    happened_at: datetime
    attempts: int
    asked_by: int | None


_CLAIMED = (
    webhook_deliveries.c.id,
    webhook_deliveries.c.webhook_id,
    webhooks.c.url,
    webhooks.c.secret,
    webhooks.c.proof,
    webhooks.c.secret_at,
    webhook_deliveries.c.message,
    webhook_deliveries.c.type,
    webhook_deliveries.c.subject,
    webhook_deliveries.c.happened_at,
    webhook_deliveries.c.attempts,
    webhook_deliveries.c.asked_by,
)


class WebhookQueue:
    """The queue, in one transaction."""

    def __init__(self, connection: Connection, webhooks: Webhooks, calls: Calls, workers: Workers) -> None:
        self._connection = connection
        self._webhooks = webhooks
        self._calls = calls
        self._workers = workers

    def follow(self, appearances: Sequence[Appearance], outcomes: Sequence[Outcome], now: datetime) -> None:
        """Queue the events that follow from a turn: what it changed for readers, and its outcomes about calls."""
        for each in appearances:
            if event := event_of(each):
                self.put(event, each.id, now)
        self.announce({each.slug for each in outcomes if isinstance(each, CallChanged)}, now)

    def announce(self, slugs: Iterable[str], now: datetime) -> None:
        """Queue that these calls are open or closed, if that is not what was announced last."""
        for slug in sorted(slugs):
            call = self._calls.whole(slug)
            if call is not None and self._turned(slug, now_open=call.takes(now)):
                self.put("call.opened" if call.takes(now) else "call.closed", slug, now)

    def announce_closed(self, now: datetime) -> None:
        """Queue that calls are closed whose deadline has passed since the last look."""
        query = (
            select(calls.c.slug)
            .join(announced_calls, announced_calls.c.slug == calls.c.slug)
            .where(announced_calls.c.state == "open", calls.c.deadline_at <= now)
        )
        self.announce(self._connection.scalars(query).all(), now)

    def put(self, event: EventType, subject: str, now: datetime) -> None:
        """Queue an event for every active webhook that is told of it."""
        rows = [_row(each, event, subject, None, now) for each in self._webhooks.wanting(event)]
        if rows:
            self._connection.execute(insert(webhook_deliveries), rows)

    def test(self, webhook: str, person: int, now: datetime) -> None:
        """Queue a test message that `person` wants; an address that is left alone after failures is tried at once."""
        self._connection.execute(insert(webhook_deliveries), [_row(webhook, TEST, "", person, now)])
        self._connection.execute(update(webhooks).where(webhooks.c.id == webhook).values(resume_at=None))

    def claim(self, now: datetime) -> list[ClaimedDelivery]:
        """Claim the oldest due event of every active webhook to which nothing is being sent now."""
        clock = self._workers.now()
        other = webhook_deliveries.alias()
        busy = select(other.c.id).where(
            other.c.webhook_id == webhooks.c.id, other.c.state == WAITING, other.c.claimed_until >= clock
        )
        first = (
            select(func.min(webhook_deliveries.c.id))
            .join(webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id)
            .where(
                *_due(now, clock),
                webhooks.c.state == "active",
                or_(webhooks.c.resume_at.is_(None), webhooks.c.resume_at <= now),
                ~busy.exists(),
            )
            .group_by(webhook_deliveries.c.webhook_id)
        )
        these = self._connection.scalars(first).all()
        if not these:
            return []
        take = (
            update(webhook_deliveries)
            .where(webhook_deliveries.c.id.in_(these), *_due(now, clock))
            .values(claimed_until=clock + CLAIMED_FOR)
            .returning(webhook_deliveries.c.id)
        )
        taken = self._connection.scalars(take).all()
        query = (
            select(*_CLAIMED)
            .join(webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id)
            .where(webhook_deliveries.c.id.in_(taken))
            .order_by(webhook_deliveries.c.id)
        )
        rows: Sequence[Any] = self._connection.execute(query).all()
        return [ClaimedDelivery(*row) for row in rows]

    def passed(self, claimed: ClaimedDelivery) -> None:
        """End an event that is no longer true; it was not sent."""
        self._connection.execute(update(webhook_deliveries).where(*_own(claimed)).values(state="passed"))

    def sent(self, claimed: ClaimedDelivery, status: int, now: datetime) -> bool:
        """End an event that the address took; False: it was removed or stopped meanwhile."""
        return self._tried(claimed, state="sent", status=status, trouble="", tried_at=now)

    def again(
        self, claimed: ClaimedDelivery, then: datetime, status: int | None, trouble: Trouble, now: datetime
    ) -> bool:
        """Try an event again at `then`; False: it was removed or stopped meanwhile."""
        return self._tried(claimed, due_at=then, status=status, trouble=trouble, tried_at=now)

    def given_up(self, claimed: ClaimedDelivery, status: int | None, trouble: Trouble, now: datetime) -> bool:
        """Give an event up; False: it was removed or stopped meanwhile."""
        return self._tried(claimed, state="given_up", status=status, trouble=trouble, tried_at=now)

    def waiting(self) -> dict[str, int]:
        """Returns how many events wait for each webhook, for those that have any."""
        query = (
            select(webhook_deliveries.c.webhook_id, func.count())
            .where(webhook_deliveries.c.state == WAITING)
            .group_by(webhook_deliveries.c.webhook_id)
        )
        return {this: int(number) for this, number in self._connection.execute(query)}

    def _tried(self, claimed: ClaimedDelivery, **values: Any) -> bool:
        query = (
            update(webhook_deliveries)
            .where(*_own(claimed))
            .values(claimed_until=None, attempts=claimed.attempts + 1, **values)
        )
        return bool(self._connection.execute(query).rowcount)

    def _turned(self, slug: str, *, now_open: bool) -> bool:
        """Store what is announced of a call; returns whether that is new. A call that never opened is not closed."""
        if now_open and self._connection.scalar(
            _ANNOUNCE[self._connection.dialect.name], {"slug": slug, "state": "open"}
        ):
            return True
        state = "open" if now_open else "closed"
        query = update(announced_calls).where(announced_calls.c.slug == slug, announced_calls.c.state != state)
        return bool(self._connection.execute(query.values(state=state)).rowcount)


def _due(now: datetime, clock: datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(webhook_deliveries.c.claimed_until.is_(None), webhook_deliveries.c.claimed_until < clock)
    return (webhook_deliveries.c.state == WAITING, webhook_deliveries.c.due_at <= now, free)


def _own(claimed: ClaimedDelivery) -> tuple[ColumnElement[bool], ...]:
    """Returns the condition for the row as it was claimed: nobody has tried it since."""
    return (
        webhook_deliveries.c.id == claimed.id,
        webhook_deliveries.c.state == WAITING,
        webhook_deliveries.c.attempts == claimed.attempts,
    )


def _row(webhook: str, event: str, subject: str, person: int | None, now: datetime) -> dict[str, Any]:
    return {
        "webhook_id": webhook,
        "message": f"msg_{uuid4().hex}",
        "type": event,
        "subject": subject,
        "asked_by": person,
        "happened_at": now,
        "due_at": now,
        "claimed_until": None,
        "state": "waiting",
        "attempts": 0,
        "tried_at": None,
        "status": None,
        "trouble": "",
    }
