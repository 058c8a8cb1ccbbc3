"""Cleaning every text that arrives, and comparing texts.

`clean_text` is applied once to everything that a person writes, before it is read, counted or stored. `fold` returns
the form in which names and labels are compared; it is never shown.
"""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")

# Invisible characters that do harm: controls (PostgreSQL refuses NUL), bidi marks, overrides and
# isolates (they reorder the text around them), zero-width characters, soft hyphens and blank letters (they defeat
# search and make empty names), language tags (they hide text), and noncharacters (no XML may hold them, so no
# spreadsheet).
_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    f"\u2800\u3164\uffa0\ufeff\ufff9-\ufffb\ufdd0-\ufdef\U000e0000-\U000e007f{_NONCHARACTERS}]"
)
_LOOSE_VARIATION = re.compile("(?<!\\S)[\ufe00-\ufe0f\u200d]+")
# The joiner stays where it joins two emoji: between an emoji, its skin tone or variation, and the next emoji.
_EMOJI = "\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")

_MANY_LINE_ENDS = re.compile("\n{3,}")


def clean_text(text: str) -> str:
    """Returns `text` as it can be stored and shown: visible characters, lines, NFC; cleaning again changes nothing.

    A lone surrogate becomes the replacement character, a tab a space. More than one empty line in a row, spaces at the
    ends of lines and white space around the whole are removed.
    """
    if text.isascii() and text.isprintable():
        return text.strip()  # a line of plain letters and signs needs none of the rest
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _SURROGATES.sub("\ufffd", text)
    text = _INVISIBLE.sub("", text)
    text = _LOOSE_VARIATION.sub("", unicodedata.normalize("NFC", text))
    text = _LOOSE_JOINER.sub("", text)
    text = unicodedata.normalize("NFC", text)  # again: what a removed joiner kept apart may combine
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _MANY_LINE_ENDS.sub("\n\n", text).strip()


def clean_line(text: str) -> str:
    """Returns `text` cleaned and on one line, with single spaces; for names and titles."""
    return " ".join(clean_text(text).split())


_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_A_RUN = re.compile("a{2,}")
_O_E = re.compile("oe+")
_DASHES_AND_SPACES = re.compile(r"[\s\-\u00ad\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]+")


def fold(text: str) -> str:
    """Returns the form in which two spellings of a name are equal: for comparing, never for showing.

    Public data and keyboards write Danish letters in several ways, so there is one form for all: æ is `ae`; ø and `oe`
    are `o`; å and `aa` are `a` (Ærø, aeroe and aero are all `aero`; Århus and Aarhus `arhus`). Case and all other
    accents are removed (Črnomelj is `crnomelj`). A dash counts as a space and spaces in a row as one, so that
    Høje-Taastrup is Høje Taastrup and "Dobrova - Polhov Gradec" is "Dobrova-Polhov Gradec". Other punctuation stays.
    Folding a folded text changes nothing.
    """
    if text.isascii():
        text = text.lower()
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).casefold()
        text = _ACCENTS.sub("", text).translate(_LETTERS)
    if "aa" in text:
        text = _A_RUN.sub("a", text)
    if "oe" in text:
        text = _O_E.sub("o", text)
    return _DASHES_AND_SPACES.sub(" ", text).strip()


def length_utf16(text: str) -> int:
    """Returns the length of `text` as Telegram counts: in UTF-16 units, so that most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def ends_whole(text: str) -> bool:
    """Returns whether `text` ends like a complete text: with the end of a sentence, also within quotes or brackets."""
    return text.rstrip("\"'”“»«’)] ")[-1:] in (".", "!", "?", "…")


_WORD = re.compile(r"[^\W_]+(?:\+(?!\w))?")


def words_of(text: str) -> list[str]:
    """The words of `text`, folded; a plus sign after a number belongs to it (60+), an apostrophe ends no word."""
    return _WORD.findall(fold(text.replace("'", "").replace("’", "")))
