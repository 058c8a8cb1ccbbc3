"""The dates in a sentence or a longer text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal, TypeAlias

from conversations.reading.dates import words
from conversations.reading.dates.edtf import date_bounds, is_edtf
from conversations.reading.dates.parsing import Parser, Stretch
from conversations.reading.dates.points import Point, Tense
from conversations.reading.dates.tokens import TimeToken, tokens_of

Role: TypeAlias = Literal["start", "end", ""]


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date or period in EDTF, and where it stands: `text[start:end]`.

    `role` says what it is by the words beside it: `start` ("since", "began in"), `end` ("until", "ended in"), or ""
    where the text does not say. A period with both ends has the role "".
    """

    start: int
    end: int
    value: str
    role: Role = ""


def dates_in(text: str, today: date, language: str) -> tuple[DateFound, ...]:
    """Returns the dates that `text` says outright to a reader of `language`, in the order in which they stand.

    Only dates with a year, or whose year is certain ("lani oktobra", "two years ago"), are returned; times of day,
    ages,
    school classes, weekdays, "now" and a bare "last year" are none.
    """
    tokens = tokens_of(text, language, misspelt=False)
    parser = Parser(tokens, today, language)
    found: list[DateFound] = []
    at = 0
    while at < len(tokens):
        read = _read(parser, tokens, at, text, today)
        if read is None:
            at += 1
            continue
        value, after = read
        if (from_month := _month_before(tokens, at, value)) is not None:
            at, value = from_month
        role = "" if "/" in value and not value.endswith("..") else _role(tokens, at, after, text)
        found.append(DateFound(tokens[at].start, tokens[after - 1].end, value.removesuffix("/.."), role))
        at = after
    return tuple(found)


_A_MONTH = len("2026-11")


def _month_before(tokens: Sequence[TimeToken], at: int, value: str) -> tuple[int, str] | None:
    """Where "October and November 2026" begins that ends in the month read at `at`, and its value; None if nothing."""
    if len(value) != _A_MONTH or at <= 1 or tokens[at - 1].code != words.AND:
        return None
    code = tokens[at - 2].code
    year, month = value.split("-")
    if code[:1] != "m" or not code[1:].isdigit() or not month.isdigit() or int(code[1:]) >= int(month):
        return None
    return at - 2, f"{year}-{int(code[1:]):02}/{value}"


_BARE = frozenset({words.NOW, "y0", "y-1", "y1", "y-2"})
_NOT_A_START = frozenset({words.FOR, words.IN, words.SINCE, words.UNTIL, words.BETWEEN, words.AND, ",", ".", "-", "/"})


def _read(parser: Parser, tokens: Sequence[TimeToken], at: int, text: str, today: date) -> tuple[str, int] | None:
    """The date that begins at `at`, and the token after it; None if none does."""
    code = tokens[at].code
    if code == "?" and tokens[at].written not in ("q", "h", "k", "w"):
        return None
    if code in _NOT_A_START and not (code in (words.FOR, words.IN) and at + 1 < len(tokens)):
        return None
    between = at > 0 and tokens[at - 1].code == words.BETWEEN
    for read, after in parser.periods(at, between=between):
        stretch = _with_year(read, today, _is_coming(tokens, at, text))
        sure = _is_certain(stretch.begin, tokens, at, after, text) or _are_years(stretch)
        if not sure or _is_a_number(tokens[at:after], text):
            continue
        value = _value(stretch)
        if value:
            return value, min(after, len(tokens))
    return None


def _with_year(stretch: Stretch, today: date, coming: bool) -> Stretch:
    """A season or month that comes next ("next spring", "til foråret") with its year."""
    begin = stretch.begin
    if begin.has_year or stretch.end is not None or begin.month is None or not (coming or begin.next == 1):
        return stretch
    years = (year for year in begin.years(today, Tense.FUTURE) if date_bounds(begin.in_year(year).edtf())[0] > today)
    year = next(years, None)
    return replace(stretch, begin=begin.in_year(year)) if year else stretch


def _is_coming(tokens: Sequence[TimeToken], at: int, text: str) -> bool:
    """Whether a season is the coming one: Danish says "til foråret"."""
    is_season = tokens[at].code[:1] == "s"
    return is_season and bool(_TO_COME.search(text[: tokens[at].start]))


_TO_COME = re.compile(r"(?<!frem )(?<!helt )(?<!op )\btil\s+$", re.IGNORECASE)


def _are_years(stretch: Stretch) -> bool:
    """Whether it is a period of whole years ("2022-2024"), which no other numbers look like."""
    begin, end = stretch.begin, stretch.end
    if end is None or begin.month is not None or end.month is not None or begin.exact or end.exact:
        return False
    first, last = begin.year or 0, end.year or 0
    return first in _YEARS and last in _YEARS and first < last


_YEARS = range(1980, 2061)


def _value(stretch: Stretch) -> str:
    begin, end = stretch.begin, stretch.end
    if not begin.has_year or begin.others:
        return ""
    first = replace(begin, part=None).edtf()
    if end is None:
        return first
    if not end.has_year:
        return ""
    value = f"{first.removesuffix('~')}/{replace(end, part=None).edtf().removesuffix('~')}"
    return value if is_edtf(value) else ""


