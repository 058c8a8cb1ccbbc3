"""Draws one picture: reads its content as JSON from standard input, writes PNG to standard output.

It runs in a separate process, so that drawing takes no memory of the bot and holds up no answer.
"""

import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

from PIL import Image, ImageDraw, ImageFont

Point: TypeAlias = tuple[float, float]

BLUE, ORANGE, GREY, INK, PAPER, FAINT = "#0072B2", "#E69F00", "#DCDFE2", "#1A1A1A", "#FFFFFF", "#5A5F63"
"""Blue and orange of Okabe and Ito, which people with any colour vision can distinguish, also in print."""

WIDTH, MARGIN = 1080, 44
"""A phone shows a picture at about a third of this width, so its smallest letters have to be three times as large."""

TITLE, LABEL, NAMES, SMALL = 50, 38, 33, 26
FINER = 2
"""Shapes are drawn so many times larger and then made smaller, for smooth edges."""

NO_BREAK = "\u00a0"
MOST_LINES = 5
"""Most lines of names under one label."""


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Returns the letters of that size."""
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    file = resources.files("bot.files.pictures").joinpath("fonts", name).read_bytes()
    return ImageFont.truetype(io.BytesIO(file), size)


def wrapped(text: str, letters: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Returns `text` in lines that are not wider than `width`; only what is wider by itself is cut elsewhere than at a
    space.
    """
    lines: list[str] = []
    space, used = letters.getlength(" "), 0.0
    for word in text.split(" "):
        needed = letters.getlength(word)
        if lines and used + space + needed <= width:
            lines[-1] += f" {word}"
            used += space + needed
            continue
        while needed > width and len(word) > 1:
            fits = next(
                size for size in range(len(word), 0, -1) if size == 1 or letters.getlength(word[:size]) <= width
            )
            lines.append(word[:fits])
            word = word[fits:]
            needed = letters.getlength(word)
        lines.append(word)
        used = needed
    return lines


class Sheet:
    """A picture that is filled from top to bottom and as high as what it has."""

    def __init__(self) -> None:
        self._steps: list[Callable[[Image.Image, ImageDraw.ImageDraw], None]] = []
        self.y = float(MARGIN)

    def add(self, height: float, draw: Callable[[Image.Image, ImageDraw.ImageDraw], None]) -> None:
        """Draw something below everything else; it takes `height`."""
        self._steps.append(draw)
        self.y += height

    def text(self, text: str, size: int, *, bold: bool = False, x: float = MARGIN, colour: str = INK) -> None:
        """Add a paragraph that starts at `x`."""
        letters = font(size, bold=bold)
        for line in wrapped(text, letters, WIDTH - MARGIN - x):
            self.add(size * 1.32, _text((x, self.y), line, letters, colour))

    def image(self) -> Image.Image:
        """Returns the picture."""
        image = Image.new("RGB", (WIDTH, round(self.y + MARGIN * 0.7)), PAPER)
        draw = ImageDraw.Draw(image)
        for step in self._steps:
            step(image, draw)
        return image


def _text(
    at: Point, text: str, letters: ImageFont.FreeTypeFont, colour: str, anchor: str = "la"
) -> Callable[[Image.Image, ImageDraw.ImageDraw], None]:
    return lambda _image, draw: draw.text(at, text, font=letters, fill=colour, anchor=anchor)


def bars(told: Mapping[str, Any]) -> Image.Image:
    """Returns horizontal bars, the first on top, each below its name and beside its number."""
    sheet = Sheet()
    sheet.text(told["title"], TITLE, bold=True)
    sheet.y += 14
    letters = font(LABEL, bold=True)
    room = WIDTH - 2 * MARGIN - max(letters.getlength(said) for said in told["said"]) - 16
    most = max(*told["numbers"], 1)
    for name, number, said in zip(told["names"], told["numbers"], told["said"], strict=True):
        sheet.text(name, NAMES)
        sheet.y += 6
        length, y = max(number / most * room, 4), sheet.y

        def draw(_image: Image.Image, canvas: ImageDraw.ImageDraw, end: float = MARGIN + length, y: float = y) -> None:
            canvas.rounded_rectangle((MARGIN, y, end, y + 34), 5, fill=BLUE)

        sheet.add(0, draw)
        sheet.add(34, _text((MARGIN + length + 14, y + 17), said, letters, INK, "lm"))
        sheet.y += 20
    if told["note"]:
        sheet.text(told["note"], SMALL, colour=FAINT)
    return sheet.image()


