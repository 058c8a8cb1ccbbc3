"""The answer to the question which library somebody writes for, and where that library is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storage.registers.libraries import library, municipality
from storage.registers.register import Municipality


@dataclass(frozen=True, slots=True)
class WrittenFor:
    """A library of the register, or another organisation; `key` and `isil` are "" where the register has none.

    `municipality` is that of the register or, of another organisation, the one its author named; None: in none.
    """

    key: str
    name: str
    isil: str
    municipality: Municipality | None

    @property
    def municipality_key(self) -> str:
        """The country and the code of the municipality, as `DK-0461`; "" where there is none."""
        return f"{self.municipality.country}-{self.municipality.code}" if self.municipality else ""

    @property
    def place(self) -> str:
        """The name of the municipality; "" where there is none."""
        return self.municipality.name if self.municipality else ""

    @property
    def region(self) -> str:
        """Its region; "" where there is none."""
        return self.municipality.region if self.municipality else ""

    @property
    def country(self) -> str:
        """Its country, DK or SI; "" where there is none."""
        return self.municipality.country if self.municipality else ""


def written_for(answer: Mapping[str, Any] | None) -> WrittenFor:
    """What `answer`, as it is stored (`key`, `name`, of another organisation also `municipality`), says."""
    told = answer or {}
    key = str(told.get("key") or "")
    if found := library(key) if key else None:
        return WrittenFor(found.key, found.name, found.isil, found.municipality)
    country, _dash, code = str(told.get("municipality") or "").partition("-")
    return WrittenFor("", str(told.get("name") or ""), "", municipality(country, code))
