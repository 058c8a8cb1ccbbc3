"""Looking for published initiatives: what is wanted, what is found, and by what it can be narrowed down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from conversations.language.words import Place, Words, labelled
from conversations.model.initiatives import Initiative
from conversations.reading.text import fold
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice

SHOWN = 6
"""Initiatives on one page."""

MOST = 300
"""So many are counted and can be paged through; who has found more is better helped by one more word."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Something that what is found can be narrowed down by; `choices` are empty where only places can be chosen."""

    key: str
    label: Words
    choices: tuple[Choice, ...] = ()


KNOWN = (
    Choice("outcome", labelled("filter", "What has changed")),
    Choice("figures", labelled("filter", "How many took part")),
    Choice("photo", labelled("filter", "With a picture")),
)
"""What a report tells beyond the questions that everybody answers."""

FILTERS = (
    Filter("theme", labelled("filter", "Theme"), vocabulary.THEMES),
    Filter("group", labelled("filter", "For whom"), vocabulary.TARGET_GROUPS),
    Filter("where", labelled("filter", "Where")),
    Filter("progress", labelled("filter", "How far"), vocabulary.STATUS),
    Filter("role", labelled("filter", "Side of the library"), vocabulary.ROLES),
    Filter("known", labelled("filter", "It tells"), KNOWN),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: `words` as they wrote them, and a choice for each filter that is set.

    A place is a country (`DK`), a region of it (`DK_syddanmark`) or a municipality (`DK-0461`).
    """

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    def narrowed(self, by: str, choice: str) -> "Wanted":
        """The same, with one filter more, or another choice for it."""
        return replace(self, filters={**self.filters, by: choice})

    def without(self, by: str) -> "Wanted":
        """The same without that filter."""
        return replace(self, filters={key: choice for key, choice in self.filters.items() if key != by})


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found: those with the words in their title first, then the newest.

    `count` is how many there are, MOST where there are `more`. `close`: nothing is quite like what was wanted, and
    these come nearest.
    """

    page: Sequence[Initiative] = ()
    count: int = 0
    more: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter, and how many of those found it leaves; None where that is not counted."""

    key: str
    label: Place
    count: int | None = None


def counted_by_choice(found: Sequence[Initiative]) -> Mapping[tuple[str, str], int]:
    """How many of these each choice of each filter leaves, places aside."""
    counts: dict[tuple[str, str], int] = {}
    for each in found:
        for key in keys_of(each):
            counts[key] = counts.get(key, 0) + 1
    return counts


def keys_of(initiative: Initiative) -> Sequence[tuple[str, str]]:
    """Every filter and choice that leaves this initiative."""
    told = {
        "outcome": initiative.answers.get("outcome"),
        "figures": initiative.answers.get("participants"),
        "photo": initiative.photos,
    }
    return [
        *(("theme", theme) for theme in initiative.themes),
        *(("group", group) for group in initiative.groups),
        *(("role", role) for role in initiative.roles),
        *(("where", place) for place in places_of(initiative)),
        ("progress", initiative.progress),
        *(("known", what) for what, value in told.items() if value),
    ]


def places_of(initiative: Initiative) -> Sequence[str]:
    """The keys of the places it is in: municipality, region and country."""
    if not initiative.country:
        return ()
    return (initiative.municipality, region_key(initiative.country, initiative.region), initiative.country)


def page_of(page: int, count: int) -> int:
    """`page`, or the last of so many; pages are counted from 0."""
    return max(0, min(page, -(-count // SHOWN) - 1))


def region_key(country: str, region: str) -> str:
    """The key of a region, in letters that a button may carry."""
    return f"{country}_{fold(region).replace(' ', '-')}"


class SearchLookup(Protocol):
    """What one person may find among published initiatives: only what they may see."""

    def find(self, wanted: Wanted, page: int) -> Found:
        """Returns a page of the results, counted from 0; for a page after the last, the last one."""
        ...

    def options(self, wanted: Wanted, by: str) -> Sequence[Option]:
        """Returns the choices of one filter that leave at least one of the results."""
        ...

    def place(self, key: str) -> Place:
        """Returns the name of the place with this key."""
        ...

    def nearest(self, wanted: Wanted) -> Sequence[str]:
        """Returns words that find something if the search finds nothing."""
        ...
