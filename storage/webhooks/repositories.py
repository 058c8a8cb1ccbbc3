"""Webhooks, and the events on their way to them."""

from datetime import datetime
from functools import cached_property

from conversations.model.webhooks.webhook import WebhooksLookup
from storage.calls.repositories import CallRepositories
from storage.messages.repositories import MessageRepositories
from storage.webhooks.keeper import WebhooksKeeper
from storage.webhooks.queue import WebhookQueue
from storage.webhooks.webhooks import Webhooks


class WebhookRepositories(MessageRepositories, CallRepositories):
    """Webhooks, and the events on their way to them."""

    @cached_property
    def webhooks(self) -> Webhooks:
        """The addresses, and what they are told."""
        return Webhooks(self._connection)

    @cached_property
    def webhook_queue(self) -> WebhookQueue:
        """The events on their way to webhooks."""
        return WebhookQueue(self._connection, self.webhooks, self.calls, self.workers)

    def webhooks_lookup(self) -> WebhooksLookup:
        """Returns what may be looked up about webhooks."""
        return self.webhooks

    def webhooks_keeper(self, person: int, now: datetime) -> WebhooksKeeper:
        """Stores what that person does about webhooks."""
        return WebhooksKeeper(self.webhooks, self.webhook_queue, self.audit, person, now)
