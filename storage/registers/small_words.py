"""Words beside the name of a place, which say nothing about which place it is, or that none is meant."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from conversations.reading.text import words_of


@dataclass(frozen=True, slots=True)
class SmallWords:
    """The folded words of all languages; the file says what each kind is. `another` are beginnings of words."""

    in_a_place: frozenset[str]
    says_nothing: frozenset[str]
    ordinary: frozenset[str]
    another: tuple[str, ...]
    negations: frozenset[str]
    kinds: frozenset[str]
    elsewhere: frozenset[str]
    times: frozenset[str]


@cache
def small_words() -> SmallWords:
    """Returns the words, read on the first call."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return SmallWords(
        frozenset(words_of(read["in_a_place"])),
        frozenset(words_of(read["says_nothing"])),
        frozenset(words_of(read["ordinary"])),
        tuple(words_of(f"{read['another']} {read['negations']}")),
        frozenset(words_of(read["negations"])),
        frozenset(words_of(read["kinds"])),
        frozenset(words_of(read["elsewhere"])),
        frozenset(words_of(read["times"])),
    )
