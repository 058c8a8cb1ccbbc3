"""Dates and periods as they are kept: the part of EDTF (ISO 8601-2) that people's answers need.

A point is a decade (`199X`), a year (`2026`), a month (`2026-03`), a day (`2026-03-03`), a season (`2026-21`, spring,
to `2026-24`, winter), a quarter (`2026-33` to `2026-36`) or a half of a year (`2026-40`, `2026-41`), with `~` after it
if it is approximate; a period is two points (`2014/2018`), or one that goes on (`2003/..`).
"""

import re
from calendar import monthrange
from datetime import date

SPRING, SUMMER, AUTUMN, WINTER = 21, 22, 23, 24
FIRST_QUARTER, FIRST_HALF = 33, 40

_POINT = re.compile(r"(?P<year>[0-9]{4}|[0-9]{3}X)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?~?")
_OPEN = ".."


def is_edtf(text: str) -> bool:
    """Whether `text` is such a date or period, exists in the calendar, and does not end before it begins."""
    try:
        date_bounds(text)
    except ValueError:
        return False
    return True


def date_bounds(edtf: str) -> tuple[date, date | None]:
    """The first and the last day of `edtf`; the last is None when the period goes on.

    A winter reaches from the first of January of its year to the end of February of the next, since people name it
    after either year; so no comparison calls such an answer wrong. Raises ValueError when `is_edtf` is not true.
    """
    begin, period, end = edtf.partition("/")
    first, last = _point_bounds(begin)
    if not period:
        return first, last
    if end == _OPEN:
        return first, None
    last = _point_bounds(end)[1]
    if last < first:
        raise ValueError(f"this period ends before it begins: {edtf}")
    return first, last


def _point_bounds(point: str) -> tuple[date, date]:
    match = _POINT.fullmatch(point)
    if match is None or (match["year"].endswith("X") and match["month"]):
        raise ValueError(f"not an EDTF date: {point!r}")
    if match["year"].endswith("X"):
        year = int(match["year"][:3]) * 10
        return date(year, 1, 1), date(year + 9, 12, 31)
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if not match["month"]:
        return date(year, 1, 1), date(year, 12, 31)
    first_month, last_year, last_month = _months(year, int(match["month"]))
    return date(year, first_month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _months(year: int, month: int) -> tuple[int, int, int]:
    """First month, last year and last month of a month, season, quarter or half of `year`."""
    match month:
        case 21 | 22 | 23:
            first = 3 * (month - 20)
            return first, year, first + 2
        case 24:
            return 1, min(year + 1, date.max.year), 2
        case 33 | 34 | 35 | 36:
            first = 3 * (month - 33) + 1
            return first, year, first + 2
        case 40 | 41:
            first = 6 * (month - 40) + 1
            return first, year, first + 5
        case _ if 1 <= month <= 12:
            return month, year, month
        case _:
            raise ValueError(f"no such month or season: {month}")
