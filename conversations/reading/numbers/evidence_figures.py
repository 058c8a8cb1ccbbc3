"""The figures that show a result: a percentage, so many of so many, or a number, each with its words and its year."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from conversations.reading.numbers.phrases import Mark
from conversations.reading.numbers.tokens import ODD, NumberToken, amount_at, mark_at, tokens_of
from conversations.reading.text import fold

Unit: TypeAlias = Literal["percent", "of", "number"]

LONGEST_ABOUT = 160
"""Most characters of the words around a figure."""


@dataclass(frozen=True, slots=True)
class EvidenceFigure:
    """A figure from `least` to `most` (None: no upper end), in percent, `of` so many, or as a mere number.

    `about` is the sentence that it stands in, "" if there are no other words; `year` is the year in it, or "".
    """

    unit: Unit
    least: float
    most: float | None
    approximate: bool
    of: int | None = None
    about: str = ""
    year: str = ""


def read_figures(text: str, language: str) -> tuple[EvidenceFigure, ...]:
    """Returns the figures in `text` that may show a result, for a reader of `language`: shares first, then numbers.

    Years, dates, ordinal numbers, addresses of pages and numbers over a million are no figures. "over 60 %" is 60 or
    more, "to ud af tre" is 2 of 3, "halvdelen" is 1 of 2.
    """
    found = [figure for sentence in _sentences(text) for figure in _in_sentence(sentence, language)]
    return tuple(sorted(dict.fromkeys(found), key=lambda figure: figure.unit == "number"))


_ADDRESS = re.compile(r"\S*(?:://|www\.)\S+|\S+\.[a-z]{2,}/\S*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅČŠŽ“\"»])|(?<=[^\W_]{4}[.!?])\s+(?=\d)|\n+")
_LITERAL_DECIMAL = re.compile(r"\d+[.,]\d{1,2}")
_PERCENT = ("procent", "percent", "odstot")
_OF = (("out", "of"), ("ud", "af"), ("of",), ("af",), ("od",), ("izmed",))
_ALL = frozenset(fold("the de alle all vseh skupno skupaj").split())
_HALF = tuple(fold("halvdelen polovic half").split())
_PARTS = (
    (3, tuple(fold("tredjedel tretjin third").split())),
    (4, tuple(fold("fjerdedel četrtin quarter").split())),
    (5, tuple(fold("femtedel petin fifth").split())),
    (10, tuple(fold("tiendedel desetin tenth").split())),
)
_RANGE = frozenset({"-", "til", "do", "to"})
_AND = frozenset({"og", "in", "and"})
_YEARS = range(1950, 2061)
_MOST = 1_000_000
_MOST_PERCENT = 1_000
_LONGEST_MARK = 4
_SHORT_WORD = 3


@dataclass(frozen=True, slots=True)
class _Found:
    least: float
    end: int
    spoken: bool = False
    article: bool = False


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(_ADDRESS.sub(" ", text)):
        if line := " ".join(sentence.split()):
            yield line


def _in_sentence(sentence: str, language: str) -> Iterator[EvidenceFigure]:
    tokens = tokens_of(sentence)
    years = [token.value for token in tokens if _is_year(token, sentence)]
    year = str(years[0]) if len(set(years)) == 1 else ""
    at = 0
    while at < len(tokens):
        figure, end = _figure_at(tokens, at, sentence, language)
        if figure is not None:
            least, most, approximate = _bounded(figure, tokens, at, language)
            start = _mark_before(tokens, at, language)[1]
            others = [token for token in [*tokens[:start], *tokens[end:]] if token.value is None]
            about = sentence if any(len(token.word) > _SHORT_WORD for token in others) else ""
            yield EvidenceFigure(figure.unit, least, most, approximate, figure.of, _shortened(about), year)
        at = max(end, at + 1)


def _figure_at(
    tokens: Sequence[NumberToken], at: int, sentence: str, language: str
) -> tuple[EvidenceFigure | None, int]:
    """Returns the figure at a token without the words before it, and the first token after it."""
    if tokens[at].word.startswith(_HALF) and tokens[at].word != "halvdel":
        return EvidenceFigure("of", 1, 1, False, 2), at + 1
    first = _amount(tokens, at, sentence, language)
    if first is None:
        return None, at + 1
    for whole, names in _PARTS:
        if first.end < len(tokens) and tokens[first.end].word.startswith(names) and first.least < whole:
            return EvidenceFigure("of", first.least, first.least, False, whole), first.end + 1
    last, percent = first, _is_percent(tokens, first.end)
    joint = percent or first.end
    if joint < len(tokens) and tokens[joint].word in (_RANGE | _AND if _is_between(tokens, at, language) else _RANGE):
        second = _amount(tokens, joint + 1, sentence, language)
        if second is not None and second.least > first.least:
            last, percent = second, _is_percent(tokens, second.end) or (second.end if percent else 0)
    if percent:
        inside = last.least <= _MOST_PERCENT
        return (EvidenceFigure("percent", first.least, last.least, False) if inside else None), percent
    if found := _of(tokens, last.end, sentence, language):
        whole, end = found
        if last.least <= whole:
            return EvidenceFigure("of", first.least, last.least, False, whole), end
    return _mere_number(tokens, at, first, last, sentence), last.end


def _mere_number(
    tokens: Sequence[NumberToken], at: int, first: _Found, last: _Found, sentence: str
) -> EvidenceFigure | None:
    ordinal = last.end + 1 < len(tokens) and tokens[last.end].word == "."
    small = first.article or (first.spoken and first.least <= 1)
    if ordinal or small or _is_year(tokens[at], sentence) or last.least > _MOST:
        return None
    return EvidenceFigure("number", first.least, last.least, False)


def _amount(tokens: Sequence[NumberToken], at: int, sentence: str, language: str) -> _Found | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    written = sentence[token.start : token.end]
    if token.word == ODD and _LITERAL_DECIMAL.fullmatch(written):
        return _Found(float(written.replace(",", ".")), at + 1)
    amount = amount_at(tokens, at, language)
    return None if amount is None else _Found(amount.value, amount.end, amount.spoken, amount.article)


def _is_percent(tokens: Sequence[NumberToken], at: int) -> int:
    """Returns the token after "%" or "procent" at a token; 0 if it stands not there."""
    words = [token.word for token in tokens[at : at + 2]]
    if words == ["per", "cent"]:
        return at + 2
    return at + 1 if words and (words[0] in ("%", "pct") or words[0].startswith(_PERCENT)) else 0


def _of(tokens: Sequence[NumberToken], at: int, sentence: str, language: str) -> tuple[int, int] | None:
    """Returns of how many, and the token after it, where "of", "ud af" or "od" and a number stand at a token."""
    for phrase in _OF:
        if tuple(token.word for token in tokens[at : at + len(phrase)]) != phrase:
            continue
        start = at + len(phrase)
        if start < len(tokens) and tokens[start].word in _ALL:
            start += 1
        whole = _amount(tokens, start, sentence, language)
        if whole is None or whole.article or whole.least != int(whole.least):
            return None
        return None if len(phrase) == 1 and _is_year(tokens[start], sentence) else (int(whole.least), whole.end)
    return None


def _mark_before(tokens: Sequence[NumberToken], at: int, language: str) -> tuple[Mark | None, int]:
    """Returns what the words directly before a token say of the number there, and where they begin."""
    for start in range(max(0, at - _LONGEST_MARK), at):
        if (found := mark_at(tokens, start, language)) and found[1] == at:
            return found[0], start
    return None, at


def _is_between(tokens: Sequence[NumberToken], at: int, language: str) -> bool:
    return _mark_before(tokens, at, language)[0] is Mark.BETWEEN


def _bounded(
    figure: EvidenceFigure, tokens: Sequence[NumberToken], at: int, language: str
) -> tuple[float, float | None, bool]:
    """Returns the figure's ends after the words before it: about, at least, at most."""
    match _mark_before(tokens, at, language)[0]:
        case Mark.ABOUT | Mark.SOFTLY:
            return figure.least, figure.most, True
        case Mark.AT_LEAST:
            return figure.least, None, False
        case Mark.AT_MOST:
            return 0, figure.most, False
        case _:
            return figure.least, figure.most, False


def _is_year(token: NumberToken, sentence: str) -> bool:
    return token.value in _YEARS and sentence[token.start : token.end].isdecimal()


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_ABOUT:
        return text
    return text[: LONGEST_ABOUT - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
