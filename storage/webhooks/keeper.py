"""Stores the outcomes about webhooks, and an audit entry for each: who, when, old and new value.

Of an address the trail has only the host: the rest of it may be a secret of the other system.
"""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutWebhooks,
    WebhookAdded,
    WebhookChanged,
    WebhookRemoved,
    WebhookTested,
)
from conversations.model.webhooks.webhook import Webhook
from storage.people.audit import Audit, Entry
from storage.webhooks.queue import WebhookQueue
from storage.webhooks.webhooks import Webhooks


class WebhooksKeeper:
    """Stores what `person` did about webhooks in one turn."""

    def __init__(self, webhooks: Webhooks, queue: WebhookQueue, audit: Audit, person: int, now: datetime) -> None:
        self._webhooks = webhooks
        self._queue = queue
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutWebhooks) -> None:
        """Store `outcome`."""
        match outcome:
            case WebhookAdded(this, url, events):
                self._webhooks.add(outcome, self._person, self._now)
                self._note("webhook added", this, new={"host": Webhook(this, url, ()).host, "events": list(events)})
            case WebhookChanged(this, what, value):
                before = self._webhooks.change(outcome, self._now)
                after = value["number"] if what == "secret" else value
                self._note("webhook changed", this, what, old=before, new=after)
            case WebhookTested(this):
                if self._webhooks.one(this):
                    self._queue.test(this, self._person, self._now)
            case WebhookRemoved(this):
                if found := self._webhooks.one(this):
                    self._webhooks.remove(this)
                    self._note("webhook removed", this, old={"host": found.host})
            case _:
                assert_never(outcome)

    def _note(self, action: str, this: str, what: str | None = None, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, what, old, new), subject=this)
