"""What one person may look up about subscriptions, out of the database and the registers."""

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
        """Those that were not ended, the oldest first."""
        return self._subscriptions.of(self._person)

    def one(self, this: str) -> Subscription | None:
        """The person's own of that id, also one that they have ended."""
        return self._subscriptions.one(self._person, this)

    def told(self, report: str) -> Sequence[Subscription]:
        """Those because of which the person was told of that initiative, also such as they have ended since."""
        found = (self.one(this) for this in self._deliveries.because_of(self._person, report))
        return [each for each in found if each]

    def recent(self, since: datetime) -> Sequence[Initiative]:
        """What was published since then and would have been told to this person if they had asked for it: nobody is
        told of what only coordinators may see.
        """
        return self._subscriptions.recent(self._person, self._initiatives.sees() - {"coordinators"}, since)

    def chats(self) -> Sequence[Chat]:
        """The groups and channels that this person has opened for initiatives."""
        return self._subscriptions.chats(self._person)

    def home(self) -> str:
        """The municipality that this person speaks for; "": not known: that of the library they write for."""
        return written_for(self._library).municipality_key
