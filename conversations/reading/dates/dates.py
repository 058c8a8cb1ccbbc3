"""When something began, ends or went on, as precisely as it was said.

An answer is one point, or a period between two points; a point has one of the shapes of the table below. There Y is a
year, y a year that may have two digits, M a month and D a day in figures, W a month and S a season in words, Z a month
or a second year, and T today. Figures may be parted by points or spaces, which the table leaves out, or by the mark it
shows. The day stands before the month, as in all three languages of the readers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from conversations.reading.dates.edtf import WINTER, date_bounds, is_edtf
from conversations.reading.dates.tokens import date_tokens
from conversations.reading.dates.words import MONTHS, SEASONS

__all__ = ["date_bounds", "is_edtf", "no_such_date", "read_date"]

_SHAPES = tuple(
    tuple(shape.split())
    for shapes in (
        ("Y - M - D", "Y / M / D", "Y M D", "D - M - y", "D / M / y", "D M y", "D W y", "W D Y"),
        ("S Y / Z", "S Y - Z", "W Y", "Y W", "S Y", "Y S", "M Y", "M - Y", "M / Y", "Y - Z", "Y / Z", "T", "Y"),
        ("D W", "D M", "W", "S", "D"),  # without a year, which the other end of the period then gives
    )
    for shape in shapes
)
_EARLIEST_YEAR = 1900
_YEARS_AHEAD = 20
_MOST_TOKENS = 20


@dataclass(frozen=True)
class _Point:
    """What was said of one point in time; `month` may be a season. A school year has its second year in `until`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    is_today: bool = False

    def __str__(self) -> str:
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts) if self.until is None else f"{self.year:04}/{self.until:04}"


def read_date(text: str, today: date) -> str | None:
    """The date or period that `text` gives, as EDTF (see `edtf`) and no more precise than it was said; None if none.

    "2011/12" is a school year, "2020-24" five years, "2011-12" December 2011 unless "school year" is said. "Since 2003"
    is `2003/..`, and so is "2003 until now"; "until 2003" is `2003`. Years must lie between 1900 and twenty years from
    `today`; two figures mean the one of the two centuries that does. What does not exist (31.2.2026) is not read.
    """
    if is_edtf(text) and _is_near(text, today) and not _may_be_years(text):
        return text
    return next((found for found in _readings(text, today) if is_edtf(found) and _is_near(found, today)), None)


def no_such_date(text: str) -> bool:
    """Whether `text` is written as a date and only the calendar does not have it, like 31.2.2026 or 2026-13."""
    any_day = date(2000, 1, 1)  # which of two centuries is meant makes no difference to the calendar
    points = [found.removesuffix("/..").split("/") for found in _readings(text, any_day)]
    return bool(points) and not any(all(map(is_edtf, ends)) for ends in points)


def _is_near(edtf: str, today: date) -> bool:
    return all(
        _EARLIEST_YEAR <= int(end[:4]) <= today.year + _YEARS_AHEAD for end in edtf.removesuffix("/..").split("/")
    )


def _may_be_years(text: str) -> bool:
    """Whether `text` looks like a season in EDTF but like years to a person (2020-24)."""
    return len(text) == 7 and text[5:] > "12"


def _readings(text: str, today: date) -> Iterator[str]:
    """All that `text` can mean, likeliest first, whether or not it exists."""
    tokens = date_tokens(text, today)
    if not tokens or len(tokens) > _MOST_TOKENS:
        return
    is_school_year = "school" in tokens
    tokens = [word for word in tokens if word != "school"]
    goes_on = tokens[:1] == ["since"] or tokens[-1:] == ["onwards"]
    if tokens[:1] in (["since"], ["until"], ["-"]):
        tokens = tokens[1:]
    if tokens[-1:] == ["onwards"]:
        tokens = tokens[:-1]
    for begin, at in _points(tokens, today, is_school_year=is_school_year):
        rest = tokens[at:]
        if not rest and begin.year is not None:
            yield f"{replace(begin, until=None)}/.." if goes_on else str(begin)
        elif rest in (["-"], ["until"]) and begin.year is not None:
            yield f"{replace(begin, until=None)}/.."
        elif rest[:1] in (["-"], ["until"]):
            for end, length in _points(rest[1:], today, is_school_year=False):
                if length == len(rest) - 1:
                    yield from _period(begin, end)


