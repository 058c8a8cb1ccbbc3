"""The reports and the labelled pairs, and how right the scoring is about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

from conversations.reading.alike.likeness import ENOUGH, likeness
from conversations.reading.alike.traits import Described

HERE = Path(__file__).parent
HALVES = {"work": "", "held back": ".held"}
"""The half to work with, and the half held back, by the ends of their files' names."""

Pairs: TypeAlias = Mapping[tuple[str, str], bool]
"""Whether the two reports of each pair are alike."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many alike pairs were found, how many others were taken for alike, and how many alike ones were missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of what was taken for alike that is."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is alike that was found."""
        return self.right / max(1, self.right + self.missed)


def reports(half: str) -> dict[str, Described]:
    """The reports of one half by their ids; no report is in both."""
    found = {}
    for line in _lines(f"reports{HALVES[half]}.txt"):
        this, language, library, municipality, themes, groups, title, summary = (
            each.strip() for each in line.split("|")
        )
        found[this] = Described(language, title, summary, library, municipality, _keys(themes), _keys(groups))
    return found


def pairs(half: str) -> Pairs:
    """The labelled pairs of one half."""
    found: dict[tuple[str, str], bool] = {}
    for line in _lines(f"pairs{HALVES[half]}.txt"):
        one, *others = line.split()
        alike = True
        for other in others:
            if other in "+-":
                alike = other == "+"
            else:
                found[min(one, other), max(one, other)] = alike
    return found


def every_pair(half: str) -> Pairs:
    """Every two reports of one half: alike if the labelled pairs connect them, and otherwise not."""
    family = {this: this for this in reports(half)}
    for (one, other), alike in pairs(half).items():
        if alike:
            old, new = family[other], family[one]
            family = {this: new if of == old else of for this, of in family.items()}
    return {(one, other): family[one] == family[other] for one, other in combinations(sorted(family), 2)}


def judged(half: str, labelled: Pairs) -> Counts:
    """How right the scoring is about these pairs."""
    offers = reports(half)
    found = {pair: likeness(offers[pair[0]], offers[pair[1]]) >= ENOUGH for pair in labelled}
    return Counts(
        sum(found[pair] and alike for pair, alike in labelled.items()),
        sum(found[pair] and not alike for pair, alike in labelled.items()),
        sum(alike and not found[pair] for pair, alike in labelled.items()),
    )


def _lines(name: str) -> Iterator[str]:
    return (line for line in (HERE / name).read_text("utf-8").splitlines() if line and not line.startswith("#"))


def _keys(written: str) -> tuple[str, ...]:
    return tuple(key for key in written.split(",") if key)
