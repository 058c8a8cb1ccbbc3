"""The map of squares."""

import pytest

from storage.registers import municipalities
from storage.registers.tiles import tiles


@pytest.mark.parametrize(("country", "number"), [("DK", 98), ("SI", 212)])
def test_every_municipality_has_a_square_and_a_short_name_of_its_own(country: str, number: int) -> None:
    found = tiles(country)
    assert set(found) == {here.code for here in municipalities(country)}
    assert len({(tile.column, tile.row) for tile in found.values()}) == number
    assert len({tile.label for tile in found.values()}) == number
    assert min(tile.column for tile in found.values()) == min(tile.row for tile in found.values()) == 0


def test_what_is_west_in_the_country_is_left_on_the_map() -> None:
    esbjerg, odense, copenhagen = (tiles("DK")[code] for code in ("0561", "0461", "0101"))
    assert esbjerg.column < odense.column < copenhagen.column
    piran, ljubljana, lendava = (tiles("SI")[code] for code in ("090", "061", "059"))
    assert piran.column < ljubljana.column < lendava.column
    assert lendava.row < ljubljana.row < piran.row