def _period(begin: _Point, end: _Point) -> Iterator[str]:
    if begin.until or end.until:
        return
    if end.is_today and begin.year is not None:
        yield f"{begin}/.."
    elif begin.year is None and end.year is not None:
        begin = _completed(begin, end)
        if begin.month is not None:
            yield from (f"{earlier}/{end}" for earlier in (begin, replace(begin, year=end.year - 1)))
    elif begin.year is not None and end.year is None and end.month is not None:
        yield from (f"{begin}/{replace(end, year=year)}" for year in (begin.year, begin.year + 1))
    elif begin.year is not None and end.year is not None:
        yield f"{begin}/{end}"


def _completed(begin: _Point, end: _Point) -> _Point:
    """`begin` with what only `end` says: the 3 of "3-5 March 2026" is a day, that of "3-5.2026" a month."""
    if begin.month is not None:
        return replace(begin, year=end.year)
    if end.day is None:
        return _Point(end.year, begin.day)
    return _Point(end.year, end.month, begin.day)


def _points(tokens: Sequence[str], today: date, *, is_school_year: bool) -> Iterator[tuple[_Point, int]]:
    """Every point that `tokens` can begin with, and how many of them it takes."""
    for shape in _SHAPES:
        said = tokens[: len(shape)]
        if len(said) == len(shape) and all(map(_fits, shape, said)):
            point = _point(shape, said, today, is_school_year=is_school_year)
            if point is not None:
                yield point, len(shape)


def _fits(kind: str, token: str) -> bool:
    figures = len(token) if token.isdecimal() else 0
    match kind:
        case "Y":
            return figures == 4 and token[0] in "12"  # no year, but perhaps the end of a telephone number
        case "y":
            return figures == 2 or _fits("Y", token)
        case "M" | "D":
            return figures in (1, 2)
        case "Z":
            return figures in (1, 2, 4)
        case "W":
            return token in MONTHS
        case "S":
            return token in SEASONS
        case "T":
            kind = "today"
        case _:
            pass
    return token == kind


def _point(shape: Sequence[str], said: Sequence[str], today: date, *, is_school_year: bool) -> _Point | None:
    """The point said in `shape`, or None when its parts do not belong together."""
    parts = dict(zip(shape, said, strict=True))
    if "T" in parts:
        return _Point(today.year, today.month, today.day, is_today=True)
    point = _Point(
        year=_year(parts.get("Y") or parts.get("y"), today),
        month=MONTHS.get(parts.get("W", "")) or SEASONS.get(parts.get("S", "")) or _figure(parts.get("M")),
        day=_figure(parts.get("D")),
    )
    if point.year is None:
        return point
    if "Z" in parts:
        return _with_second_year(point, point.year, parts["Z"], is_school_year=is_school_year or "/" in parts)
    if is_school_year and point.month is None:
        return replace(point, until=point.year + 1)
    return point


def _with_second_year(point: _Point, year: int, written: str, *, is_school_year: bool) -> _Point | None:
    """`point` in `year` with the figures after it: a second year (2011/12) or a month (2026-03)."""
    second = int(written) if len(written) == 4 else year - year % 100 + int(written)
    month = second % 100 if len(written) < 4 else 0
    follows = second % 100 == (year + 1) % 100 and second - year in (1, -99)
    if point.month is not None:  # only a winter belongs to two years
        return point if point.month == WINTER and follows else None
    if follows and (is_school_year or not 1 <= month <= 12):
        return replace(point, until=year + 1)
    if len(written) == 4 or (month > 12 and second > year):
        return replace(point, until=second)
    return replace(point, month=month)


def _figure(token: str | None) -> int | None:
    return None if token is None else int(token)


def _year(token: str | None, today: date) -> int | None:
    if token is None or len(token) == 4:
        return _figure(token)
    year = 2000 + int(token)
    return year if year <= today.year + _YEARS_AHEAD else year - 100
