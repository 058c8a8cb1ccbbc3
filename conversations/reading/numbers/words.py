"""The words for numbers in Danish, Slovenian and English, as folded text."""

from collections.abc import Mapping
from functools import lru_cache

from conversations.reading.text import fold

_DANISH = {
    "nul": 0, "en": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9,
    "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17,
    "atten": 18, "nitten": 19, "tyve": 20, "tredive": 30, "fyrre": 40, "fyrretyve": 40, "halvtreds": 50, "halvtres": 50,
    "halvtredsindstyve": 50, "tres": 60, "treds": 60, "tresindstyve": 60, "halvfjerds": 70, "halvfjers": 70,
    "firs": 80, "halvfems": 90,
}  # fmt: skip
_SLOVENIAN_UNITS = ["nič", "ena", "dva", "tri", "štiri", "pet", "šest", "sedem", "osem", "devet"]
_SLOVENIAN_TEENS = [
    "deset",
    "enajst",
    "dvanajst",
    "trinajst",
    "štirinajst",
    "petnajst",
    "šestnajst",
    "sedemnajst",
    "osemnajst",
    "devetnajst",
]
_SLOVENIAN_TENS = [
    "dvajset",
    "trideset",
    "štirideset",
    "petdeset",
    "šestdeset",
    "sedemdeset",
    "osemdeset",
    "devetdeset",
]
_SLOVENIAN_HUNDREDS = ["sto", "dvesto", "tristo", "štiristo", "petsto", "šeststo", "sedemsto", "osemsto", "devetsto"]
_SLOVENIAN_FORMS = {
    "nula": 0, "en": 1, "eno": 1, "enega": 1, "enemu": 1, "enim": 1, "eden": 1, "dve": 2, "dveh": 2, "dvema": 2,
    "dvoje": 2, "trije": 3, "treh": 3, "trem": 3, "tremi": 3, "troje": 3, "štirje": 4, "štirih": 4, "štirim": 4,
    "štirimi": 4, "četvero": 4, "petero": 5, "šestero": 6, "sedmih": 7, "sedmim": 7, "sedmimi": 7, "osmih": 8,
    "osmim": 8, "osmimi": 8, "stotih": 100, "šesto": 600,
}  # fmt: skip
_SLOVENIAN_ENDINGS = ("imi", "ih", "im")
"""After okoli, od, do, med and več kot the endings change: od petih do desetih, z dvajsetimi."""
_ENGLISH = {
    "zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a": 1, "an": 1,
}  # fmt: skip


def _slovenian() -> dict[str, int]:
    words = dict(zip((*_SLOVENIAN_UNITS, *_SLOVENIAN_TEENS), range(20), strict=True))
    words |= zip(_SLOVENIAN_TENS, range(20, 100, 10), strict=True)
    words |= zip(_SLOVENIAN_HUNDREDS, range(100, 1_000, 100), strict=True)
    return words | _SLOVENIAN_FORMS


def _folded(words: Mapping[str, int]) -> dict[str, int]:
    return {fold(word): value for word, value in words.items()}


_WORDS: Mapping[str, Mapping[str, int]] = {
    "da": _folded(_DANISH),
    "sl": _folded(_slovenian()),
    "en": _folded(_ENGLISH),
}
_SCALES: Mapping[str, int] = {
    fold(word): value
    for value, words in {
        12: "dusin dozen ducat ducata ducatov",
        20: "snes snese score",
        100: "hundrede hundred",
        1_000: "tusind tusinde thousand tisoč tisoče tisoča",
        1_000_000: "mio million millioner milijon milijona milijone milijonov",
    }.items()
    for word in words.split()
}
ARTICLES = frozenset({"en", "et", "a", "an", "one", "ena", "eno", "enega", "eden"})
"""Words that are one, and also small words before any noun."""

