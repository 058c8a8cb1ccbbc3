"""Searching published initiatives: what is searched for, what is found, and the filters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from conversations.language.words import Place, Words, labelled
from conversations.model.initiatives import Initiative
from conversations.reading.alike.traits import Described
from conversations.reading.text import fold
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.grades import grades_of

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
    Choice("figure", labelled("filter", "A figure for the result")),
    Choice("photo", labelled("filter", "With a photo")),
)
"""What a report may have beyond the questions that everybody answers."""

FILTERS = (
    Filter("theme", labelled("filter", "Theme"), vocabulary.THEMES),
    Filter("group", labelled("filter", "Who it is for"), vocabulary.TARGET_GROUPS),
    Filter("where", labelled("filter", "Where")),
    Filter("progress", labelled("filter", "Stage"), vocabulary.STAGES),
    Filter("role", labelled("filter", "Role of the library"), vocabulary.ROLES),
    Filter("known", labelled("filter", "Report includes"), KNOWN),
    Filter("grade", labelled("filter", "How it is known"), vocabulary.EVIDENCE_GRADES),
)


IN_WORDS = frozenset({"theme", "group"})
"""Conditions that a report also meets if its text has the words that said them."""

YEAR = "year"
"""The condition that an initiative was under way in one of some years."""

MOST_YEARS = 30


@dataclass(frozen=True, slots=True)
class Condition:
    """What the words of a search say about one filter: one of `keys` has to match. `said` are these words.

    `wider` are larger places around it, one after the other: for a municipality its region and its country.
    """

    by: str
    keys: tuple[str, ...]
    said: tuple[str, ...] = ()
    wider: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A search: `words` that mean nothing else, what the other words `asked` for, and a choice for each filter set.

    A place is a country (`DK`), a region (`DK_syddanmark`) or a municipality (`DK-0461`). `hinted` are themes to which
    the words belong; `alike` has, for a word that is searched for, how other words for the same begin.
    """

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[Condition, ...] = ()
    hinted: tuple[str, ...] = ()
    alike: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def narrowed(self, by: str, choice: str) -> "Wanted":
        """Returns the search with one more filter, or with another choice for it."""
        return replace(self.without(by), filters={**self.filters, by: choice})

    def without(self, *by: str) -> "Wanted":
        """Returns the search without these filters and conditions."""
        filters = {key: choice for key, choice in self.filters.items() if key not in by}
        return replace(self, filters=filters, asked=tuple(each for each in self.asked if each.by not in by))

    def condition(self, by: str) -> Condition | None:
        """Returns the condition by that filter, if there is one."""
        return next((each for each in self.asked if each.by == by), None)

    def looser(self) -> Iterator["Wanted"]:
        """Yields searches for less and less of it, which are tried in turn if all of it finds nothing.

        First with the theme of the words, or without the words, if something else is asked for; then in larger places;
        then without how far and when; then for the themes alone, or for the groups alone. Filters that were set by hand
        stay.
        """
        if self.words and self.hinted and not self.condition("theme"):
            themed = replace(self, words="", hinted=(), asked=(Condition("theme", self.hinted), *self.asked))
            yield themed
            yield from themed.looser()
            return
        soft = [each.by for each in self.asked if each.by in IN_WORDS]
        rest = replace(self, words="") if self.words and soft else self
        if rest is not self:
            yield rest
        yield from rest._in_larger_places()
        anywhere = rest.without("where") if rest.condition("where") else rest
        if anywhere.condition("progress") or anywhere.condition(YEAR):
            timeless = rest.without("progress", YEAR)
            if timeless.words or timeless.asked:
                yield timeless
                yield from timeless._in_larger_places()
            anywhere = anywhere.without("progress", YEAR)
        if len(soft) > 1:
            yield from (anywhere.without(*(other for other in soft if other != by)) for by in ("theme", "group"))

    def _in_larger_places(self) -> Iterator["Wanted"]:
        where = self.condition("where")
        if where is None:
            return
        for keys in where.wider:
            larger = replace(where, keys=keys)
            yield replace(self, asked=tuple(larger if each is where else each for each in self.asked))
        if self.words or len(self.asked) > 1:
            yield self.without("where")


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results: those with the words in the title first, then the newest.

    `count` is the number of results, MOST if there are `more`. `close`: nothing matches exactly, and these come
    nearest. `by` is the search that found them: a looser one if all of what was wanted finds nothing.
    """

    page: Sequence[Initiative] = ()
    count: int = 0
    more: bool = False
    close: bool = False
    by: Wanted | None = None


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
        "figure": initiative.answers.get("evidence_figure"),
        "photo": initiative.photos,
    }
    return [
        *(("theme", theme) for theme in initiative.told_themes),
        *(("group", group) for group in initiative.told_groups),
        *(("role", role) for role in initiative.roles),
        *(("where", place) for place in places_of(initiative)),
        ("progress", initiative.progress),
        *((YEAR, str(year)) for year in years_of(initiative)),
        *(("known", what) for what, value in told.items() if value),
        *(("grade", grade) for grade in grades_of(initiative.chosen("evidence_types"))),
    ]


def places_of(initiative: Initiative) -> Sequence[str]:
    """Returns the keys of its places: municipality, region and country."""
    if not initiative.country:
        return ()
    return (initiative.municipality, region_key(initiative.country, initiative.region), initiative.country)


def years_of(initiative: Initiative) -> range:
    """Returns the years in which it was under way; one without an end goes on to the year of its publication."""
    first = _year(initiative.answers.get("period_start"))
    last = _year(initiative.answers.get("period_end")) or initiative.published_at.year
    if first is None:
        return range(initiative.published_at.year, initiative.published_at.year + 1)
    return range(max(first, last - MOST_YEARS), max(first, last) + 1)


def years_between(first: date, last: date | None, today: date) -> tuple[str, ...]:
    """Returns the keys of the years of a period; one without an end goes on for a year from `today`."""
    end = max(first.year, last.year if last else today.year + 1)
    return tuple(str(year) for year in range(max(first.year, end - MOST_YEARS), end + 1))


def _year(written: object) -> int | None:
    """Returns the year with which a date in EDTF begins."""
    year = written[:4] if isinstance(written, str) else ""
    return int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None


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

    def alike(self, this: Described, most: int) -> Sequence[Initiative]:
        """Returns initiatives that are alike, the likest first, at most `most`."""
        ...

    def nearest(self, wanted: Wanted) -> Sequence[str]:
        """Returns words that find something if the search finds nothing."""
        ...
