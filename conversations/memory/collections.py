"""Collections in memory; the memories of several people may share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from conversations.context.overlays import collection_after
from conversations.memory.initiatives import InitiativesInMemory
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.outcomes import AboutCollections, CollectionChanged, CollectionFollowed, CollectionStarted
from conversations.model.people.person import Person
from conversations.model.reviews import Reporter


@dataclass(slots=True)
class CollectionsInMemory:
    """The collections (the protocol `CollectionsLookup`) of `reader`, and who follows which."""

    initiatives: InitiativesInMemory = field(default_factory=InitiativesInMemory)
    kept: dict[str, InitiativeCollection] = field(default_factory=dict)
    following: dict[tuple[str, int], Reporter] = field(default_factory=dict)
    reader: int = 1

    def keep(self, person: Person, outcome: AboutCollections) -> None:
        """Stores an outcome of that person. A changed collection moves to the end, the place of the last changed."""
        match outcome:
            case CollectionStarted(slug) | CollectionChanged(slug):
                before = self.kept.pop(slug, None)
                if after := collection_after(before, slug, (outcome,), person.id):
                    self.kept[slug] = after
            case CollectionFollowed(slug, follows):
                self.following.pop((slug, person.id), None)
                if follows and slug in self.kept:
                    self.following[slug, person.id] = Reporter(person.id, person.language)
            case _:
                assert_never(outcome)

    def whole(self, slug: str) -> InitiativeCollection | None:
        """Returns the collection with this slug, whatever its status; None if there is none."""
        found = self.kept.get(slug)
        return found and self._shown(found)

    def all(self) -> Sequence[InitiativeCollection]:
        """Returns every collection, the last changed first."""
        return [self._shown(each) for each in reversed(self.kept.values())]

    def having(self, report: str) -> Sequence[InitiativeCollection]:
        """Returns the collections that have this initiative, as in `all`."""
        return [each for each in self.all() if report in each.reports]

    def follows(self, slug: str) -> bool:
        """Returns whether this person follows the collection."""
        return (slug, self.reader) in self.following

    def followers(self, slug: str) -> Sequence[Reporter]:
        """Returns who follows the collection, those who came first in front."""
        return [each for (of, _person), each in self.following.items() if of == slug]

    def _shown(self, collection: InitiativeCollection) -> InitiativeCollection:
        there = self.initiatives.published
        shown = (each for each in collection.reports if each in there and there[each].sharing != "coordinators")
        return replace(collection, reports=tuple(shown))
