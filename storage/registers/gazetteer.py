"""Every name that people give a place, and what it means: libraries, municipalities, towns, districts, regions.

The index is made on the first look-up. General knowledge that nobody has checked (`gk` in `places_said.csv`) is marked,
so that it is proposed and never stored unasked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import NamedTuple

from storage.registers.place_words import danish_stem, is_library_word, place_words, slovenian_stem
from storage.registers.register import Municipality, register, rows_of
from storage.registers.small_words import small_words

LIBRARY, MUNICIPALITY, TOWN, SETTLEMENT, AREA = range(5)
"""How much a name says, most first. A town is also a postal district or a district of a city."""

_CERTAIN_SHARE = 0.6
"""A postal district of which less lies in one municipality may mean another."""

_SHORTEST_INFLECTED = 4
"""Letters of the shortest word that is seen as the name of a small settlement in another case."""

_GENERAL_KNOWLEDGE = "gk"


class Named(NamedTuple):
    """What a name means: a municipality, by whose library it is served; or an area, which is in none.

    A name has one meaning for each municipality: the one that says most.
    """

    name: str
    rank: int
    municipality: Municipality | None
    sure: bool = True
    area: "Area | None" = None


@dataclass(frozen=True, slots=True)
class Area:
    """A country, a region, or a part of a country that people name: its whole regions, and single municipalities."""

    country: str
    regions: tuple[str, ...]
    municipalities: tuple[Municipality, ...]


@dataclass(slots=True)
class Gazetteer:
    """All names, by their folded words: as they are written, and without the endings of cases."""

    written: dict[str, tuple[Named, ...]] = field(default_factory=dict)
    danish: dict[str, tuple[Named, ...]] = field(default_factory=dict)
    slovenian: dict[str, tuple[Named, ...]] = field(default_factory=dict)
    begins: dict[str, int] = field(default_factory=dict)
    """The first words of names, as written and without the endings of cases, and the most words of such a name."""

    def longest(self, word: str) -> int:
        """Returns the most words of a name that may begin with `word`; 0 if none does."""
        ways = (word, danish_stem(word), slovenian_stem(word))
        return max(self.begins.get(way, 0) for way in ways)

    def meanings(self, words: Sequence[str]) -> tuple[Named, ...]:
        """Returns what the words together name: as written, or else in another case; empty if they name nothing.

        In another case, a small settlement is no meaning beside a town or a district: "na Viču" is in Vič, not in Viče.
        """
        if written := self.written.get(" ".join(words)):
            return written
        inflected = self.danish.get(" ".join((*words[:-1], danish_stem(words[-1])))) or self.slovenian.get(
            " ".join(map(slovenian_stem, words)), ()
        )
        larger = tuple(named for named in inflected if named.rank != SETTLEMENT)
        return larger or (inflected if len(words[0]) >= _SHORTEST_INFLECTED else ())

    def add(self, name: str, named: Named, country: str) -> None:
        """Enters a name in a country (DK or SI)."""
        words = [word.text for word in place_words(name)]
        if not words:
            return
        for way in (words[0], danish_stem(words[0]) if len(words) == 1 else words[0], slovenian_stem(words[0])):
            self.begins[way] = max(self.begins.get(way, 0), len(words))
        written, alone = " ".join(words), (named,)
        _enter(self.written, written, alone)
        if country == "DK" or named.area:
            stem = danish_stem(words[-1])
            _enter(self.danish, written if stem == words[-1] else " ".join((*words[:-1], stem)), alone)
        if country == "SI" or named.area:
            _enter(self.slovenian, " ".join(map(slovenian_stem, words)), alone)


def _enter(names: dict[str, tuple[Named, ...]], key: str, alone: tuple[Named]) -> None:
    """Enters a meaning; `alone` is kept as it is where it is the only one, for all ways to write the name."""
    before, (named,) = names.get(key), alone
    if before is None:
        names[key] = alone
    elif named.municipality is None or all(named.municipality is not each.municipality for each in before):
        names[key] = (*before, named)


@cache
def gazetteer() -> Gazetteer:
    """Returns the index of all names, made on the first call."""
    found = Gazetteer()
    for name, named, country in chain(_libraries(), _municipalities(), _towns(), _settlements(), _said(), _areas()):
        found.add(name, named, country)
    return found


_Row = tuple[str, Named, str]


def _libraries() -> Iterator[_Row]:
    for library in register().libraries.values():
        here = library.municipality
        yield library.name, Named(library.name, LIBRARY, here), here.country
        if here.country == "SI" and (bare := _bare(library.name, library.town)):
            if len(bare) > 1:
                yield " ".join(bare), Named(library.name, LIBRARY, here), here.country
            if library.name.partition(" ")[0].casefold() != "knjižnica":
                yield f"{bare[0]} knjižnica", Named(library.name, LIBRARY, here), here.country
        for name in (here.name, here.other_name, library.town):
            yield name, Named(here.name, LIBRARY, here), here.country


def _bare(name: str, town: str) -> list[str]:
    """The words of a library's name that neither say library nor name its town."""
    elsewhere = {word.text for word in place_words(town)}
    return [
        word.text
        for word in place_words(name)
        if not is_library_word(word.text) and word.text not in elsewhere and word.text not in _KINDS_OF_LIBRARY
    ]


