"""A collection of published initiatives, and what a conversation may look up about collections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, TypeAlias

from conversations.language.words import InLanguages
from conversations.model.reviews import Reporter

CollectionStatus: TypeAlias = Literal["draft", "published", "withdrawn"]

MOST = 60
"""Most initiatives of one collection."""

LONGEST_SLUG = 20
"""Letters of a slug: a button carries it together with the id of a report."""

CHANGEABLE = ("titles", "introductions", "status", "reports")
"""The fields of a collection that `changed` sets."""


@dataclass(frozen=True, slots=True)
class InitiativeCollection:
    """A collection, in the order that its coordinator chose. `language` is the one in which it was first written.

    `reports` are the ids of its initiatives. One that is no longer published, or for coordinators only, is left out.
    """

    slug: str
    language: str
    made_by: int
    status: CollectionStatus = "draft"
    titles: Mapping[str, str] = field(default_factory=dict)
    introductions: Mapping[str, str] = field(default_factory=dict)
    reports: Sequence[str] = ()

    @property
    def title(self) -> InLanguages:
        """The name, in the reader's language if it has one."""
        return InLanguages(self.titles, self.language)

    @property
    def introduction(self) -> InLanguages | None:
        """The introduction, in the reader's language if it has one; None if there is none."""
        if not self.introductions:
            return None
        first = self.language if self.language in self.introductions else next(iter(self.introductions))
        return InLanguages(self.introductions, first)


def changed(collection: InitiativeCollection, what: str, value: Any) -> InitiativeCollection:
    """Returns `collection` with its field `what` set to `value`, as JSON."""
    match what:
        case "titles":
            return replace(collection, titles=dict(value))
        case "introductions":
            return replace(collection, introductions=dict(value))
        case "status":
            return replace(collection, status=value)
        case "reports":
            return replace(collection, reports=tuple(value))
        case _:
            raise ValueError(f"a collection has no field {what}")


def moved(reports: Sequence[str], report: str, by: int) -> list[str]:
    """Returns `reports` with one of them moved `by` places; at the ends it stays."""
    rest = [each for each in reports if each != report]
    place = max(0, min(len(rest), list(reports).index(report) + by))
    return [*rest[:place], report, *rest[place:]]


class CollectionsLookup(Protocol):
    """What may be looked up about collections. No method changes anything."""

    def whole(self, slug: str) -> InitiativeCollection | None:
        """Returns the collection with this slug, whatever its status; None if there is none."""
        ...

    def all(self) -> Sequence[InitiativeCollection]:
        """Returns every collection, the last changed first."""
        ...

    def having(self, report: str) -> Sequence[InitiativeCollection]:
        """Returns the collections that have this initiative, as in `all`."""
        ...

    def follows(self, slug: str) -> bool:
        """Returns whether this person follows the collection."""
        ...

    def followers(self, slug: str) -> Sequence[Reporter]:
        """Returns who follows the collection and can be written to, those who came first in front."""
        ...
