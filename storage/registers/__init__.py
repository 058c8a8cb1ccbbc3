"""The public libraries and municipalities of Denmark and Slovenia, and searches for them by name or place."""

from conversations.reading.sorting import sorted_names
from storage.registers.errors import RegisterDamaged
from storage.registers.libraries import (
    Found,
    FoundMunicipality,
    find_libraries,
    find_municipalities,
    libraries,
    libraries_near,
    library,
    municipalities,
    municipality,
    served_from,
    serves,
)
from storage.registers.register import Library, Municipality

__all__ = [
    "Found",
    "FoundMunicipality",
    "Library",
    "Municipality",
    "RegisterDamaged",
    "find_libraries",
    "find_municipalities",
    "libraries",
    "libraries_near",
    "library",
    "municipalities",
    "municipality",
    "served_from",
    "serves",
    "sorted_names",
]
