"""The words for numbers in Danish, Slovenian and English, as folded text."""

from collections.abc import Iterator, Mapping

from conversations.reading.text import fold

_DANISH_UNITS = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_DANISH_TEENS = ("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_DANISH_TENS = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")

_SLOVENIAN_UNITS = ("nič", "ena", "dva", "tri", "štiri", "pet", "šest", "sedem", "osem", "devet")
_SLOVENIAN_TEENS = ("deset", "enajst", "dvanajst", "trinajst", "štirinajst", "petnajst", "šestnajst", "sedemnajst",
                    "osemnajst", "devetnajst")  # fmt: skip
_SLOVENIAN_TENS = (
    "dvajset",
    "trideset",
    "štirideset",
    "petdeset",
    "šestdeset",
    "sedemdeset",
    "osemdeset",
    "devetdeset",
)
_SLOVENIAN_HUNDREDS = ("sto", "dvesto", "tristo", "štiristo", "petsto", "šeststo", "sedemsto", "osemsto", "devetsto")
# After okoli, od, do, med and več kot the endings change: od petih do desetih, med dvema in tremi, z dvajsetimi.
_SLOVENIAN_ENDINGS = ("ih", "im", "imi")
_SLOVENIAN_FORMS = {
    "nula": 0, "en": 1, "eno": 1, "enega": 1, "dve": 2, "dveh": 2, "dvema": 2, "trije": 3, "treh": 3, "tremi": 3,
    "štirje": 4, "štirih": 4, "štirimi": 4, "sedmih": 7, "sedmimi": 7, "osmih": 8, "osmimi": 8,
}  # fmt: skip

_ENGLISH_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ENGLISH_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
                  "nineteen")  # fmt: skip
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_OTHER_FORMS = {
    "et": 1, "een": 1, "a": 1, "an": 1, "tredve": 30,
    "ingen": 0, "nobody": 0, "none": 0, "nihče": 0, "nobeden": 0,
}  # fmt: skip


def _words() -> Iterator[tuple[str, int]]:
    for units, teens, tens in (
        (_DANISH_UNITS, _DANISH_TEENS, _DANISH_TENS),
        (_SLOVENIAN_UNITS, _SLOVENIAN_TEENS, _SLOVENIAN_TENS),
        (_ENGLISH_UNITS, _ENGLISH_TEENS, _ENGLISH_TENS),
    ):
        yield from ((word, value) for value, word in enumerate(units + teens))
        yield from ((word, value) for value, word in zip(range(20, 100, 10), tens, strict=True))
    for units, joint, tens in ((_DANISH_UNITS, "og", _DANISH_TENS), (_SLOVENIAN_UNITS, "in", _SLOVENIAN_TENS)):
        for unit in range(1, 10):
            for ten, word in zip(range(20, 100, 10), tens, strict=True):
                yield units[unit] + joint + word, ten + unit
    yield from ((word, 100 * hundred) for hundred, word in enumerate(_SLOVENIAN_HUNDREDS, 1))
    yield from _SLOVENIAN_FORMS.items()
    yield from _OTHER_FORMS.items()


def _with_slovenian_endings(words: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    for word, value in words.items():
        yield word, value
        if word.endswith(("pet", "sest", "devet", "deset", "dvajset", "najst")):
            yield from ((word + ending, value) for ending in _SLOVENIAN_ENDINGS)


WORDS: Mapping[str, int] = dict(_with_slovenian_endings({fold(word): value for word, value in _words()}))
"""Numbers in one word: 0 to 99, and the Slovenian hundreds."""

SCALES: Mapping[str, int] = {
    fold(word): value
    for value, words in {
        12: "dusin dozen ducat ducata ducatov",
        100: "hundrede hundred hundreder hundreds",
        1_000: "tusind tusinde tusinder thousand tisoč tisoče",
        1_000_000: "million millioner milijon milijona milijone milijonov",
    }.items()
    for word in words.split()
}
"""Words that multiply what stands before them, or stand for themselves."""
