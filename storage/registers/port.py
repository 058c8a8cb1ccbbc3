"""The `Registers` port: what a conversation may look up in the registers."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from conversations.language.words import Words
from conversations.model.registers import Home, LibrariesFound, LibraryFound, MunicipalityFound, PlaceFound
from storage.registers.libraries import (
    find_libraries,
    find_municipalities,
    libraries_near,
    library_of,
    municipalities,
    municipality,
    served_from,
)
from storage.registers.place_reading import PlaceNamed, places_in
from storage.registers.register import Library, Municipality
from storage.registers.written_for import written_for


class StoredRegisters:
    """The `Registers` of every conversation; `spellings` returns words in every language of the bot."""

    def __init__(self, spellings: Callable[[Words], Sequence[str]]) -> None:
        self.spellings = spellings

    def libraries(self, typed: str) -> LibrariesFound:
        """The libraries that `typed`, an answer to "which library?", may mean."""
        found = find_libraries(typed)
        return LibrariesFound(
            _library(found.exact) if found.exact else None,
            [_library(each) for each in found.near],
            found.meant,
            found.other,
            _municipality(found.municipality).key if found.municipality else "",
        )

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """The libraries nearest to a place, in degrees."""
        return [_library(each) for each in libraries_near(latitude, longitude)]

    def municipality(self, typed: str) -> tuple[MunicipalityFound | None, Sequence[MunicipalityFound]]:
        """The one municipality whose name is exactly `typed`, if any; and similar ones, best first."""
        found = find_municipalities(typed)
        return _municipality(found.exact) if found.exact else None, [_municipality(each) for each in found.near]

    def places_in(self, text: str) -> Sequence[PlaceFound]:
        """The places that a running text names, in its order, inflected too."""
        return [_place(each) for each in places_in(text)]

    def municipality_name(self, key: str) -> str:
        """The name of the municipality with that key, or the key itself if there is none."""
        country, _dash, code = key.partition("-")
        found = municipality(country, code)
        return found.name if found else key

    def regions(self, country: str) -> Sequence[str]:
        """The regions of a country, in the order of the register."""
        return list(dict.fromkeys(each.region for each in municipalities(country)))

    def region_of(self, key: str) -> str:
        """The region of the municipality with that key; "" if there is none."""
        country, _dash, code = key.partition("-")
        found = municipality(country, code)
        return found.region if found else ""

    def home(self, library: Mapping[str, Any] | None) -> Home:
        """Where the library is that an answer to the question `library` names."""
        known = written_for(library)
        return Home(known.name, known.municipality_key, known.region, known.country)

    def served_from(self, served: str) -> str:
        """For a municipality without a library, the municipality with the nearest one; "": it has its own."""
        country, _dash, code = served.partition("-")
        near = served_from(country, code)
        return f"{country}-{near.municipality.code}" if near and near.municipality.code != code else ""


def _library(found: Library) -> LibraryFound:
    return LibraryFound(found.key, found.name, found.municipality.name)


def _municipality(found: Municipality) -> MunicipalityFound:
    return MunicipalityFound(f"{found.country}-{found.code}", found.name)


def _place(found: PlaceNamed) -> PlaceFound:
    meant = found.meanings[0]
    if meant.area:
        single = tuple(_municipality(each) for each in meant.area.municipalities)
        return PlaceFound(found.start, found.end, meant.name, single, "", meant.area.regions, meant.area.country)
    municipalities = tuple(each.municipality for each in found.meanings if each.municipality)
    library = library_of(municipalities[0]) if len(municipalities) == 1 else None
    return PlaceFound(
        found.start,
        found.end,
        meant.name,
        tuple(_municipality(each) for each in municipalities),
        library.key if library else "",
        sure=found.sure,
    )
