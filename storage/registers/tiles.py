"""The place of each municipality on a map of squares. The module `laying_out` makes the file."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.registers.errors import RegisterDamaged

COUNTED = 98 + 212


@dataclass(frozen=True)
class Tile:
    """The square of one municipality, counted from the upper left corner, and a short name unique in its country."""

    column: int
    row: int
    label: str


@cache
def tiles(country: str) -> Mapping[str, Tile]:
    """The squares of a country (DK or SI) by code. Raises RegisterDamaged if the file is incomplete."""
    with Path(__file__).with_name("tiles.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != COUNTED:
        raise RegisterDamaged(f"tiles.csv has {len(rows)} rows where {COUNTED} are expected: the file is not whole")
    return {
        row["municipality_code"]: Tile(int(row["column"]), int(row["row"]), row["label"])
        for row in rows
        if row["country"] == country
    }
