"""The registers of libraries and municipalities, and the words of every language: the same for everybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from conversations.language.words import Words


@dataclass(frozen=True, slots=True)
class LibraryFound:
    """A library of the register: its key, its official name and its municipality."""

    key: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True)
class LibrariesFound:
    """The libraries of the register that a typed text may mean.

    `exact` is the one that it surely means, and may be stored. `near` are those that it may mean, best first; `meant`
    says that it names the first of them, which has to be confirmed because the text has a slip, says more, or is known
    from hearsay. `other`: it names a library that is not in the register, in the municipality of that key if known.
    """

    exact: LibraryFound | None = None
    near: Sequence[LibraryFound] = ()
    meant: bool = False
    other: bool = False
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class MunicipalityFound:
    """A municipality of the register: its key (country, dash, code) and its name."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place that a text names, from its first to after its last character.

    `name` is as the register writes it. `municipalities` are those it may mean: with several, the text does not say
    which. Of a country (`country`, DK or SI), a region or a part of a country (`regions`), they are what it has
    beside its whole regions. `library` is the key of the library that serves the one municipality; "" where there is
    none in the register. What is not `sure` is general knowledge: it may be proposed, never stored unasked.
    """

    start: int
    end: int
    name: str
    municipalities: tuple[MunicipalityFound, ...]
    library: str
    regions: tuple[str, ...] = ()
    country: str = ""
    sure: bool = True

    @property
    def is_area(self) -> bool:
        """Returns whether it is a country, a region or a part of a country."""
        return bool(self.country)


@dataclass(frozen=True, slots=True)
class Home:
    """Where the library of somebody is: its name, and its `municipality` by key; "" for what is not known."""

    name: str = ""
    municipality: str = ""
    region: str = ""
    country: str = ""


class Registers(Protocol):
    """What is known without a database, and is the same for everybody."""

    def libraries(self, typed: str) -> LibrariesFound:
        """Returns the libraries that `typed`, an answer to "which library?", may mean."""
        ...

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """Returns the libraries nearest to a point, in degrees."""
        ...

    def municipality(self, typed: str) -> tuple[MunicipalityFound | None, Sequence[MunicipalityFound]]:
        """Returns the municipality that is exactly `typed`, if any; and the nearest ones, best first."""
        ...

    def places_in(self, text: str) -> Sequence[PlaceFound]:
        """Returns the places that a running text names, in its order, inflected too; see `PlaceFound`."""
        ...

    def municipality_name(self, key: str) -> str:
        """Returns the name of the municipality with this key, or the key itself."""
        ...

    def regions(self, country: str) -> Sequence[str]:
        """Returns the regions of a country, in the order of the register."""
        ...

    def region_of(self, municipality: str) -> str:
        """Returns the region of the municipality with this key; "" if there is none."""
        ...

    def home(self, library: Mapping[str, Any] | None) -> Home:
        """Returns where the library is that an answer to the question `library` names."""
        ...

    def served_from(self, served: str) -> str:
        """Returns the municipality whose library serves one that has no library in the register; "" if it has one."""
        ...

    def spellings(self, words: Words) -> Sequence[str]:
        """Returns `words` in every language of the bot."""
        ...
