"""Subscriptions to new initiatives, and who was told of which."""

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
    """Subscriptions to new initiatives, and who was told of which."""

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """What people want to hear of."""
        return Subscriptions(self._connection)

    @cached_property
    def subscribed_chats(self) -> SubscribedChats:
        """Groups and channels that new initiatives come to."""
        return SubscribedChats(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """Who was told of which initiative."""
        return Deliveries(self._connection)

    def subscriptions_lookup(self, person: Person) -> SubscriptionsLookup:
        """What `person` may look up about their subscriptions."""
        initiatives = self.initiatives_lookup(person)
        return StoredSubscriptions(self.subscriptions, self.deliveries, initiatives, person.id, person.library)

    def subscriptions_keeper(self, person: int, now: datetime) -> SubscriptionsKeeper:
        """Keeps what that person does about their subscriptions."""
        return SubscriptionsKeeper(self.subscriptions, self.subscribed_chats, person, now)
