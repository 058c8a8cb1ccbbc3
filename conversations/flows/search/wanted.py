"""The search that somebody's words ask for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from conversations.context.context import Context
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.language.words import Place
from conversations.model.search import YEAR, Condition, Wanted, region_key, years_between
from conversations.reading.queries.query import Query
from conversations.reading.queries.reading import read_query
from conversations.reading.searching import wanted_words


def read_wanted(
    words: str, context: Context, filters: Mapping[str, str] | None = None, without: Collection[str] = ()
) -> Wanted:
    """Returns the search for `words`, with the filters that were set by hand.

    A filter replaces what the words say about it; of what they say, the conditions in `without` were dropped by hand.
    """
    filters = filters or {}
    query = read_query(words, context.person.language, context.today, context.registers)
    wanted = Wanted(" ".join(query.words), filters, tuple(_conditions(query, context)), query.hinted, _alike(query))
    return replace(wanted.without(*without, *filters), filters=filters)


def _alike(query: Query) -> dict[str, tuple[str, ...]]:
    """How words begin that mean the same as a word of the query, by that word as the search has it."""
    return {found: tuple(same) for word, same in query.alike.items() for found in wanted_words(word)}


def _conditions(query: Query, context: Context) -> Iterator[Condition]:
    for by, keys in (("theme", query.themes), ("group", query.groups), ("progress", query.statuses)):
        if keys:
            yield Condition(by, keys, _said(query, keys))
    if query.period:
        yield Condition(YEAR, years_between(*query.period, context.today))
    if query.places:
        places = tuple(search_place(place) for place in query.places)
        wider = tuple(_wider(query.places, context))
        near = wider[0] if query.around and wider else ()
        yield Condition("where", tuple(dict.fromkeys((*places, *near))), _said(query, query.places), wider)


def _said(query: Query, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for key in keys for word in query.said.get(key, ())))


def search_place(place: str) -> str:
    """Returns the key by which the search knows a place of a query or a subscription."""
    country, colon, region = place.partition(":")
    return region_key(country, region) if colon else place


def subscription_place(key: str, context: Context) -> str:
    """Returns the key by which subscriptions know a place of the search: a region by its name."""
    country, line, _rest = key.partition("_")
    return f"{country}:{_region(key, context)}" if line else key


def place_name(key: str, context: Context) -> Place:
    """Returns the name of a place of the search."""
    if key in COUNTRY_NAMES:
        return COUNTRY_NAMES[key]
    return _region(key, context) if "_" in key else context.registers.municipality_name(key)


def _region(key: str, context: Context) -> str:
    """The name of the region with that key."""
    country = key.partition("_")[0]
    return next((each for each in context.registers.regions(country) if region_key(country, each) == key), key)


def _wider(places: Sequence[str], context: Context) -> Iterator[tuple[str, ...]]:
    """The larger places around these, one after the other: regions, then countries."""
    for _step in range(2):
        larger = tuple(dict.fromkeys(_around(place, context) for place in places))
        if larger == tuple(places):
            return
        yield tuple(search_place(place) for place in larger)
        places = larger


def _around(place: str, context: Context) -> str:
    """The region of a municipality, the country of a region, or the country itself."""
    if "-" not in place.partition(":")[0]:
        return place[:2]
    region = context.registers.region_of(place)
    return f"{place[:2]}:{region}" if region else place[:2]
