"""Webhooks in memory; the memories of several people may share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutWebhooks,
    WebhookAdded,
    WebhookChanged,
    WebhookRemoved,
    WebhookTested,
)
from conversations.model.webhooks.webhook import SHOWN, TEST, Webhook, WebhookDelivery, changed


@dataclass(slots=True)
class WebhooksInMemory:
    """The webhooks (the protocol `WebhooksLookup`). Nothing is sent: only tests are queued."""

    kept: dict[str, Webhook] = field(default_factory=dict)

    def keep(self, outcome: AboutWebhooks, now: datetime) -> None:
        """Stores an outcome."""
        match outcome:
            case WebhookAdded(this, url, events):
                self.kept[this] = Webhook(this, url, tuple(events))
            case WebhookChanged(this, what, value):
                if this in self.kept:
                    self.kept[this] = changed(self.kept[this], what, value)
            case WebhookTested(this):
                if found := self.kept.get(this):
                    test = WebhookDelivery(TEST, "waiting", now, next_at=now)
                    self.kept[this] = replace(
                        found, waiting=found.waiting + 1, deliveries=(test, *found.deliveries)[:SHOWN]
                    )
            case WebhookRemoved(this):
                self.kept.pop(this, None)
            case _:
                assert_never(outcome)

    def all(self) -> Sequence[Webhook]:
        """Returns every webhook, oldest first, with what waits for it but without its deliveries."""
        return [replace(each, deliveries=()) for each in self.kept.values()]

    def one(self, this: str) -> Webhook | None:
        """Returns the webhook with this id and its last deliveries, the newest first; None if there is none."""
        return self.kept.get(this)