_YEAR_LEAD = re.compile(
    r"(?:\b(?:start|opstart|begyndelse|begyndt|startet|začetek|start date|begin|started|began)\s*:\s*|"
    r"\b(?:i|in|v|leta|letu|l\.|år|året|siden|since|fra|from|od|do|til|until|by|of|af|for|of|during|med|between|"
    "mellem|"
    r"summer|year|anno|okoli|omkring|about|around|ca\.?|circa|sredi|konec|start|end|early|late|mid|midt i|primo|ultimo)"
    r"[\s-]*|[-–/(]\s*|"
    r"\b(?:zače\w+|priče\w+|odprl\w*|konča\w+|zaključ\w+|began|started|opened|ended|closed|finished|begyndte|startede|"
    r"åbnede|sluttede|startet|begyndt|åbnet|sluttet|afsluttet|opstart|start)\s(?:(?:se|je|smo|so|sta|ga|jo|vi|det|den)\s){0,3})$",
    re.IGNORECASE,
)


def _is_certain(point: Point, tokens: Sequence[TimeToken], at: int, after: int, text: str) -> bool:
    """Whether the point is said with its year, and is no number that may be something else."""
    code = tokens[at].code
    if not point.has_year:
        return False
    if code in _BARE and after == at + 1:
        before = {token.code for token in tokens[max(0, at - 2) : at]}
        return code != words.NOW and not before.isdisjoint((words.BEGAN, words.ENDED, words.SINCE))
    if code[:1] in "DWM" and len(code) > 1 and not code[1:].isalpha():
        return False
    if point.exact is not None:
        unit = next((token for token in tokens[at:after] if token.code.startswith("u")), tokens[at])
        counted = any(token.code in (words.AGO, words.SINCE, words.BEFORE) for token in tokens[at:after])
        return not _HOW_OFTEN.search(text[: unit.start]) and (counted or _goes_on(tokens, at, text))
    if tokens[at].code == "n" and point.month is None and point.week is None and not point.holiday:
        return point.decade or point.school or _is_short(text) or bool(_YEAR_LEAD.search(text[: tokens[at].start]))
    return True


def _is_a_number(tokens: Sequence[TimeToken], text: str) -> bool:
    """Whether words stand before a short number, which then is no year: "in November with 80 guests"."""
    return any(
        token.code == "n" and token.value < _HUNDRED and any(map(str.isalpha, text[before.end : token.start]))
        for before, token in pairwise(tokens)
    )


_HUNDRED = 100


def _goes_on(tokens: Sequence[TimeToken], at: int, text: str) -> bool:
    """Whether a number of years says since when it goes on: "det har kørt i to år"."""
    return tokens[at].code == words.FOR and bool(_HAS_RUN.search(text[: tokens[at].start]))


_HAS_RUN = re.compile(r"\b(?:har kørt|har eksisteret|has run|has been running|has been going)\s+$", re.IGNORECASE)


_HOW_OFTEN = re.compile(r"\b(?:na|v|po|vsak|om|pr\.?|hver|per|a|every|each)\s+$", re.IGNORECASE)
"""Words between which and a unit nothing is counted: "once a month, since 2022"."""


def _is_short(text: str) -> bool:
    """Whether a text is a few words, as in a search: a number like a year is then one."""
    return len(text) <= _SHORT and text.count(" ") < _FEW_WORDS


_SHORT = 60
_FEW_WORDS = 6
_FAR = 6


def _role(tokens: Sequence[TimeToken], at: int, after: int, text: str) -> Role:
    """Whether the words beside the date say that something began or ended then."""
    if any(token.code in (words.AGO, words.SINCE) for token in tokens[at:after]):
        return "start"
    for back, token in enumerate(_before(tokens, at, text)):
        match token.code:
            case words.BEGAN:
                return "start"
            case words.ENDED:
                return "end"
            case words.SINCE if back <= 1:
                return "start"
            case words.UNTIL if back <= 1 and not _began_before(tokens, at, text):
                between = text[token.end : tokens[at].start]
                return "" if _is_coming(tokens, at, text) or _TO_BEGIN.match(between) else "end"
            case _:
                pass
    following = tokens[after : after + 2]
    if any(token.code == words.ONWARDS for token in following):
        return "start"
    if following and not _splits(text[tokens[after - 1].end : following[0].start]):
        if following[0].code == words.BEGAN:
            return "start"
        if following[0].code == words.ENDED:
            return "end"
    return ""


def _before(tokens: Sequence[TimeToken], at: int, text: str) -> Iterator[TimeToken]:
    """The tokens before `at` in the same sentence, the nearest first."""
    here = tokens[at].start
    for token in reversed(tokens[max(0, at - _FAR) : at]):
        if _splits(text[token.end : here]) or token.code in ("!", ";") or (token.code == "." and here - token.end > 0):
            return
        here = token.start
        yield token


_TO_BEGIN = re.compile(r"\s+(?:begin|start|open|launch|run|try)\b", re.IGNORECASE)
"""What follows "to" where it is no end: "we would like to begin in the autumn"."""


def _splits(between: str) -> bool:
    return "\n" in between or "!" in between


def _began_before(tokens: Sequence[TimeToken], at: int, text: str) -> bool:
    return any(token.code == words.BEGAN for token in _before(tokens, at, text))