_KINDS_OF_LIBRARY = frozenset(
    {"osrednja", "splosna", "medobcinska", "mestna", "obcinska", "ljudska", "pokrajinska", "studijska", "in", "dr"}
)


def _municipalities() -> Iterator[_Row]:
    for here in register().municipalities.values():
        for name in (here.name, here.other_name):
            yield name, Named(here.name, MUNICIPALITY, here), here.country
        parts = [part.strip() for part in here.name.replace("–", "-").split("-")]
        if len(parts) > 1:
            for part in parts:
                if not small_words().ordinary.issuperset(word.text for word in place_words(part)):  # "Høje": high
                    yield part, Named(here.name, MUNICIPALITY, here), here.country


_SUFFIXES = frozenset(
    {"c", "k", "n", "s", "v", "o", "m", "nv", "no", "sv", "so", "j", "st", "by", "strand", "kyst", "stevns", "djurs"}
    | {"sjaelland", "midtsjaelland", "falster", "lolland", "mors", "fyn", "sydfyn", "jylland", "vestjylland", "thy"}
    | {"ost", "vest", "aero"}
)
_SHORT_BEGINNINGS = {"kongens": "kgs", "norre": "nr", "sonder": "sdr", "store": "st", "lille": "ll", "vester": "v"}
_SHORT_SUFFIXES = {"sjaelland": ("sj", "sjaell"), "falster": ("f", "fl"), "mors": ("m",), "jylland": ("j", "jyll")}


def _towns() -> Iterator[_Row]:
    for place in register().places:
        here = place.municipality
        yield place.name, Named(place.name, TOWN, here), here.country
    every = register().municipalities
    for row in rows_of("dk_places.csv"):
        here = every["DK", row["municipality_code"]]
        named = Named(row["name"], TOWN, here, float(row["share_of_area"]) >= _CERTAIN_SHARE)
        words = [word.text for word in place_words(row["name"])]
        yield row["name"], named, "DK"
        if short_beginning := _SHORT_BEGINNINGS.get(words[0]):
            yield " ".join((short_beginning, *words[1:])), named, "DK"
        if len(words) > 1 and words[-1] in _SUFFIXES:
            yield " ".join(words[:-1]), named, "DK"
            for short in _SHORT_SUFFIXES.get(words[-1], ()):
                yield " ".join((*words[:-1], short)), named, "DK"


def _said() -> Iterator[_Row]:
    for row in rows_of("places_said.csv"):
        here = register().municipalities[row["country"], row["municipality_code"]]
        named = Named(row["name"], TOWN, here, not row["source"].endswith(_GENERAL_KNOWLEDGE))
        yield row["name"], named, here.country
        words = [word.text for word in place_words(row["name"])]
        bare = [word for word in words if not is_library_word(word) and word not in small_words().says_nothing]
        if len(row["name"].split()) > 1 and 0 < len(bare) < len(words):
            yield " ".join(bare), named, here.country


def _settlements() -> Iterator[_Row]:
    for row in rows_of("si_places.csv"):
        here = register().municipalities["SI", row["municipality_code"]]
        district = row["kind"] == "district"
        name = row["name"].removeprefix("Četrt ") if district else row["name"]
        yield name, Named(name, TOWN if district else SETTLEMENT, here), "SI"


def _areas() -> Iterator[_Row]:
    every = register().municipalities
    for country in ("DK", "SI"):
        for region in dict.fromkeys(here.region for here in every.values() if here.country == country):
            named = Named(region, AREA, None, area=Area(country, (region,), ()))
            yield region, named, country
            yield f"region {region}", named, country
    for row in rows_of("areas.csv"):
        country = row["country"]
        regions = tuple(region for region in row["regions"].split(";") if region)
        single = tuple(every[country, code] for code in row["municipality_codes"].split())
        yield row["name"], Named(row["name"], AREA, None, area=Area(country, regions, single)), country
