"""Search for libraries and municipalities by typed text or by location."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from storage.registers.distance import kilometres
from storage.registers.finding import Finder, Names
from storage.registers.place_reading import PlaceAnswer, is_ordinary, is_small_talk, read_answer
from storage.registers.place_words import danish_stem, is_library_word, place_words, slovenian_stem
from storage.registers.register import Library, Municipality, register

_FARTHEST = 50.0  # kilometres: every place in both countries has a town within this distance


@dataclass(frozen=True)
class Found:
    """The one library that was named, if any, and those that may be meant, best first.

    `meant`: the first of them was named, but has to be confirmed. `other`: a library was named that is not in the
    register; `municipality` is where it is, if that was said.
    """

    exact: Library | None = None
    near: tuple[Library, ...] = ()
    meant: bool = False
    other: bool = False
    municipality: Municipality | None = None


@dataclass(frozen=True)
class FoundMunicipality:
    """The one municipality that was named, if any, and those that may be meant, best first."""

    exact: Municipality | None
    near: tuple[Municipality, ...]


def library(key: str) -> Library | None:
    """The library with this key, or None if there is none."""
    return register().libraries.get(key)


def libraries(country: str | None = None) -> Sequence[Library]:
    """All libraries, or those of one country (DK or SI), in the order of the register."""
    return [found for found in register().libraries.values() if country in (None, found.country)]


def municipality(country: str, code: str) -> Municipality | None:
    """The municipality with this code, or None if there is none."""
    return register().municipalities.get((country, code))


def municipalities(country: str | None = None) -> Sequence[Municipality]:
    """All municipalities, or those of one country (DK or SI), in the order of the register."""
    return [found for found in register().municipalities.values() if country in (None, found.country)]


@lru_cache(maxsize=16)  # a message is read as more than an answer, and as the answer
def find_libraries(typed: str, *, country: str | None = None, limit: int = 6) -> Found:
    """Libraries that `typed` may mean as an answer to "which library?", in one country (DK or SI) or in both.

    `exact` is set if `typed` names one library for certain: by its name, municipality, town, district or ISIL, in any
    spelling that `fold` makes equal, inflected, and with small words beside it. `near` begins with `exact`; it has the
    libraries of the places that are named, or else those whose names contain or resemble `typed`. Of a place without
    its own library in the register it has the libraries nearby.
    """
    finder = _libraries(country)
    if exact := finder.exact(typed):
        return Found(exact, (exact, *(each for each in finder.near(typed, limit) if each is not exact))[:limit])
    answer = read_answer(typed)
    if answer.another:
        return Found(other=True)
    if answer.municipalities:
        if found := _of_places(answer, country, limit):
            return found
    elif (answer.only_small_words and not answer.kinds) or is_small_talk((*answer.left, *answer.kinds)):
        return Found()
    part, whole, begun = ((), False, ()) if answer.doubtful else _by_part((*answer.left, *answer.kinds), country)
    if whole and begun:  # "ksaver meško" is whole in one name, and the beginning of another
        return Found(None, (*part, *begun)[:limit])
    if len(part) == 1:
        return Found(part[0] if whole else None, part, meant=True)
    if part:
        return Found(None, part[:limit])
    near = finder.near(" ".join(answer.left) or typed, limit) if len(answer.left) <= _MOST_WORDS_OF_A_NAME else ()
    other = answer.elsewhere or (answer.library_word and bool(answer.left) and not answer.doubtful and not near)
    return Found(None, near, other=other)


_MOST_WORDS_OF_A_NAME = 5


def _of_places(answer: PlaceAnswer, country: str | None, limit: int) -> Found | None:
    """The libraries of the places that an answer names; None if none of these is in the country."""
    here = [each for each in answer.municipalities if country in (None, each.country)]
    if not here:
        return None
    own = tuple(found for each in here if (found := library_of(each)))
    namesakes, whole, _begun = _by_part(answer.village, country)
    if whole:  # Šmarje, and Šmarje pri Jelšah
        own, here = tuple(dict.fromkeys((*namesakes, *own))), [*here, *(each.municipality for each in namesakes)]
    if len(here) > 1:
        near = (*own, *(found for each in here if (found := served_from(each.country, each.code))))
        return Found(None, tuple(dict.fromkeys(near))[:limit])
    if not own:
        at = next(place for place in register().places if place.municipality == here[0])  # each has at least one
        nearby = libraries_near(at.latitude, at.longitude, limit=limit, country=country)
        other = answer.library_word and here[0].country == "DK"
        return Found(None, nearby, other=other, municipality=here[0])
    return Found(own[0] if answer.sure else None, own, meant=not answer.doubtful)


def _by_part(said: Sequence[str], country: str | None) -> tuple[tuple[Library, ...], bool, tuple[Library, ...]]:
    """The libraries in whose names are all words of an answer, whether each word is whole there, and other libraries.

    The others are those in whose names the words are only begun.

    "Kosovelova" is Kosovelova knjižnica Sežana; "slovenska" may be Slovenska Bistrica or Slovenske Konjice.
    """
    if not said or len(said) > _MOST_WORDS_OF_A_NAME or max(map(len, said)) < _SHORTEST_PART:
        return (), False, ()
    fitting = [(fit, found) for found in libraries(country) if (fit := _fit(said, _words_of_names(found)))]
    best = max((fit for fit, _found in fitting), default=0)
    fits, begun = (tuple(found for fit, found in fitting if (fit == best) is is_best) for is_best in (True, False))
    return fits, best == _WHOLE, begun


_SHORTEST_PART = 3
_SHORTEST_SLIP = 6
_SHORTEST_ADJECTIVE = 6
_ADJECTIVES = ("ska", "ske", "ski", "sko")
_WHOLE, _INFLECTED, _BEGUN = 3, 2, 1


def _fit(said: Sequence[str], names: frozenset[str]) -> int:
    """How well every word of `said` is one of `names`: whole in any case, with a slip, or begun; 0 if one is not."""
    stems = {slovenian_stem(name) for name in names} | {danish_stem(name) for name in names}
    least = _WHOLE
    for word in said:
        if word in names or slovenian_stem(word) in stems or danish_stem(word) in stems:
            continue
        if len(word) >= _SHORTEST_SLIP and any(OSA.distance(word, name, score_cutoff=1) <= 1 for name in names):
            least = min(least, _INFLECTED)
        elif word.endswith(_ADJECTIVES) and len(word) > _SHORTEST_ADJECTIVE:
            if not any(name.startswith(word[:-3]) for name in names):  # "kočevska" is of Kočevje
                return 0
            least = min(least, _INFLECTED)
        elif len(word) >= _SHORTEST_PART and any(name.startswith(word) for name in names):
            least = min(least, _BEGUN)
        else:
            return 0
    return least


@cache
def _words_of_names(found: Library) -> frozenset[str]:
    """The folded words of a library's names, without those that say library or nothing."""
    names = (found.name, found.municipality.name, found.municipality.other_name, found.town)
    return frozenset(
        word.text
        for name in names
        for word in place_words(name)
        if not is_library_word(word.text) and len(word.text) > 1
    )


