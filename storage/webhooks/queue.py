"""The events on their way to webhooks. They are queued in the transaction that brings them about.

A row names only what happened to which report or call: its content is read when it is sent, so that nothing which is no
longer public leaves the house. A worker claims a row for a time that is longer than any attempt; when it dies, another
one tries again under the same id.

On PostgreSQL it is sent by a task of procrastinate, deferred in the same transaction. That lets another one wait, with
the queueing lock of the address, for the time when something can be sent next.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, insert, or_, select, update

from conversations.model.initiatives import Appearance
from conversations.model.outcomes import CallChanged, Outcome
from conversations.model.webhooks.changes import event_of
from conversations.model.webhooks.webhook import TEST, EventType, Trouble, Webhook
from storage.calls.calls import Calls
from storage.engine.inserting import insert_unless_there
from storage.messages.heavy_jobs import HeavyJob
from storage.messages.wakeups import defer_each, defer_until
from storage.messages.workers import Workers
from storage.models import WAITING, announced_calls, calls, webhook_deliveries, webhooks
from storage.webhooks.webhooks import Webhooks

CLAIMED_FOR = timedelta(seconds=30)
"""Longer than an attempt may take."""

WEBHOOK_TASK, WEBHOOK_QUEUE = "webhook", "webhooks"
"""The name of the task of procrastinate, and its queue."""

A_MOMENT = timedelta(seconds=1)
"""How long a task waits at least that found nothing to send, because the clocks of two machines may differ."""

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
        self._shared = connection.dialect.name == "postgresql"

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
            self._soon(row["webhook_id"] for row in rows)

    def test(self, webhook: str, person: int, now: datetime) -> None:
        """Queue a test message that `person` wants; an address that is left alone after failures is tried at once."""
        self._connection.execute(insert(webhook_deliveries), [_row(webhook, TEST, "", person, now)])
        self._connection.execute(update(webhooks).where(webhooks.c.id == webhook).values(resume_at=None))
        self._soon([webhook])

    def _soon(self, these: Iterable[str]) -> None:
        """Defer tasks for now. A turn does no more, because it waits for nobody: the task plans what comes next."""
        if self._shared:
            defer_each(self._connection, WEBHOOK_TASK, WEBHOOK_QUEUE, ({"webhook": each} for each in these))

    def plan(self, webhook: str, now: datetime, *, found_nothing: bool = False) -> None:
        """Let one task wait for the time when something can be sent to an address, or none if nothing is to be sent.

        `found_nothing`: one has just found that there is nothing to be sent yet. On SQLite the timer looks by itself.
        """
        if not self._shared:
            return
        self._webhooks.hold(webhook)
        these = (webhook_deliveries.c.webhook_id == webhook, webhook_deliveries.c.state == WAITING)
        first = func.greatest(
            func.min(webhook_deliveries.c.due_at),
            func.max(webhook_deliveries.c.claimed_until),
            func.max(webhooks.c.resume_at),
            type_=webhook_deliveries.c.due_at.type,
        )
        query = (
            select(first)
            .join(webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id)
            .where(*these, webhooks.c.state == "active")
        )
        at: datetime | None = self._connection.scalar(query)
        if found_nothing and at is not None:
            at = max(at, now + A_MOMENT)
        defer_until(self._connection, WEBHOOK_TASK, WEBHOOK_QUEUE, f"webhook {webhook}", at, now, webhook=webhook)

    def plan_all(self, now: datetime) -> None:
        """Plan for every address, because a backup, a copy and an earlier version know no tasks."""
        for webhook in sorted(self.waiting()):
            self.plan(webhook, now)

    def claim(self, now: datetime, webhook: str | None = None) -> list[ClaimedDelivery]:
        """Claim the oldest due event of every active webhook, or of this one, to which nothing is being sent now."""
        if webhook is not None:
            self._webhooks.hold(webhook)
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
                *([] if webhook is None else [webhooks.c.id == webhook]),
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

    def as_jobs(self, since: datetime) -> list[HeavyJob]:
        """Returns for every address what waits for it, is being sent, and was given up since then; `reached` is how
        many events that is.
        """
        clock = self._workers.now()
        running = func.coalesce(webhook_deliveries.c.claimed_until >= clock, false())
        kind = case((webhook_deliveries.c.state == "given_up", "failed"), (running, "running"), else_="waiting").label(
            "kind"
        )
        query = (
            select(
                webhooks.c.id,
                webhooks.c.url,
                webhooks.c.resume_at,
                kind,
                func.min(webhook_deliveries.c.due_at),
                func.max(webhook_deliveries.c.tried_at),
                func.max(webhook_deliveries.c.claimed_until),
                func.max(webhook_deliveries.c.attempts),
                func.max(webhook_deliveries.c.status),
                func.max(webhook_deliveries.c.trouble),
                func.count(),
            )
            .join(webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id)
            .where(
                or_(
                    webhook_deliveries.c.state == WAITING,
                    and_(webhook_deliveries.c.state == "given_up", webhook_deliveries.c.tried_at > since),
                )
            )
            .group_by(webhooks.c.id, webhooks.c.url, webhooks.c.resume_at, "kind")
            .order_by(webhooks.c.id, "kind")
        )
        return [_as_job(*row) for row in self._connection.execute(query)]

    def counts(self, since: datetime) -> dict[tuple[str, str], int]:
        """Returns how many events wait, are being sent, and were given up since then, by the task's name and state."""
        found: Counter[tuple[str, str]] = Counter()
        for each in self.as_jobs(since):
            found[WEBHOOK_TASK, each.state] += each.reached
        return found

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


def _as_job(
    this: str,
    url: str,
    resume: datetime | None,
    kind: str,
    due: datetime,
    tried: datetime | None,
    claimed: datetime | None,
    tries: int,
    status: int | None,
    trouble: str,
    number: int,
) -> HeavyJob:
    asked = max(due, resume or due)
    begun = claimed and claimed - CLAIMED_FOR
    error = f"{status}" if trouble == "status" else trouble
    return HeavyJob(
        this, f"{WEBHOOK_TASK} {Webhook(this, url, ()).host}", kind, asked, begun, tried, tries, number, error
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
