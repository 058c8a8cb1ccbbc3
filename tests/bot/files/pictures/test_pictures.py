"""Pictures for the chat: what is known from each municipality can be seen on them, and nothing is cut."""

import io

import pytest
from PIL import Image

from bot.files.pictures.drawing import NO_BREAK, font, wrapped
from bot.files.pictures.maps import Told, country_map
from bot.files.pictures.pictures import chart_picture, map_picture
from conversations.flows.digests.charts import Chart
from storage import registers
from storage.registers.shapes import outline
from tests.conversations.dialogue import CATALOGUES

BLUE, ORANGE, GREY, INK = (0, 114, 178), (230, 159, 0), (220, 223, 226), (26, 26, 26)
MARGIN, WIDTH = 44, 1080
TITLE_HEIGHT = 126


def opened(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture))
    assert image.format == "PNG"
    return image.convert("RGB")


def near(colour: object, wanted: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - other) < 12 for one, other in zip(colour, wanted, strict=True))


def at(image: Image.Image, country: str, code: str) -> object:
    """The colour of a municipality."""
    drawn = outline(country)
    x, y = drawn.shown(code)
    scale = (WIDTH - 2 * MARGIN) / drawn.width
    return image.getpixel((round(MARGIN + x * scale), round(TITLE_HEIGHT + y * scale)))


def everywhere(country: str, state: str) -> dict[str, Told]:
    return {f"{country}-{here.code}": Told(state, 1) for here in registers.municipalities(country)}


@pytest.mark.parametrize("country", ["DK", "SI"])
@pytest.mark.parametrize(("state", "colour"), [("reported", BLUE), ("silent", GREY)])
def test_every_municipality_has_the_colour_of_its_state(country: str, state: str, colour: tuple[int, int, int]) -> None:
    image = opened(map_picture(country, everywhere(country, state), CATALOGUES["en"]))
    assert image.width == WIDTH
    other = [here.name for here in registers.municipalities(country) if not near(at(image, country, here.code), colour)]
    assert len(other) < 5  # a point on the border of a very narrow one may be white


def test_one_library_plans_and_partners_are_told_apart_without_their_colours() -> None:
    told = {"DK-0461": Told("reported", 3), "DK-0751": Told("planned", 1), "DK-0101": Told("silent", 0, 2)}
    image = opened(map_picture("DK", told, CATALOGUES["da"]))
    assert near(at(image, "DK", "0461"), BLUE)
    assert near(at(image, "DK", "0101"), INK)
    colours = image.getcolors(1 << 24) or []
    assert sum(number for number, colour in colours if near(colour, ORANGE)) > 400
    around = outline("DK").shown("0751")
    scale = (WIDTH - 2 * MARGIN) / outline("DK").width
    x, y = round(MARGIN + around[0] * scale), round(TITLE_HEIGHT + around[1] * scale)
    stripe = [image.getpixel((x + step, y)) for step in range(-12, 13)]
    assert any(near(colour, ORANGE) for colour in stripe)
    assert any(near(colour, (255, 255, 255)) for colour in stripe)


def test_the_legend_has_the_names_in_the_readers_order() -> None:
    told = {f"DK-{code}": Told("reported", 1) for code in ("0751", "0461", "0101", "0746")}
    drawn = country_map("DK", told, CATALOGUES["da"])
    reported, silent = drawn.legend
    assert reported.names == ["København", "Odense", "Skanderborg", "Aarhus"]
    assert (reported.label, silent.label) == ("Har meldt ind (4)", "Endnu ingen indmelding (94)")
    assert len(drawn.areas) == 98


@pytest.mark.parametrize("number", [1, 30, 212])
def test_any_number_of_names_fits(number: int) -> None:
    told = dict(list(everywhere("SI", "reported").items())[:number])
    image = opened(map_picture("SI", told, CATALOGUES["sl"]))
    assert 1000 < image.height < 2000
    for column in (0, WIDTH - 1):
        assert all(min(image.getpixel((column, row))) > 250 for row in range(image.height))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "chart",
    [
        Chart("themes", (("language_cafe", 34),)),
        Chart("themes", (("language_cafe", 123_456), ("other", 1)), left_out=2),
        Chart("months", tuple((f"{2025 + n // 12}-{n % 12 + 1:02}", n * 999) for n in range(24))),
        Chart("months", (("2026-11", 1),)),
        Chart("calls", (("a", 4), ("b", 3)), names={"a": {"en": "Long " * 40}, "b": {"en": "W" * 200}}),
    ],
)
@pytest.mark.parametrize("language", ["da", "sl", "en"])
def test_nothing_of_a_chart_runs_over_its_edge(chart: Chart, language: str) -> None:
    image = opened(chart_picture(chart, CATALOGUES[language]))
    colours = image.getcolors(1 << 24) or []
    assert any(near(colour, BLUE) for _number, colour in colours)
    for column in (*range(20), *range(WIDTH - 20, WIDTH)):
        assert all(near(image.getpixel((column, row)), (255, 255, 255)) for row in range(0, image.height, 3))


def test_longer_bars_are_longer() -> None:
    image = opened(chart_picture(Chart("themes", (("language_cafe", 40), ("other", 10))), CATALOGUES["en"]))
    lengths = [sum(near(image.getpixel((x, y)), BLUE) for x in range(WIDTH)) for y in range(image.height)]
    long, short = max(lengths), min(each for each in lengths if each > 100)
    assert short / long == pytest.approx(0.25, abs=0.02)


def test_text_is_cut_between_words_and_a_name_stays_whole() -> None:
    letters = font(30)
    assert wrapped(f"Hrpelje{NO_BREAK}-{NO_BREAK}Kozina and more", letters, 260) == [
        f"Hrpelje{NO_BREAK}-{NO_BREAK}Kozina",
        "and more",
    ]
    lines = wrapped("W" * 90, letters, 260)
    assert "".join(lines) == "W" * 90
    assert all(letters.getlength(line) <= 260 for line in lines)
