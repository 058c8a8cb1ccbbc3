"""Words as they are looked for: folded, without their endings, and no more of them than a search needs."""

import re
import unicodedata
from collections.abc import Iterator

from conversations.reading.text import fold

SHORTEST = 2
LONGEST = 40
"""Letters of a word that is looked for; what is longer is cut."""

MOST_WORDS = 8
"""Words of one search; those after are left out."""

_WORD = re.compile(r"[^\W_]+")

_ENDINGS = tuple(
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
_SHORTEST_STEM = 4


def words_in(text: str) -> list[str]:
    """The different words of `text`, folded, in their order; single letters are left out."""
    found = (word[:LONGEST] for word in _WORD.findall(fold(text)))
    return list(dict.fromkeys(word for word in found if len(word) >= SHORTEST))


def written_words(text: str) -> list[str]:
    """The words of `text` as they were written."""
    return [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if len(word) >= SHORTEST]


def wanted_words(text: str) -> list[str]:
    """The words that somebody looks for."""
    return words_in(text)[:MOST_WORDS]


def stem(word: str) -> str:
    """A folded word without its ending, whichever of the three languages it is from; at least four letters stay."""
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) - len(each) >= _SHORTEST_STEM), "")
    return word.removesuffix(ending)


def beginning(word: str) -> str:
    """The four or five letters by which the relatives of a folded word begin; "" for one too short to have any."""
    if len(word) < 5:
        return ""
    return word[:4] if len(word) < 7 else word[:5]


def fits(word: str, wanted: str) -> bool:
    """Whether `word` says what is `wanted`: it is that word, or one that holds it or its stem.

    Of three letters it has to begin or end with them, and two are a word of their own: they are in every other word.
    """
    if len(wanted) < 3:
        return word == wanted
    if len(wanted) == 3:
        return word.startswith(wanted) or word.endswith(wanted)
    return stem(wanted) in word


def parts(word: str) -> Iterator[str]:
    """Each three neighbouring letters of a word, with a line where it begins and ends."""
    lined = f"_{word}_"
    return (lined[place : place + 3] for place in range(len(lined) - 2))
