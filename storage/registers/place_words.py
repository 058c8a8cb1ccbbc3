"""The words of a text that may name a place: folded, with where they stand, and without the endings of cases."""

import re
from dataclasses import dataclass
from functools import lru_cache

from conversations.reading.text import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LIBRARY = re.compile(r"(?:bi?b[li]i?ot+e|biblotek|librar|knji[zž]n|knjzn)")
_LIBRARY_INSIDE = re.compile(r"(.{3,}?)s?(?:bib[li]i?ot+ek\w*|biblotek\w*|bib|bibl|knjiznic\w*)$")
_LIBRARY_SHORT = frozenset({"bib", "bibl", "bibs", "knj", "knjiz", "lib"})


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A word: folded, and where it stands in the text; `capital` says whether it begins with a capital letter."""

    text: str
    start: int
    end: int
    capital: bool


def place_words(text: str) -> list[PlaceWord]:
    """Returns the words of `text`; a name that is written together with "bibliotek" is two of them."""
    words: list[PlaceWord] = []
    for match in _WORD.finditer(text):
        written = match.group()
        folded = _folded(written)
        if not folded:
            continue
        start, end, capital = match.start(), match.end(), written[0].isupper()
        inside = _LIBRARY_INSIDE.match(folded)
        if inside and " " not in folded:
            cut = min(end, start + len(inside.group(1)))
            words.append(PlaceWord(inside.group(1), start, cut, capital))
            words.append(PlaceWord("bibliotek", cut, end, capital=False))
        else:
            words += (PlaceWord(part, start, end, capital) for part in folded.split())
    return words


def is_library_word(word: str) -> bool:
    """Returns whether a folded word says library, in any of the languages and with a slip."""
    return word in _LIBRARY_SHORT or _LIBRARY.match(word) is not None


@lru_cache(maxsize=1024)
def _folded(written: str) -> str:
    return fold(written.replace("'", "").replace("’", ""))


_ENDINGS = (
    *("ami", "imi", "ega", "emu", "oma", "ema", "ima"),
    *("ih", "ah", "eh", "am", "om", "em", "im", "ev", "ov", "oj", "a", "e", "i", "o", "u"),
)
_FLEETING = re.compile(r"([bcdfghjklmnprstvz])e([bcdfghjklmnprstvz]j?)$")
_SHORTEST = 3


@lru_cache(maxsize=1024)  # the same words stand in every message
def slovenian_stem(word: str) -> str:
    """Returns a folded word without the ending of its case: "koper", "kopra" and "kopru" are all "kopr"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return _FLEETING.sub(r"\1\2", word)


def danish_stem(word: str) -> str:
    """Returns a folded word without the s of a genitive: "odenses" is "odense", "nordfyns" is "nordfyn"."""
    return word[:-1] if len(word) > _SHORTEST and word.endswith("s") else word
