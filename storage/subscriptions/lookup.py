"""What one person may look up about subscriptions, in the database and the registers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from conversations.model.initiatives import Initiative
from conversations.model.subscriptions import Chat, Subscription
from storage.registers.written_for import written_for
from storage.search.initiatives import StoredInitiatives
from storage.subscriptions.deliveries import Deliveries
from storage.subscriptions.subscriptions import Subscriptions


class StoredSubscriptions:
    """The `SubscriptionsLookup` of one person, who writes for `library`."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        deliveries: Deliveries,
        initiatives: StoredInitiatives,
        person: int,
        library: Mapping[str, Any] | None,
    ) -> None:
        self._subscriptions = subscriptions
        self._deliveries = deliveries
        self._initiatives = initiatives
        self._person = person
        self._library = library

    def own(self) -> Sequence[Subscription]:
        """Returns the person's active subscriptions, oldest first."""
        return self._subscriptions.of(self._person)

    def one(self, this: str) -> Subscription | None:
        """Returns the person's own subscription with that id, active or ended."""
        return self._subscriptions.one(self._person, this)

    def told(self, report: str) -> Sequence[Subscription]:
        """Returns the subscriptions because of which the person was told of that initiative, including ended ones."""
        found = (self.one(this) for this in self._deliveries.because_of(self._person, report))
        return [each for each in found if each]

    def recent(self, since: datetime) -> Sequence[Initiative]:
        """Returns the initiatives published since then that a subscription of this person could match.

        Those that only coordinators may see are never among them.
        """
        return self._subscriptions.recent(self._person, self._initiatives.sees() - {"coordinators"}, since)

    def chats(self) -> Sequence[Chat]:
        """Returns the groups and channels that this person has opened for initiatives."""
        return self._subscriptions.chats(self._person)

    def home(self) -> str:
        """Returns the key of the municipality of the library that this person writes for; "" if unknown."""
        return written_for(self._library).municipality_key
