"""What a conversation may ask of the registers."""

from collections.abc import Callable, Sequence

from conversations.language.words import Words
from conversations.model.registers import LibraryFound, MunicipalityFound
from storage.registers.libraries import (
    find_libraries,
    find_municipalities,
    libraries_near,
    municipalities,
    municipality,
    served_from,
)
from storage.registers.register import Library, Municipality


class StoredRegisters:
    """The `Registers` of every conversation; `spellings` gives words in every language of the bot."""

    def __init__(self, spellings: Callable[[Words], Sequence[str]]) -> None:
        self.spellings = spellings

    def libraries(self, typed: str) -> tuple[LibraryFound | None, Sequence[LibraryFound]]:
        """The one library whose name or place `typed` is exactly, if any; and the nearest ones, best first."""
        found = find_libraries(typed)
        return _library(found.exact) if found.exact else None, [_library(each) for each in found.near]

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """The libraries nearest to a place, in degrees."""
        return [_library(each) for each in libraries_near(latitude, longitude)]

    def municipality(self, typed: str) -> tuple[MunicipalityFound | None, Sequence[MunicipalityFound]]:
        """The one municipality that `typed` is exactly, if any; and the nearest ones, best first."""
        found = find_municipalities(typed)
        return _municipality(found.exact) if found.exact else None, [_municipality(each) for each in found.near]

    def municipality_name(self, key: str) -> str:
        """The name of the municipality of that key, or the key itself."""
        country, _dash, code = key.partition("-")
        found = municipality(country, code)
        return found.name if found else key

    def regions(self, country: str) -> Sequence[str]:
        """The regions of a country, in the order of the register."""
        return list(dict.fromkeys(each.region for each in municipalities(country)))

    def served_from(self, served: str) -> str:
        """The municipality whose library is the nearest, for one that has none in the register; "": it has one."""
        country, _dash, code = served.partition("-")
        near = served_from(country, code)
        return f"{country}-{near.municipality.code}" if near and near.municipality.code != code else ""


def _library(found: Library) -> LibraryFound:
    return LibraryFound(found.key, found.name, found.municipality.name)


def _municipality(found: Municipality) -> MunicipalityFound:
    return MunicipalityFound(f"{found.country}-{found.code}", found.name)
