"""Webhooks: the addresses, and what they are told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, literal, select, update

from conversations.model.outcomes import WebhookAdded, WebhookChanged
from conversations.model.webhooks.retrying import rest
from conversations.model.webhooks.webhook import SHOWN, Webhook, WebhookDelivery, WebhookState
from storage.models import WAITING, webhook_deliveries, webhooks

_WAITING = (
    select(func.count())
    .where(webhook_deliveries.c.webhook_id == webhooks.c.id, webhook_deliveries.c.state == WAITING)
    .scalar_subquery()
)
_ALL = select(
    webhooks.c.id,
    webhooks.c.url,
    webhooks.c.events,
    webhooks.c.state,
    webhooks.c.secret,
    webhooks.c.failing_since,
    _WAITING,
).order_by(webhooks.c.added_at, webhooks.c.id)


class Webhooks:
    """The webhooks, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Webhook]:
        """Returns every webhook, oldest first, with what waits for it but without its deliveries."""
        return [_webhook(row) for row in self._connection.execute(_ALL)]

    def one(self, this: str) -> Webhook | None:
        """Returns the webhook with that id and its last deliveries, newest first; None: there is none."""
        for row in self._connection.execute(_ALL.where(webhooks.c.id == this)):
            return _webhook(row, self._last(this))
        return None

    def add(self, added: WebhookAdded, person: int, now: datetime) -> None:
        """Store a new webhook."""
        self._connection.execute(
            insert(webhooks),
            {
                "id": added.webhook,
                "url": added.url,
                "events": list(added.events),
                "state": "active",
                "secret": 1,  # nosec B105 - which one it is, not the secret
                "proof": added.proof,
                "secret_at": now,
                "added_by": person,
                "added_at": now,
                "failures": 0,
                "failing_since": None,
                "resume_at": None,
                "told_at": None,
            },
        )

    def change(self, change: WebhookChanged, now: datetime) -> Any:
        """Store a change; returns the previous value, of a secret only its number."""
        before = self.one(change.webhook)
        if before is None:
            return None
        this = update(webhooks).where(webhooks.c.id == change.webhook)
        match change.what:
            case "events":
                self._connection.execute(this.values(events=list(change.value)))
                return list(before.events)
            case "state":
                self.set_state(change.webhook, change.value)
                return before.state
            case _:
                new = {"secret": change.value["number"], "proof": change.value["proof"], "secret_at": now}
                self._connection.execute(this.values(**new))
                if before.state == "unsigned":
                    self.set_state(change.webhook, "active")
                return before.secret

    def set_state(self, this: str, state: WebhookState) -> None:
        """Set the state. What waits for a webhook that is not active is not sent; one that is active begins anew."""
        values: dict[str, Any] = {"state": state}
        if state == "active":
            values |= {"failures": 0, "failing_since": None, "resume_at": None, "told_at": None}
        self._connection.execute(update(webhooks).where(webhooks.c.id == this).values(**values))
        if state != "active":
            waits = (webhook_deliveries.c.webhook_id == this, webhook_deliveries.c.state == WAITING)
            self._connection.execute(update(webhook_deliveries).where(*waits).values(state="passed"))

    def remove(self, this: str) -> None:
        """Delete the webhook, with its deliveries."""
        self.hold(this)
        self._connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.webhook_id == this))
        self._connection.execute(delete(webhooks).where(webhooks.c.id == this))

    def hold(self, this: str) -> None:
        """Let other transactions wait that change its row or hold it, so that all lock it before its deliveries."""
        self._connection.execute(select(webhooks.c.id).where(webhooks.c.id == this).with_for_update(key_share=True))

    def wanting(self, event: str) -> list[str]:
        """Returns the active webhooks that are told of that type of event."""
        query = select(webhooks.c.id, webhooks.c.events).where(webhooks.c.state == "active").order_by(webhooks.c.id)
        return [this for this, events in self._connection.execute(query) if event in events]

    def took(self, this: str) -> None:
        """Store that the address took something: earlier failures no longer count."""
        values = {"failures": 0, "failing_since": None, "resume_at": None, "told_at": None}
        query = update(webhooks).where(webhooks.c.id == this, webhooks.c.failures > 0).values(**values)
        self._connection.execute(query)

    def failed(self, this: str, now: datetime, asked: timedelta = timedelta()) -> tuple[int, timedelta]:
        """Store that the address took nothing; returns how often in a row, and for how long by now.

        It is left alone for a while, at least as long as it has `asked` for.
        """
        query = (
            update(webhooks)
            .where(webhooks.c.id == this)
            .values(
                failures=webhooks.c.failures + 1,
                failing_since=func.coalesce(webhooks.c.failing_since, literal(now, webhooks.c.failing_since.type)),
            )
            .returning(webhooks.c.failures, webhooks.c.failing_since)
        )
        for failures, since in self._connection.execute(query):
            resume = update(webhooks).where(webhooks.c.id == this).values(resume_at=now + max(rest(failures), asked))
            self._connection.execute(resume)
            return failures, now - (since or now)
        return 0, timedelta()

    def tell(self, this: str, now: datetime) -> bool:
        """Returns whether owners have to be told that something was given up: once, until the address takes again."""
        query = update(webhooks).where(webhooks.c.id == this, webhooks.c.told_at.is_(None)).values(told_at=now)
        return bool(self._connection.execute(query).rowcount)

    def _last(self, this: str) -> Sequence[WebhookDelivery]:
        query = (
            select(
                webhook_deliveries.c.type,
                webhook_deliveries.c.state,
                func.coalesce(webhook_deliveries.c.tried_at, webhook_deliveries.c.happened_at),
                webhook_deliveries.c.attempts,
                webhook_deliveries.c.status,
                webhook_deliveries.c.trouble,
                webhook_deliveries.c.due_at,
            )
            .where(webhook_deliveries.c.webhook_id == this)
            .order_by(webhook_deliveries.c.id.desc())
            .limit(SHOWN)
        )
        return tuple(
            WebhookDelivery(kind, state, at, tries, status, trouble, due if state == "waiting" else None)  # type: ignore[arg-type]  # as it was stored
            for kind, state, at, tries, status, trouble, due in self._connection.execute(query)
        )


def _webhook(row: Sequence[Any], deliveries: Sequence[WebhookDelivery] = ()) -> Webhook:
    this, url, events, state, secret, failing_since, waiting = row
    return Webhook(this, url, tuple(events), state, secret, failing_since, waiting, tuple(deliveries))
