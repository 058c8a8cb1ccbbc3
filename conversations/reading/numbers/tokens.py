"""Taking a text about numbers of people apart: figures, number words, marks, nouns and other words."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.reading.numbers.phrases import LONGEST_PHRASE, Mark, Noun, marks, noun_of
from conversations.reading.numbers.words import ARTICLES, adds, joins, number_of, scale_of
from conversations.reading.text import fold


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A piece of the text, `text[start:end]`: a number in figures has `value`, everything else its folded `word`."""

    start: int
    end: int
    word: str
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was read: its `value`, and the first token after it."""

    value: int
    end: int
    spoken: bool
    """Whether it is written in words."""
    article: bool
    """Whether it is a word that may as well be an article ("en", "a", "ena")."""
    about: bool = False
    most: int | None = None
    """The upper end, where one word says two ends ("et par og tyve")."""


_LITERAL = r"\d+(?:[.,'’]\d+|[ ]\d{3}(?!\d))*"
_TOKEN = re.compile(
    rf"""(?P<moment>\d{{1,2}}:\d{{2}}|\d{{1,2}}[.]\s?\d{{1,2}}[.]\s?\d{{2,4}}|\d{{1,4}}(?:/\d+)+|\d{{1,2}}(?:st|nd|"
    "rd|th)\b)
      | (?P<literal>{_LITERAL})
      | (?P<word>[^\W\d_]+)
      | (?P<ignored>[\s"“”„»«*'’]+|(?<=\d)-(?=ish))
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "≈": "~", "±": "~", "≥": ">", "≤": "<"})
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "))
_GROUPED = re.compile(r"[1-9]\d{0,2}([.,'’ ])\d{3}(?:\1\d{3})*")
_LONGEST_LITERAL = 15
_MOST_TOKENS = 4_000
_SHORTENED = frozenset(fold("ca pr ml max maks min cca approx kl st stk oz npr gns cirka pers p").split())
ODD = "\0"
"""The word of a token that cannot belong to a count: a decimal, a date, a time of day."""


def tokens_of(text: str) -> list[NumberToken]:
    """Returns the tokens of `text` in order; white space and quotation marks are left out."""
    plain = _plain_digits(text).translate(_SPACES).translate(_SIGNS)
    if len(plain) != len(text):  # emoji digits are shorter: positions are then those of the plain text
        text = plain
    tokens: list[NumberToken] = []
    for match in _TOKEN.finditer(plain):
        start, end, written = match.start(), match.end(), match.group()
        match match.lastgroup:
            case "ignored":
                continue
            case "literal":
                value = _value(written)
                tokens.append(NumberToken(start, end, ODD if value is None else "", value))
            case "word":
                odd = any(char.isnumeric() for char in written)  # ½ and ² are letters to a pattern
                tokens.append(NumberToken(start, end, ODD if odd else fold(written)))
            case "moment":
                tokens.append(NumberToken(start, end, ODD))
            case _ if written == "." and tokens and tokens[-1].word in _SHORTENED:
                continue
            case _:
                tokens.append(NumberToken(start, end, written))
        if len(tokens) >= _MOST_TOKENS:
            break
    return tokens


def _plain_digits(text: str) -> str:
    """`text` with digits of other scripts and emoji digits as 0 to 9."""
    if text.isascii():
        return text
    text = text.replace("\ufe0f", "").replace("\u20e3", "").replace("🔟", "10")
    return "".join(char if char.isascii() else str(unicodedata.decimal(char, char)) for char in text)


def _value(literal: str) -> int | None:
    if len(literal) > _LONGEST_LITERAL:
        return None
    if literal.isdecimal():
        return int(literal)
    return int(re.sub(r"\D", "", literal)) if _GROUPED.fullmatch(literal) else None


def mark_at(tokens: Sequence[NumberToken], at: int, language: str) -> tuple[Mark, int] | None:
    """Returns the longest phrase that stands at `at`: what it means, and the first token after it."""
    known = marks(language)
    for length in range(min(LONGEST_PHRASE, len(tokens) - at), 0, -1):
        words = tuple(token.word for token in tokens[at : at + length])
        if words in known and "" not in words:
            return known[words], at + length
    return None


def amount_at(tokens: Sequence[NumberToken], at: int, language: str) -> Amount | None:
    """Returns the number that stands at `at`, in figures or in words: 30, 2 tisoč, to hundrede og halvtreds."""
    if at >= len(tokens):
        return None
    if (few := _loose(tokens, at, language)) is not None:
        return few
    first = tokens[at]
    if first.value is not None:
        scale = scale_of(tokens[at + 1].word) if at + 1 < len(tokens) else None
        if scale is not None:
            return Amount(first.value * scale, at + 2, spoken=False, article=False)
        return Amount(first.value, at + 1, spoken=False, article=False)
    return _spoken(tokens, at, language)


def _loose(tokens: Sequence[NumberToken], at: int, language: str) -> Amount | None:
    """A couple, a couple of hundred, half a dozen, et par og tyve."""
    found = mark_at(tokens, at, language)
    if found is None or found[0] not in (Mark.COUPLE, Mark.HALF, Mark.FEW):
        return None
    mark, end = found
    if end + 1 < len(tokens) and tokens[end].word == "og" and mark is not Mark.HALF:  # nogle og tyve
        ten = number_of(tokens[end + 1].word, language) or 0
        if ten in range(20, 100, 10):
            return Amount(ten, end + 2, spoken=True, article=False, about=True, most=ten + 9)
    if mark is Mark.FEW:
        return None
    scale = scale_of(tokens[end].word) if end < len(tokens) else None
    if mark is Mark.HALF:
        if scale is None:
            return None
        return Amount(scale // 2, end + 1, spoken=True, article=False, about=scale in (20, 100))
    if scale is not None:
        return Amount(2 * scale, end + 1, spoken=True, article=False, about=True)
    return Amount(2, end, spoken=True, article=False, about=True)


def _spoken(tokens: Sequence[NumberToken], at: int, language: str) -> Amount | None:
    """A number in words, from `at` on."""
    total, current, start, about = 0, None, at, False
    while at < len(tokens) and tokens[at].value is None:
        word = tokens[at].word
        number, scale = number_of(word, language), scale_of(word)
        if number is not None and (
            (current is None and not (total and number >= 1_000)) or (current and adds(current, number, language))
        ):
            current = (current or 0) + number
            about |= word.endswith("ish") and len(word) > len("ish")
            at += 1
        elif scale is not None and (current is None or current < scale) and not (total and scale >= 1_000):
            current = (1 if current is None else current) * scale
            about |= word.startswith("snes")
            at += 1
            if scale >= 1_000:
                total, current = total + current, None
        elif (after := _joined(tokens, at, current if current is not None else total, language)) is not None:
            current = (current or 0) + (number_of(tokens[after - 1].word, language) or 0)
            at = after
        else:
            break
    if at == start:
        return None
    article = at == start + 1 and tokens[start].word in ARTICLES
    return Amount(total + (current or 0), at, spoken=True, article=article, about=about)


def _joined(tokens: Sequence[NumberToken], at: int, value: int, language: str) -> int | None:
    """The end of "og tyve", "-og-tyve", "and five" or "-five", where it goes on with `value`; None if it does not."""
    hyphen = tokens[at].word == "-"
    following = at + 1 if hyphen else at
    said_and = following < len(tokens) and tokens[following].word in ("og", "in", "and")
    last = following + 1 if said_and else following
    if (said_and and hyphen and not _touching(tokens, at)) or not (hyphen or said_and):
        return None
    if hyphen and said_and and last < len(tokens) and tokens[last].word == "-":
        last += 1
    number = number_of(tokens[last].word, language) if last < len(tokens) else None
    if not number or (last + 1 < len(tokens) and scale_of(tokens[last + 1].word)):
        return None
    if said_and:
        return last + 1 if joins(value, number) else None
    return last + 1 if value in range(20, 100, 10) and number < 10 else None


def _touching(tokens: Sequence[NumberToken], at: int) -> bool:
    return tokens[at - 1].end == tokens[at].start


def noun_at(tokens: Sequence[NumberToken], at: int) -> Noun | None:
    """Returns what the word at `at` counts; None if it is no such word."""
    return noun_of(tokens[at].word) if at < len(tokens) and tokens[at].value is None else None
