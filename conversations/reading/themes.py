"""Themes that the words of a story suggest, to be confirmed by the person, never to be saved unasked."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from conversations.reading.text import fold
from conversations.reading.theme_words import THEMES

_HOW_MANY = 4
_LONGEST = 8_000
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=128)  # asked anew with each theme that is ticked
def propose_themes(text: str) -> tuple[str, ...]:
    """Keys of the themes that `text`, in whichever of the three languages, speaks of: the likeliest first, up to four.

    Every different keyword counts once, and a phrase as much as it has words, since it says more than a word; among
    equals the theme spoken of first comes first.
    """
    words = _words(text[:_LONGEST])
    spoken_of = {key: hits for key, patterns in _PATTERNS.items() if (hits := _hits(patterns, words))}

    def how_likely(key: str) -> tuple[int, int]:
        return -sum(spoken_of[key].values()), min(spoken_of[key])

    return tuple(sorted(spoken_of, key=how_likely)[:_HOW_MANY])


_Pattern = tuple[re.Pattern[str], int]


def _hits(patterns: Sequence[_Pattern], words: str) -> dict[int, int]:
    """Where each keyword that occurs first ends, and how much it says; one that two languages share is there once."""
    return {hit.end(): weight for pattern, weight in patterns if (hit := pattern.search(words))}


def _words(text: str) -> str:
    """The folded words of `text` with one space between any two, and one at either end."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _patterns(stems: str, *, in_compounds: bool) -> Iterator[_Pattern]:
    for stem in stems.split(","):
        beginnings = fold(stem).split()
        start = "" if in_compounds and len(beginnings) == 1 else " "
        yield re.compile(start + r"[^ ]* ".join(beginnings)), len(beginnings)


_PATTERNS = {
    key: (
        *_patterns(stems.da, in_compounds=True),
        *_patterns(stems.sl, in_compounds=False),
        *_patterns(stems.en, in_compounds=False),
    )
    for key, stems in THEMES.items()
}
