"""Prints how well initiatives that are alike are found, for the half to work with and the half held back.

python -m tests.similar         the totals
python -m tests.similar --show  the pairs of the first half that are wrong; those held back are never shown
"""

import argparse
import sys

from conversations.reading.alike.likeness import ENOUGH, likeness
from tests.similar.pairs import HALVES, Pairs, every_pair, judged, pairs, reports


def main() -> None:
    """Print what the arguments ask for."""
    asked = argparse.ArgumentParser(prog="python -m tests.similar")
    asked.add_argument("--show", action="store_true")
    if asked.parse_args().show:
        show()
        return
    sys.stdout.write(f"{'':34}{'pairs':>7}{'alike':>7}{'precision':>11}{'recall':>8}\n")
    for half in HALVES:
        offers, labelled = reports(half), pairs(half)
        across = {(one, other) for one, other in labelled if offers[one].language != offers[other].language}
        _line(f"{half}: labelled pairs", half, labelled)
        _line(f"{half}: of two languages", half, {pair: labelled[pair] for pair in across})
        _line(f"{half}: every two of {len(offers)} reports", half, every_pair(half))


def show() -> None:
    """Print the pairs of the first half that are wrong, with their points."""
    offers = reports("work")
    for (one, other), alike in pairs("work").items():
        points = likeness(offers[one], offers[other])
        if (points >= ENOUGH) != alike:
            what = "missed" if alike else "wrong"
            sys.stdout.write(f"{what} {points:5.2f}  {one} {offers[one].title} / {other} {offers[other].title}\n")


def _line(name: str, half: str, labelled: Pairs) -> None:
    counts = judged(half, labelled)
    alike = sum(labelled.values())
    sys.stdout.write(f"{name:34}{len(labelled):7}{alike:7}{counts.precision:11.2f}{counts.recall:8.2f}\n")


if __name__ == "__main__":
    main()
