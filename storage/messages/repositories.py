"""Incoming and outgoing messages."""

from functools import cached_property

from storage.engine.transaction import Transaction
from storage.messages.delivery_queue import DeliveryQueue
from storage.messages.heavy_jobs import HeavyJobs
from storage.messages.inbox import Inbox
from storage.messages.last_done import LastDone
from storage.messages.notices import Notices
from storage.messages.outbox import Outbox
from storage.messages.workers import Leases, RetryAfter, Workers


class MessageRepositories(Transaction):
    """Incoming and outgoing messages."""

    @cached_property
    def inbox(self) -> Inbox:
        """The incoming updates."""
        return Inbox(self._connection)

    @cached_property
    def outbox(self) -> Outbox:
        """The outgoing requests."""
        return Outbox(self._connection, self._worker)

    @cached_property
    def notices(self) -> Notices:
        """Messages to people other than the one who acted."""
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
        """The queue of notices and digests."""
        return DeliveryQueue(self._connection, self.leases)

    @cached_property
    def retry_after(self) -> RetryAfter:
        """Until when Telegram accepts nothing (`retry_after`)."""
        return RetryAfter(self._connection)

    @cached_property
    def last_done(self) -> LastDone:
        """When nightly tasks were last done, and when Telegram was last heard from."""
        return LastDone(self._connection)

    @cached_property
    def heavy_jobs(self) -> HeavyJobs:
        """What is made in processes of their own."""
        return HeavyJobs(self._connection)