def columns(told: Mapping[str, Any]) -> Image.Image:
    """Returns columns from left to right for a sequence in time, each with its number above and its name below."""
    names, numbers, said = told["names"], told["numbers"], told["said"]
    sheet = Sheet()
    sheet.text(told["title"], TITLE, bold=True)
    slot = (WIDTH - 2 * MARGIN) / len(names)
    size = next((each for each in range(LABEL, 17, -1) if _widest(said, font(each, bold=True)) <= slot - 4), 0)
    letters = font(size or 24, bold=True)
    above = size * 1.5 if size else _widest(said, letters) + 12
    below = font(NAMES if len(names) <= 14 else 27)
    lying = _widest(names, below) <= slot - 10
    top, high, most = sheet.y + 10 + above, 560.0, max(*numbers, 1)
    for place, (name, number, what) in enumerate(zip(names, numbers, said, strict=True)):
        middle, y = MARGIN + slot * (place + 0.5), top + high * (1 - number / most)

        def draw(_image: Image.Image, canvas: ImageDraw.ImageDraw, x: float = middle, y: float = y) -> None:
            canvas.rectangle((x - slot * 0.38, y, x + slot * 0.38, top + high), fill=BLUE)

        if number:
            sheet.add(0, draw)
        if size:
            sheet.add(0, _text((middle, y - 8), what, letters, INK, "ms"))
        else:
            sheet.add(0, _standing((middle, y - 8), what, letters, bottom=True))
        sheet.add(0, _text((middle, top + high + 14), name, below, INK, "ma") if lying
                  else _standing((middle, top + high + 14), name, below, bottom=False))  # fmt: skip
    sheet.add(0, lambda _image, canvas: canvas.line((MARGIN, top + high, WIDTH - MARGIN, top + high), FAINT, 2))
    sheet.y = top + high + 20 + (NAMES if lying else _widest(names, below))
    if told["note"]:
        sheet.y += 12
        sheet.text(told["note"], SMALL, colour=FAINT)
    return sheet.image()


def _widest(texts: Sequence[str], letters: ImageFont.FreeTypeFont) -> float:
    return max(letters.getlength(text) for text in texts)


def _standing(
    at: Point, text: str, letters: ImageFont.FreeTypeFont, *, bottom: bool
) -> Callable[[Image.Image, ImageDraw.ImageDraw], None]:
    """Returns a step that writes upwards, ending (`bottom`) or beginning at the point."""
    length, size = round(letters.getlength(text)), round(letters.size * 1.35)
    mask = Image.new("L", (length, size))
    ImageDraw.Draw(mask).text((0, size / 2), text, font=letters, fill=255, anchor="lm")
    turned = mask.rotate(90, expand=True)
    corner = (round(at[0] - size / 2), round(at[1] - (length if bottom else 0)))
    return lambda image, _draw: image.paste(INK, corner, turned)


def coverage(told: Mapping[str, Any]) -> Image.Image:
    """Returns a map of municipalities with what is known from each, and their names in a list below it."""
    sheet = Sheet()
    sheet.text(told["title"], TITLE, bold=True)
    sheet.y += 16
    wide, high = told["size"]
    scale = (WIDTH - 2 * MARGIN) / wide
    top, size = sheet.y, (WIDTH - 2 * MARGIN, round(high * scale))
    drawn = _drawn_map(told, size, scale)
    sheet.add(size[1] + 30, lambda image, _draw: image.paste(drawn, (MARGIN, round(top))))
    for inset in told["insets"]:
        x, y, width, _height = inset["at"]
        at = (MARGIN + (x + width) * scale, top + y * scale - 6)
        sheet.add(0, _text(at, inset["name"], font(SMALL), FAINT, "rs"))
    for item in told["legend"]:
        _legend(sheet, item)
    sheet.y += 6
    sheet.text(told["source"], SMALL, colour=FAINT)
    return sheet.image()


