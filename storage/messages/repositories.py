"""The messages that come in and go out."""

from functools import cached_property

from storage.engine.transaction import Transaction
from storage.messages.delivery_queue import DeliveryQueue
from storage.messages.inbox import Inbox
from storage.messages.last_contact import LastContact
from storage.messages.leases import Leases
from storage.messages.notices import Notices
from storage.messages.outbox import Outbox
from storage.messages.retry_after import RetryAfter
from storage.messages.workers import Workers


class MessageRepositories(Transaction):
    """The messages that come in and go out."""

    @cached_property
    def inbox(self) -> Inbox:
        """Updates as they came."""
        return Inbox(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        """What is to be sent."""
        return Outbox(self._connection, self._worker)

    @cached_property
    def notices(self) -> Notices:
        """What a turn tells other people."""
        return Notices(self._connection, self.outbox)

    @cached_property
    def workers(self) -> Workers:
        """The processes that serve the bot."""
        return Workers(self._connection)

    @cached_property
    def leases(self) -> Leases:
        """What only one process may do at a time."""
        return Leases(self._connection, self.workers)

    @cached_property
    def delivery_queue(self) -> DeliveryQueue:
        """Notices and digests on their way out."""
        return DeliveryQueue(self._connection, self.leases)

    @cached_property
    def retry_after(self) -> RetryAfter:
        """Until when Telegram wants to hear nothing."""
        return RetryAfter(self._connection)

    @cached_property
    def last_contact(self) -> LastContact:
        """When Telegram was last heard."""
        return LastContact(self._connection)