def find_municipalities(typed: str, *, country: str | None = None, limit: int = 6) -> FoundMunicipality:
    """Municipalities that `typed` may mean; like `find_libraries`, with both official names, the code, and towns."""
    finder = _municipalities(country)
    exact = finder.exact(typed)
    named = read_answer(typed) if exact is None and not is_ordinary(typed) else PlaceAnswer()
    meant = tuple(each for each in named.municipalities if country in (None, each.country))
    if named.sure and meant:
        exact = meant[0]
    near = (*((exact,) if exact else ()), *meant, *finder.near(typed, limit))
    return FoundMunicipality(exact, tuple(dict.fromkeys(near))[:limit])


def libraries_near(
    latitude: float, longitude: float, limit: int = 3, *, country: str | None = None
) -> tuple[Library, ...]:
    """The libraries of the municipalities whose towns are nearest to a location in degrees, nearest first.

    Libraries farther than 50 km are left out, so a location outside both countries has none.
    """
    away: dict[str, float] = {}
    for place in register().places:
        found = library_of(place.municipality)
        if found is not None and country in (None, found.country):
            distance = kilometres(latitude, longitude, place.latitude, place.longitude)
            if distance <= min(_FARTHEST, away.get(found.key, _FARTHEST)):
                away[found.key] = distance
    return tuple(register().libraries[key] for key in sorted(away, key=lambda key: away[key])[:limit])


@cache
def served_from(country: str, code: str) -> Library | None:
    """The library that serves a municipality: its own, or the nearest if it has none; None: no such municipality."""
    here = municipality(country, code)
    if here is None:
        return None
    if own := library_of(here):
        return own
    at = next(place for place in register().places if place.municipality == here)  # each has at least one
    return next(iter(libraries_near(at.latitude, at.longitude, limit=1, country=country)), None)


def serves(found: Library) -> Sequence[Municipality]:
    """The municipalities that the library serves; its own first."""
    return _served().get(found.key, (found.municipality,))


@cache
def _served() -> dict[str, list[Municipality]]:
    served = {found.key: [found.municipality] for found in register().libraries.values()}
    for here in register().municipalities.values():
        near = served_from(here.country, here.code)
        if near and near.municipality != here:
            served[near.key].append(here)
    return served


def library_of(here: Municipality) -> Library | None:
    """The library of a municipality, or None if the register has none there."""
    return register().libraries.get(f"{here.country.lower()}-{here.code}")


@cache
def _libraries(country: str | None) -> Finder[Library]:
    towns = _towns()
    return Finder(
        Names(
            found,
            names=(
                found.name,
                found.municipality.name,
                found.municipality.other_name,
                found.town,
                found.isil,
                found.key,
            ),
            places=(found.website, *towns.get(found.municipality, ())),
        )
        for found in libraries(country)
    )


@cache
def _municipalities(country: str | None) -> Finder[Municipality]:
    towns = _towns()
    return Finder(
        Names(found, names=(found.name, found.other_name, found.code), places=tuple(towns.get(found, ())))
        for found in municipalities(country)
    )


@cache
def _towns() -> dict[Municipality, list[str]]:
    towns: dict[Municipality, list[str]] = {}
    for place in register().places:
        towns.setdefault(place.municipality, []).append(place.name)
    return towns
