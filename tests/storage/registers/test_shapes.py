"""The outlines of municipalities."""

from itertools import pairwise

import pytest

from storage.registers import municipalities
from storage.registers.shapes import Frame, outline


@pytest.mark.parametrize("country", ["DK", "SI"])
def test_every_municipality_has_a_shape_that_lies_on_the_map(country: str) -> None:
    drawn = outline(country)
    assert set(drawn.shapes) == {here.code for here in municipalities(country)}
    for code, shape in drawn.shapes.items():
        corners = [point for ring in shape.rings() for point in ring]
        assert all(len(set(ring)) >= 3 for ring in shape.rings())
        on_the_map = [*(inset.part for inset in drawn.insets), Frame(0, 0, drawn.width, drawn.height)]
        assert any(all(part.holds(point, 0) for point in corners) for part in on_the_map), code


@pytest.mark.parametrize("country", ["DK", "SI"])
def test_the_point_of_a_municipality_is_inside_of_it(country: str) -> None:
    for code, shape in outline(country).shapes.items():
        x, y = shape.inside
        crossed = 0
        for ring in shape.rings():
            for (left, above), (right, below) in pairwise([*ring, ring[0]]):
                if (above > y) != (below > y) and x < (right - left) * (y - above) / (below - above) + left:
                    crossed += 1
        assert crossed % 2 == 1, code


def test_neighbours_share_their_border_so_there_are_no_gaps() -> None:
    corners = {
        code: {point for ring in shape.rings() for point in ring} for code, shape in outline("SI").shapes.items()
    }
    shared = sum(any(corners[code] & other for key, other in corners.items() if key != code) for code in corners)
    assert shared == 212
    ljubljana, medvode, piran = corners["061"], corners["071"], corners["090"]
    assert len(ljubljana & medvode) > 3
    assert not ljubljana & piran


def test_what_is_west_in_the_country_is_left_on_the_map() -> None:
    esbjerg, odense, copenhagen = (outline("DK").shapes[code].inside for code in ("0561", "0461", "0101"))
    assert esbjerg[0] < odense[0] < copenhagen[0]
    piran, ljubljana, lendava = (outline("SI").shapes[code].inside for code in ("090", "061", "059"))
    assert piran[0] < ljubljana[0] < lendava[0]
    assert lendava[1] < ljubljana[1] < piran[1]


def test_bornholm_is_beside_the_country_and_small_municipalities_are_enlarged() -> None:
    denmark = outline("DK")
    bornholm = denmark.shapes["0400"].inside
    assert bornholm[0] > denmark.width
    assert denmark.shown("0400")[0] < denmark.width
    frederiksberg, copenhagen = denmark.shown("0147"), denmark.shown("0101")
    before = denmark.shapes["0147"].inside, denmark.shapes["0101"].inside
    assert abs(frederiksberg[1] - copenhagen[1]) > 2 * abs(before[0][1] - before[1][1])
    assert denmark.shown("0461") == denmark.shapes["0461"].inside
    for inset in denmark.insets:
        assert inset.at.width / inset.part.width == pytest.approx(inset.at.height / inset.part.height, rel=0.01)
        assert Frame(0, 0, denmark.width, denmark.height).holds(
            (inset.at.x + inset.at.width, inset.at.y + inset.at.height), 0
        )
        free = [shape for shape in denmark.shapes.values() if inset.at.holds(shape.inside, 0)]
        assert not free
