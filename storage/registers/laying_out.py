"""Makes `tiles.csv`: a separate square for every municipality, as near as possible to its real place.

Run once, and again only when municipalities change: `python -m storage.registers.laying_out`.
"""

import csv
import math
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from statistics import fmean

from storage.registers.register import register

COLUMNS = {"DK": 14, "SI": 21}
LETTERS = {"DK": 5, "SI": 4}

Square = tuple[int, int]
Point = tuple[float, float]


def main() -> None:
    """Write the file beside this module."""
    with Path(__file__).with_name("tiles.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("country", "municipality_code", "column", "row", "label"))
        for country, columns in COLUMNS.items():
            wanted = _where(country, columns)
            squares = _settled(wanted, _placed(wanted))
            left = min(column for column, _row in squares.values())
            top = min(row for _column, row in squares.values())
            names = {found.code: found.name for found in register().municipalities.values() if found.country == country}
            labels = _labels(names, LETTERS[country])
            for code, (column, row) in sorted(squares.items()):
                writer.writerow((country, code, column - left, row - top, labels[code]))


def _where(country: str, columns: int) -> dict[str, Point]:
    """The middle of each municipality's places, in squares from the north-west."""
    places: dict[str, list[Point]] = {}
    for place in register().places:
        if place.municipality.country == country:
            flat = (place.longitude * math.cos(math.radians(place.latitude)), -place.latitude)
            places.setdefault(place.municipality.code, []).append(flat)
    middles = {code: (fmean(x for x, _y in some), fmean(y for _x, y in some)) for code, some in places.items()}
    middles = {code: (min(x, _beyond(middles, 0)), y) for code, (x, y) in middles.items()}
    west, north = min(x for x, _y in middles.values()), min(y for _x, y in middles.values())
    size = (max(x for x, _y in middles.values()) - west) / (columns - 1)
    return {code: ((x - west) / size, (y - north) / size) for code, (x, y) in middles.items()}


def _beyond(middles: Mapping[str, Point], axis: int) -> float:
    """Where a distant island is drawn: not much farther out than everything else."""
    sorted_out = sorted(middle[axis] for middle in middles.values())
    return sorted_out[-2] + (sorted_out[-2] - sorted_out[0]) / 12


def _placed(wanted: Mapping[str, Point]) -> dict[str, Square]:
    """Each municipality in the nearest free square, those in the most crowded areas first."""
    crowd = {code: sum(math.dist(here, there) < 2 for there in wanted.values()) for code, here in wanted.items()}
    taken: dict[Square, str] = {}
    for code in sorted(wanted, key=lambda code: (-crowd[code], code)):
        x, y = wanted[code]
        free = (square for square in _around(round(x), round(y)) if square not in taken)
        taken[min(free, key=lambda square: (math.dist(square, (x, y)), square))] = code
    return {code: square for square, code in taken.items()}


def _around(column: int, row: int, reach: int = 9) -> Iterable[Square]:
    return ((column + across, row + down) for across in range(-reach, reach + 1) for down in range(-reach, reach + 1))


def _settled(wanted: Mapping[str, Point], squares: dict[str, Square]) -> dict[str, Square]:
    """The same after swaps of neighbours, as long as a swap brings them nearer to their real places."""
    better = True
    while better:
        better = False
        for one, other in combinations(sorted(squares), 2):
            here, there = squares[one], squares[other]
            now = math.dist(here, wanted[one]) ** 2 + math.dist(there, wanted[other]) ** 2
            then = math.dist(there, wanted[one]) ** 2 + math.dist(here, wanted[other]) ** 2
            if then < now - 1e-9:
                squares[one], squares[other] = there, here
                better = True
    return squares


def _labels(names: Mapping[str, str], most: int) -> dict[str, str]:
    """A unique short name for each: its beginning, or the beginnings of its words."""
    taken: dict[str, str] = {}
    for code, name in sorted(names.items(), key=lambda item: (len(item[1]), item[1])):
        words = name.replace("-", " ").split()
        short = [words[0][:most], words[0][: most - 1] + words[-1][0], words[0][: most - 2] + words[-1][:2]]
        letters = words[0][most - 1 :] + "".join(words[1:])
        short += [words[0][: most - 1] + letter for letter in letters]
        short += [words[0][: most - 1] + str(number) for number in range(2, 10)]
        taken[next(each for each in short if each not in taken)] = code
    return {code: label for label, code in taken.items()}


if __name__ == "__main__":
    main()
