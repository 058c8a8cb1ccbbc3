"""The outlines of municipalities, to draw maps with."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storage.registers.errors import RegisterDamaged

COUNTED = 98 + 212

MARK = 15
"""The room that a mark needs on each side."""

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of one municipality as the path of an SVG, and a point well inside of its largest part."""

    inside: Point
    path: str

    def rings(self) -> Iterator[list[Point]]:
        """Yields the corners of each closed line of the path."""
        for line in self.path.removesuffix("z").split("z"):
            start, _, steps = line.removeprefix("M").partition("l")
            x, y = map(int, start.split())
            numbers = iter(int(step) for step in steps.replace("-", " -").split())
            ring = [(x, y)]
            for across, down in zip(numbers, numbers, strict=True):
                x, y = x + across, y + down
                ring.append((x, y))
            yield ring


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the plane in which the outlines lie."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, point: Point, room: int) -> bool:
        """Returns whether the point lies in it with so much room on all sides."""
        x, y = point[0] - self.x, point[1] - self.y
        return room <= x <= self.width - room and room <= y <= self.height - room


@dataclass(frozen=True, slots=True)
class Inset:
    """A part of the country that is shown again `at` another place of the map, often larger."""

    key: str
    part: Frame
    at: Frame

    @property
    def scale(self) -> float:
        """How many times as large it is shown."""
        return self.at.width / self.part.width

    def moved(self, point: Point) -> Point:
        """Returns where a point of the part is shown."""
        return (
            round(self.at.x + (point[0] - self.part.x) * self.scale),
            round(self.at.y + (point[1] - self.part.y) * self.scale),
        )


@dataclass(frozen=True, slots=True)
class Outline:
    """The shapes of a country by municipality code, the size of its map, and the insets of that map.

    One unit is a thousandth of a degree of latitude, about 111 metres; y grows to the south.
    """

    width: int
    height: int
    shapes: Mapping[str, Shape]
    insets: Sequence[Inset]

    def shown(self, code: str) -> Point:
        """Returns where on the map a mark for that municipality is seen best: in an inset if it is well within one."""
        point = self.shapes[code].inside
        return next((inset.moved(point) for inset in self.insets if inset.part.holds(point, MARK)), point)


_SIZES = {"DK": (2650, 3200), "SI": (2245, 1460)}
_INSETS = {
    "DK": (
        Inset("capital", Frame(2250, 1880, 350, 340), Frame(1790, 90, 840, 816)),
        Inset("bornholm", Frame(3690, 2430, 310, 350), Frame(2320, 1010, 310, 350)),
    ),
    "SI": (),
}


@cache
def outline(country: str) -> Outline:
    """Returns the outlines of a country (DK or SI). Raises RegisterDamaged if the file is incomplete."""
    with Path(__file__).with_name("shapes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if len(rows) != COUNTED:
        raise RegisterDamaged(f"shapes.csv has {len(rows)} rows where {COUNTED} are expected: the file is not whole")
    shapes = {
        row["municipality_code"]: Shape((int(row["x"]), int(row["y"])), row["path"])
        for row in rows
        if row["country"] == country
    }
    return Outline(*_SIZES[country], shapes, _INSETS[country])