def _legend(sheet: Sheet, item: Mapping[str, Any]) -> None:
    """Add a label with its mark, and the names that belong to it as far as there is room."""
    y, side = sheet.y + 7, 40
    if item["state"] == "partners":
        sheet.add(0, lambda _image, draw: _dot(draw, (MARGIN + side / 2, y + side / 2), 15))
    else:
        mark = _filled(item["state"], (side, side), 1)
        sheet.add(0, lambda image, _draw: image.paste(mark, (MARGIN, round(y))))
    sheet.text(item["label"], LABEL, bold=True, x=MARGIN + side + 18)
    for line in _name_lines(item, WIDTH - 2 * MARGIN - side - 18):
        sheet.text(line, NAMES, x=MARGIN + side + 18)
    sheet.y += 16


def _name_lines(item: Mapping[str, Any], width: float) -> list[str]:
    """Returns the names in lines, with how many more there are; none of the silent ones if these are many."""
    if not item["names"]:
        return []
    letters = font(NAMES)
    names = [name.replace(" ", NO_BREAK) for name in item["names"]]
    lines = wrapped(", ".join(names), letters, width)
    if len(lines) > MOST_LINES and item["state"] == "silent":
        return []
    shown = sum(line.count(" ") + 1 for line in lines[:MOST_LINES])
    while len(lines) > MOST_LINES:
        shown -= 1
        text = f"{', '.join(names[:shown])} {item['more'][len(names) - shown - 1]}"
        lines = wrapped(text, letters, width)
    return lines


def _drawn_map(told: Mapping[str, Any], size: tuple[int, int], scale: float) -> Image.Image:
    whole = _shapes(told["shapes"], (0, 0), size, scale)
    draw = ImageDraw.Draw(whole)
    for inset in told["insets"]:
        x, y, width, height = (round(each * scale) for each in inset["at"])
        larger = scale * inset["at"][2] / inset["part"][2]
        whole.paste(_shapes(told["shapes"], inset["part"][:2], (width, height), larger), (x, y))
        draw.rectangle((x, y, x + width, y + height), outline=FAINT, width=2)
    for x, y in told["dots"]:
        _dot(draw, (x * scale, y * scale), 11)
    return whole


def _shapes(shapes: Sequence[Mapping[str, Any]], corner: Point, size: tuple[int, int], scale: float) -> Image.Image:
    """Returns the shapes from that corner on, at that scale, with white borders."""
    size, scale = (size[0] * FINER, size[1] * FINER), scale * FINER
    image = Image.new("RGB", size, PAPER)
    rings = [
        (shape["state"], [((x - corner[0]) * scale, (y - corner[1]) * scale) for x, y in ring])
        for shape in shapes
        for ring in shape["rings"]
    ]
    rings.sort(key=lambda each: -_area(each[1]))  # what lies within another municipality is drawn after it
    states = Image.new("L", size)
    canvas = ImageDraw.Draw(states)
    for state, ring in rings:
        canvas.polygon(ring, fill=1 + list(STATES).index(state))
    for number, state in enumerate(STATES, 1):
        mask = states.point([255 if each == number else 0 for each in range(256)], "1")
        image.paste(_filled(state, size, FINER), mask=mask)
    canvas = ImageDraw.Draw(image)
    for _state, ring in rings:
        canvas.line([*ring, ring[0]], PAPER, round(1.5 * FINER))
    return image.reduce(FINER)


def _area(ring: Sequence[Point]) -> float:
    """Returns the area within the corners of a closed line."""
    around = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x * below - right * y for (x, y), (right, below) in around)) / 2


STATES = {"silent": GREY, "planned": ORANGE, "reported": BLUE}


def _filled(state: str, size: tuple[int, int], finer: int) -> Image.Image:
    """Returns an area in the colour and the pattern of a state: `planned` has white stripes."""
    area = Image.new("RGB", size, STATES[state])
    if state == "planned":
        draw = ImageDraw.Draw(area)
        for x in range(-size[1], size[0], 13 * finer):
            draw.line((x, size[1], x + size[1], 0), PAPER, 4 * finer)
    return area


def _dot(draw: ImageDraw.ImageDraw, at: Point, radius: int) -> None:
    draw.circle(at, radius + 3, fill=PAPER)
    draw.circle(at, radius, fill=INK)


KINDS = {"bars": bars, "columns": columns, "map": coverage}


def main() -> None:
    """Draw the picture described on standard input."""
    told = json.load(sys.stdin)
    picture = io.BytesIO()
    KINDS[told["kind"]](told).quantize(128, Image.Quantize.FASTOCTREE).save(picture, "PNG")
    sys.stdout.buffer.write(picture.getvalue())


if __name__ == "__main__":
    main()
