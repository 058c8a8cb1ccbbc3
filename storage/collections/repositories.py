"""Collections, and who follows them."""

from datetime import datetime
from functools import cached_property

from conversations.model.collections.collection import CollectionsLookup
from storage.collections.collections import Collections
from storage.collections.keeper import CollectionsKeeper
from storage.collections.lookup import StoredCollections
from storage.people.repositories import PeopleRepositories


class CollectionRepositories(PeopleRepositories):
    """Collections, and who follows them."""

    @cached_property
    def collections(self) -> Collections:
        """Collections of published initiatives."""
        return Collections(self._connection)

    def collections_lookup(self, person: int) -> CollectionsLookup:
        """Returns what that person may look up about collections."""
        return StoredCollections(self.collections, person)

    def collections_keeper(self, person: int, now: datetime) -> CollectionsKeeper:
        """Stores what that person does about collections."""
        return CollectionsKeeper(self.collections, self.audit, person, now)
