"""Searching published initiatives: what is searched for, what is found, and the filters."""

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
"""Most results that are counted and shown; with more, another word helps better."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter; `choices` is empty if its choices are places."""

    key: str
    label: Words
    choices: tuple[Choice, ...] = ()


KNOWN = (
    Choice("outcome", labelled("filter", "What has changed")),
    Choice("figures", labelled("filter", "How many took part")),
    Choice("photo", labelled("filter", "With a picture")),
)
"""What a report may have beyond the questions that everybody answers."""

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
    """A search: `words` as they were written, and a choice for each filter that is set.

    A place is a country (`DK`), a region (`DK_syddanmark`) or a municipality (`DK-0461`).
    """

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    def narrowed(self, by: str, choice: str) -> "Wanted":
        """Returns the search with one more filter, or with another choice for it."""
        return replace(self, filters={**self.filters, by: choice})

    def without(self, by: str) -> "Wanted":
        """Returns the search without that filter."""
        return replace(self, filters={key: choice for key, choice in self.filters.items() if key != by})


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results: those with the words in the title first, then the newest.

    `count` is the number of results, MOST if there are `more`. `close`: nothing matches exactly, and these come
    nearest.
    """

    page: Sequence[Initiative] = ()
    count: int = 0
    more: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """A choice of a filter, and the number of results it leaves; None if that is not counted."""

    key: str
    label: Place
    count: int | None = None


def counted_by_choice(found: Sequence[Initiative]) -> Mapping[tuple[str, str], int]:
    """Returns how many of these each choice of each filter leaves; places are not counted."""
    counts: dict[tuple[str, str], int] = {}
    for each in found:
        for key in keys_of(each):
            counts[key] = counts.get(key, 0) + 1
    return counts


def keys_of(initiative: Initiative) -> Sequence[tuple[str, str]]:
    """Returns every filter and choice that this initiative matches."""
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
    """Returns the keys of its places: municipality, region and country."""
    if not initiative.country:
        return ()
    return (initiative.municipality, region_key(initiative.country, initiative.region), initiative.country)


def page_of(page: int, count: int) -> int:
    """Returns `page`, or the last page of `count` results; pages are counted from 0."""
    return max(0, min(page, -(-count // SHOWN) - 1))


def region_key(country: str, region: str) -> str:
    """Returns the key of a region, in letters that a button may contain."""
    return f"{country}_{fold(region).replace(' ', '-')}"


class SearchLookup(Protocol):
    """What one person may find among published initiatives: only those they may see."""

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
