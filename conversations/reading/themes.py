"""Themes that the words of a story suggest, to be confirmed by the person, never to be saved unasked."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

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
    spoken_of = {key: hits for key, keywords in _KEYWORDS.items() if (hits := _hits(keywords, words))}

    def how_likely(key: str) -> tuple[int, int]:
        return -sum(spoken_of[key].values()), min(spoken_of[key])

    return tuple(sorted(spoken_of, key=how_likely)[:_HOW_MANY])


_Keyword = tuple[str, ...]
"""The beginnings of one word or more; with a space before it where it must begin a word of the text."""


def _hits(keywords: Sequence[_Keyword], words: str) -> dict[int, int]:
    """Where each keyword that occurs first ends, and how much it says; one that two languages share is there once."""
    return {end: len(keyword) for keyword in keywords if (end := _end(keyword, words)) >= 0}


def _end(keyword: _Keyword, words: str) -> int:
    """Where `keyword` first ends in `words`; -1: nowhere."""
    start = words.find(keyword[0])
    if start < 0 or len(keyword) == 1:
        return start if start < 0 else start + len(keyword[0])
    found = _phrase(keyword).search(words, start)
    return found.end() if found else -1


@cache  # when its first word is met: to compile all five hundred takes a tenth of a second of every start
def _phrase(keyword: _Keyword) -> re.Pattern[str]:
    return re.compile(r"[^ ]* ".join(map(re.escape, keyword)))


def _words(text: str) -> str:
    """The folded words of `text` with one space between any two, and one at either end."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _keywords(stems: str, *, in_compounds: bool) -> Iterator[_Keyword]:
    for stem in stems.split(","):
        first, *others = fold(stem).split()
        yield (first if in_compounds and not others else f" {first}", *others)


_KEYWORDS = {
    key: (
        *_keywords(stems.da, in_compounds=True),
        *_keywords(stems.sl, in_compounds=False),
        *_keywords(stems.en, in_compounds=False),
    )
    for key, stems in THEMES.items()
}
