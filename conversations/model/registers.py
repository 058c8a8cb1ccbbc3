"""The registers of libraries and municipalities, and the words of every language: the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from conversations.language.words import Words


@dataclass(frozen=True, slots=True)
class LibraryFound:
    """A library of the register: its key, its official name and its municipality."""

    key: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class MunicipalityFound:
    """A municipality of the register: its key (country, dash, code) and its name."""

    key: str
    name: str


class Registers(Protocol):
    """What is known without a database, and is the same for everybody."""

    def libraries(self, typed: str) -> tuple[LibraryFound | None, Sequence[LibraryFound]]:
        """Returns the library whose name or place is exactly `typed`, if any; and the nearest ones, best first."""
        ...

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """Returns the libraries nearest to a point, in degrees."""
        ...

    def municipality(self, typed: str) -> tuple[MunicipalityFound | None, Sequence[MunicipalityFound]]:
        """Returns the municipality that is exactly `typed`, if any; and the nearest ones, best first."""
        ...

    def municipality_name(self, key: str) -> str:
        """Returns the name of the municipality with this key, or the key itself."""
        ...

    def regions(self, country: str) -> Sequence[str]:
        """Returns the regions of a country, in the order of the register."""
        ...

    def served_from(self, served: str) -> str:
        """Returns the municipality whose library serves one that has no library in the register; "" if it has one."""
        ...

    def spellings(self, words: Words) -> Sequence[str]:
        """Returns `words` in every language of the bot."""
        ...
