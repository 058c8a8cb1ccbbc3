"""Sorts names in the order of the reader's alphabet, independent of the machine's settings."""

import re
import unicodedata
from collections.abc import Iterable

_ALPHABETS = {
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "sl": "abcčdefghijklmnopqrsštuvwxyzž",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
_DIGITS = re.compile(r"([0-9]+)")

SortKey = tuple[tuple[int, ...], str]


def sort_key(text: str, language: str) -> SortKey:
    """Returns a key that sorts `text` in `language` (da, sl, en; any other sorts as English).

    Danish: æ, ø and å after z, and aa as å (Aalborg and Aarhus come last); Slovenian: č, š and ž after c, s and z.
    Other accented letters sort as the letter without the accent. Signs come before figures, figures before letters,
    numbers by their value; case matters only between names that are otherwise equal.
    """
    alphabet = _ALPHABETS.get(language, _ALPHABETS["en"])
    folded = unicodedata.normalize("NFC", text).casefold()
    if language == "da":
        folded = folded.replace("aa", "å")
    places: list[int] = []
    for part in _DIGITS.split(folded):
        if part.isdecimal() and part.isascii():
            places += [10, len(part.lstrip("0")), *(ord(figure) for figure in part.lstrip("0"))]
        else:
            places += [place for char in part for place in _places(char, alphabet)]
    return tuple(places), text


def sorted_names(names: Iterable[str], language: str) -> list[str]:
    """Returns `names` in the order of the alphabet of `language`."""
    return sorted(names, key=lambda name: sort_key(name, language))


def _places(char: str, alphabet: str) -> Iterable[int]:
    """Yields the place of `char`: signs from 0, letters of the alphabet from 100, other letters after them."""
    if char in alphabet:
        return (100 + alphabet.index(char),)
    if char.isspace() or not char.isalnum():
        return (0,) if char.isspace() or char in "-–" else (1,)
    plain = _PLAIN.get(char) or "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    if plain != char and all(letter in alphabet for letter in plain):
        return tuple(100 + alphabet.index(letter) for letter in plain)
    return (1000 + ord(char),)


_PLAIN = {"æ": "ae", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "œ": "oe", "þ": "th", "ð": "d"}
