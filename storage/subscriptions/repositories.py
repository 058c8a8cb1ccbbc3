"""Subscriptions to new initiatives, and their deliveries."""

from datetime import datetime
from functools import cached_property

from conversations.model.people.person import Person
from conversations.model.subscriptions import SubscriptionsLookup
from storage.search.repositories import SearchRepositories
from storage.subscriptions.deliveries import Deliveries
from storage.subscriptions.keeper import SubscriptionsKeeper
from storage.subscriptions.lookup import StoredSubscriptions
from storage.subscriptions.subscribed_chats import SubscribedChats
from storage.subscriptions.subscriptions import Subscriptions


class SubscriptionRepositories(SearchRepositories):
    """Subscriptions to new initiatives, and their deliveries."""

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Subscriptions of people and chats."""
        return Subscriptions(self._connection)

    @cached_property
    def subscribed_chats(self) -> SubscribedChats:
        """Groups and channels that new initiatives are sent to."""
        return SubscribedChats(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """Deliveries of initiatives to subscribers."""
        return Deliveries(self._connection)

    def subscriptions_lookup(self, person: Person) -> SubscriptionsLookup:
        """Returns what `person` may look up about their subscriptions."""
        initiatives = self.initiatives_lookup(person)
        return StoredSubscriptions(self.subscriptions, self.deliveries, initiatives, person.id, person.library)

    def subscriptions_keeper(self, person: int, now: datetime) -> SubscriptionsKeeper:
        """Stores what that person does about their subscriptions."""
        return SubscriptionsKeeper(self.subscriptions, self.subscribed_chats, person, now)
