"""The municipalities and public libraries of Denmark and Slovenia, read from the files beside this module."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.registers.errors import RegisterDamaged


@dataclass(frozen=True)
class Municipality:
    """A kommune or občina. `country` is DK or SI; `code` is unique within it, with leading zeros."""

    country: str
    code: str
    name: str
    other_name: str
    """The second official name, in Italian or Hungarian; often empty."""
    region: str
    """The Danish region or the Slovenian statistical region."""


@dataclass(frozen=True)
class Library:
    """The library of a Danish municipality with all its branches, or a Slovenian central public library.

    `key` never changes: the country and the code of the library's municipality, which no two libraries share
    (`dk-0461`, `si-043`). `isil`, `website` and, for Danish libraries, `town` and `area` may be empty.
    """

    key: str
    name: str
    isil: str
    municipality: Municipality
    website: str
    area: str
    """The Slovenian library area, which is not the statistical region."""
    town: str

    @property
    def country(self) -> str:
        """DK or SI."""
        return self.municipality.country


@dataclass(frozen=True)
class Place:
    """A town or village, used to find what is near; it is not complete like a register."""

    name: str
    latitude: float
    longitude: float
    municipality: Municipality


@dataclass(frozen=True)
class Register:
    """The content of the files: libraries by key, municipalities by country and code, places."""

    municipalities: Mapping[tuple[str, str], Municipality]
    libraries: Mapping[str, Library]
    places: Sequence[Place]


_HERE = Path(__file__).parent

ROWS = {
    "dk_municipalities.csv": 98,
    "dk_libraries.csv": 97,
    "si_municipalities.csv": 212,
    "si_libraries.csv": 58,
    "places.csv": 934,
    "dk_places.csv": 592,
    "si_places.csv": 6104,
    "places_said.csv": 232,
    "areas.csv": 108,
}
"""The number of rows in each file, because copies of such lists with a missing municipality exist."""


@cache
def register() -> Register:
    """The register, read and checked on the first call. Raises RegisterDamaged if a file is incomplete."""
    municipalities = {
        (found.country, found.code): found
        for found in (
            *(
                Municipality("DK", row["code"], row["name"], "", row["region_name"])
                for row in rows_of("dk_municipalities.csv")
            ),
            *(
                Municipality("SI", row["code"], row["name"], row["name_second_official"], row["statistical_region"])
                for row in rows_of("si_municipalities.csv")
            ),
        )
    }
    libraries = {
        library.key: library
        for file, country in (("dk_libraries.csv", "DK"), ("si_libraries.csv", "SI"))
        for library in (_library(row, municipalities[country, row["municipality_code"]]) for row in rows_of(file))
    }
    if len(libraries) != ROWS["dk_libraries.csv"] + ROWS["si_libraries.csv"]:
        raise RegisterDamaged("two libraries have the same municipality, so their keys are not unique")
    places = [
        Place(
            row["name"],
            float(row["latitude"]),
            float(row["longitude"]),
            municipalities[row["country"], row["municipality_code"]],
        )
        for row in rows_of("places.csv")
    ]
    return Register(municipalities, libraries, places)


def _library(row: Mapping[str, str], municipality: Municipality) -> Library:
    return Library(
        key=f"{municipality.country.lower()}-{municipality.code}",
        name=row["name"],
        isil=row["isil"],
        municipality=municipality,
        website=row.get("website", ""),
        area=row.get("library_area", ""),
        town=row.get("town", ""),
    )


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file beside this module. Raises RegisterDamaged if it is incomplete."""
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != ROWS[name]:
        raise RegisterDamaged(f"{name} has {len(rows)} rows where {ROWS[name]} are expected: the file is not whole")
    return rows
