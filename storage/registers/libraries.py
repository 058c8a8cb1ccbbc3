"""Search for libraries and municipalities by typed text or by location."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from conversations.reading.text import fold
from storage.registers.distance import kilometres
from storage.registers.finding import Finder, Names
from storage.registers.register import Library, Municipality, Place, register

_FARTHEST = 50.0  # kilometres: every place in both countries has a town within this distance


@dataclass(frozen=True)
class Found:
    """The one library that was named, if any, and those that may be meant, best first."""

    exact: Library | None
    near: tuple[Library, ...]


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


def find_libraries(typed: str, *, country: str | None = None, limit: int = 6) -> Found:
    """Libraries that `typed` may mean, in one country (DK or SI) or in both.

    `exact` is set only if the whole of `typed` is the name, municipality, town or ISIL of exactly one library, in any
    spelling that `fold` makes equal. `near` begins with `exact`; from two letters on it also has libraries whose names
    or towns contain or resemble `typed`. For a town without its own library in the register it has the libraries
    nearby.
    """
    finder = _libraries(country)
    near = finder.near(typed, limit)
    if finder.exact(typed) is None and (here := _place_without_library(typed, country)):
        nearby = libraries_near(here.latitude, here.longitude, limit=limit, country=country)
        near = (*nearby, *(found for found in near if found not in nearby))[:limit]
    return Found(finder.exact(typed), near)


def find_municipalities(typed: str, *, country: str | None = None, limit: int = 6) -> FoundMunicipality:
    """Municipalities that `typed` may mean; like `find_libraries`, with both official names, the code, and towns."""
    finder = _municipalities(country)
    return FoundMunicipality(finder.exact(typed), finder.near(typed, limit))


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


@cache
def _places_without_library() -> dict[str, list[Place]]:
    """Places in municipalities without their own library, by folded name of the place and of the municipality."""
    found: dict[str, list[Place]] = {}
    for place in register().places:
        if library_of(place.municipality) is None:
            names = (place.name, place.municipality.name, place.municipality.other_name)
            for name in {fold(name) for name in names if name}:
                found.setdefault(name, []).append(place)
    return found


def _place_without_library(typed: str, country: str | None) -> Place | None:
    for place in _places_without_library().get(fold(typed), ()):
        if country in (None, place.municipality.country):
            return place
    return None
