"""The registers of libraries and municipalities, and the words of every language: the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from conversations.language.words import Words


@dataclass(frozen=True, slots=True)
class LibraryFound:
    """A library of the register: its key there, its official name and its municipality."""

    key: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class MunicipalityFound:
    """A municipality of the register: its key (its country, a dash, its code) and its name."""

    key: str
    name: str


class Registers(Protocol):
    """What is known without a database and without knowing who asks."""

    def libraries(self, typed: str) -> tuple[LibraryFound | None, Sequence[LibraryFound]]:
        """The one library whose name or place `typed` is exactly, if any; and the nearest ones, best first."""
        ...

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """The libraries nearest to a place, in degrees."""
        ...

    def municipality(self, typed: str) -> tuple[MunicipalityFound | None, Sequence[MunicipalityFound]]:
        """The one municipality that `typed` is exactly, if any; and the nearest ones, best first."""
        ...

    def municipality_name(self, key: str) -> str:
        """The name of the municipality of that key, or the key itself."""
        ...

    def regions(self, country: str) -> Sequence[str]:
        """The regions of a country, in the order of the register."""
        ...

    def served_from(self, served: str) -> str:
        """The municipality whose library is the nearest, for one that has none in the register; "": it has one."""
        ...

    def spellings(self, words: Words) -> Sequence[str]:
        """`words` in every language the bot speaks."""
        ...
