"""Words for searching: folded, without endings, and no more of them than a search needs."""

import re
import unicodedata
from collections.abc import Iterator

from conversations.reading.text import fold

SHORTEST = 2
LONGEST = 40
"""Letters of a word that is searched for; a longer word is cut."""

MOST_WORDS = 8
"""Most words of one search; further words are ignored."""

_WORD = re.compile(r"[^\W_]+")

ENDINGS = tuple(
    sorted(
        (
            *("ernes", "erne", "enes", "ets", "ens", "ene", "ers", "et", "en", "er", "es", "e", "s"),  # Danish
            *("ega", "emu", "imi", "ami", "ima", "oma", "ih", "im", "em", "om", "am", "ah", "ov", "ev"),  # Slovenian
            *("ju", "ja", "je", "jo", "a", "i", "o", "u"),
            *("ings", "ing", "ed"),  # English
        ),
        key=len,
        reverse=True,
    )
)
"""Endings of words in the three languages, the longest first."""

_SHORTEST_STEM = 4


def words_in(text: str) -> list[str]:
    """Returns the different words of `text`, folded, in order; single letters are left out."""
    found = (word[:LONGEST] for word in _WORD.findall(fold(text)))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST))


def written_words(text: str) -> list[str]:
    """Returns the words of `text` as they were written."""
    return [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if len(word) >= SHORTEST]


def wanted_words(text: str) -> list[str]:
    """Returns the words that a person searches for."""
    return words_in(text)[:MOST_WORDS]


def stem(word: str) -> str:
    """Returns a folded word without its ending in any of the three languages; at least four letters stay."""
    ending = next((each for each in ENDINGS if word.endswith(each) and len(word) - len(each) >= _SHORTEST_STEM), "")
    return word.removesuffix(ending)


def beginning(word: str) -> str:
    """Returns the four or five letters with which related words begin; "" for a word that is too short."""
    if len(word) < 5:
        return ""
    return word[:4] if len(word) < 7 else word[:5]


def fits(word: str, wanted: str) -> bool:
    """Returns whether `word` is the `wanted` word, or contains it or its stem.

    A wanted word of three letters has to be at the beginning or the end; one of two letters has to be the whole word,
    because most words contain it.
    """
    if len(wanted) < 3:
        return word == wanted
    if len(wanted) == 3:
        return word.startswith(wanted) or word.endswith(wanted)
    return stem(wanted) in word


def parts(word: str) -> Iterator[str]:
    """Yields every three neighbouring letters of a word, with a line at its beginning and end."""
    lined = f"_{word}_"
    return (lined[place : place + 3] for place in range(len(lined) - 2))