# Words of a language that are numbers in another one only: what its readers write does not mean those numbers.
_NOT_NUMBERS: Mapping[str, frozenset[str]] = {
    "da": frozenset({"a", "an", "sto", "one", "tri"}),
    "sl": frozenset({"ni", "to", "ti", "et", "a", "an", "one", "six", "fire"}),
    "en": frozenset({"en", "et", "to", "ni", "ti", "fire", "pet", "tri", "tres", "sto", "treds"}),
}


def order_of(language: str) -> tuple[str, ...]:
    """Returns the languages in which a text of a reader of `language` is read: that language first, then the others."""
    return (language, *(each for each in ("en", "da", "sl") if each != language))


def scale_of(word: str) -> int | None:
    """Returns what the folded `word` multiplies the number before it by (hundred, tisoč, dusin); None if it does "
    "not."""
    return _SCALES.get(word)


@lru_cache(maxsize=1_024)
def number_of(word: str, language: str) -> int | None:
    """Returns the number that the folded `word` is to a reader of `language`, up to some thousands; None if none."""
    if len(word) > _LONGEST or word in _NOT_NUMBERS.get(language, ()):
        return None
    for each in order_of(language):
        read = _READERS[each]
        if (value := read(word)) is not None:
            return value
    return None


_LONGEST = 45


def _danish(word: str) -> int | None:
    words = _WORDS["da"]
    if word in words:
        return words[word]
    for ten, value in words.items():  # femogtyve, and femtyve as some write it
        unit = word.removesuffix(ten).removesuffix("og")
        if value in range(20, 100, 10) and word.endswith(ten) and words.get(unit, 0) in range(1, 10):
            return value + words[unit]
    for scale, times in (("tusinde", 1_000), ("tusind", 1_000), ("hundrede", 100)):
        before, found, after = word.partition(scale)
        if found:
            first = 1 if not before else _danish(before)
            rest = 0 if not after.removeprefix("og") else _danish(after.removeprefix("og"))
            return None if not first or rest is None or rest >= times else first * times + rest
    return None


def _slovenian_number(word: str) -> int | None:
    words = _WORDS["sl"]
    if word in words:
        return words[word]
    for ending in _SLOVENIAN_ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and (stem.endswith(("pet", "sest", "devet", "deset", "dvajset", "najst"))):
            return _slovenian_number(stem)
    unit, found, ten = word.rpartition("in")
    if found and words.get(ten, 0) in range(20, 100, 10) and words.get(unit, 0) in range(1, 10):
        return words[ten] + words[unit]
    before, found, after = word.partition("tisoc")
    if found:
        first, rest = (1 if not before else _slovenian_number(before)), (0 if not after else _slovenian_number(after))
        return None if not first or rest is None or rest >= 1_000 else first * 1_000 + rest
    for hundred in _SLOVENIAN_HUNDREDS:
        rest = None
        if word.startswith(fold(hundred)):
            rest = _slovenian_number(word.removeprefix(fold(hundred)))
        if rest is not None and 0 < rest < 100:
            return words[fold(hundred)] + rest
    return None


def _english(word: str) -> int | None:
    words = _WORDS["en"]
    if word in words:
        return words[word]
    if word.endswith("ish"):
        return _english(word.removesuffix("ish"))
    for ten, value in words.items():  # twentyfive
        if value >= 20 and word.startswith(ten) and words.get(word.removeprefix(ten), 0) in range(1, 10):
            return value + words[word.removeprefix(ten)]
    return None


_READERS = {"da": _danish, "sl": _slovenian_number, "en": _english}


def adds(value: int, number: int, language: str) -> bool:
    """Returns whether `number`, written as the next word, goes on with `value`: two hundred|fifty, twenty|five."""
    if value and value % 100 == 0:
        return 0 < number < min(100 if value < 1_000 or value % 1_000 else 1_000, value)
    return language == "en" and value % 100 in range(20, 100, 10) and 0 < number < 10


def joins(value: int, number: int) -> bool:
    """Returns whether "and" joins the two words into one number: a hundred and five, fem og tyve, pet in dvajset."""
    return (value >= 100 and value % 100 == 0 and 0 < number < 100) or (
        value in range(1, 10) and number in range(20, 100, 10)
    )
