"""What a conversation may look up in the database about collections."""

from collections.abc import Sequence

from conversations.model.collections.collection import InitiativeCollection
from conversations.model.reviews import Reporter
from storage.collections.collections import Collections


class StoredCollections:
    """The `CollectionsLookup` of one person, in one transaction."""

    def __init__(self, collections: Collections, person: int) -> None:
        self._collections = collections
        self._person = person

    def whole(self, slug: str) -> InitiativeCollection | None:
        """Returns the collection with that slug in any status; None: there is none."""
        return self._collections.whole(slug)

    def all(self) -> Sequence[InitiativeCollection]:
        """Returns every collection, last changed first."""
        return self._collections.all()

    def having(self, report: str) -> Sequence[InitiativeCollection]:
        """Returns the collections that have this initiative, last changed first."""
        return self._collections.having(report)

    def follows(self, slug: str) -> bool:
        """Returns whether this person follows the collection."""
        return self._collections.follows(slug, self._person)

    def followers(self, slug: str) -> Sequence[Reporter]:
        """Returns who follows the collection and has not stopped the bot, first come first."""
        return self._collections.followers(slug)
