"""Weeks and other spans of days, as the people of a time zone live them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY = timedelta(days=1)
LONGEST = 366
"""Days that one digest may be about."""

_WEEK = re.compile(r"(?:(\d{4})\s*-?\s*)?[wuv]\s*-?(\d{1,2})", re.IGNORECASE)
_POINT = r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})?\.?"
_SPAN = re.compile(rf"{_POINT}\s*(?:-|–|—|\.\.)\s*{_POINT}")
_ISO_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|–|—|\.\.|\s)\s*(\d{4}-\d{2}-\d{2})")
_ONE_DAY = re.compile(_POINT)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, as people live them; `week` is its name where it is a week.

    `start` and `end` are the same in UTC; `end` itself belongs to what comes after.
    """

    first: date
    last: date
    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    @property
    def week(self) -> str:
        """`2026-W47` where it is just that ISO week, otherwise ""."""
        year, number, weekday = self.first.isocalendar()
        return f"{year}-W{number:02}" if weekday == 1 and self.last - self.first == 6 * DAY else ""


def days(first: date, last: date, zone: tzinfo) -> Period:
    """The days from `first` to `last`; neighbours share their border, also where clocks change at midnight."""
    return Period(first, last, _midnight(first, zone), _midnight(last + DAY, zone))


def week_of(day: date, zone: tzinfo) -> Period:
    """The ISO week of `day`."""
    monday = day - timedelta(days=day.weekday())
    return days(monday, monday + 6 * DAY, zone)


def past_week(now: datetime, zone: tzinfo) -> Period:
    """The ISO week that ended last."""
    return week_of(now.astimezone(zone).date() - 7 * DAY, zone)


def before(period: Period, zone: tzinfo) -> Iterator[Period]:
    """The periods of the same length before `period`, the last one first."""
    length = period.last - period.first + DAY
    first = period.first
    while first - date.min >= length:
        first -= length
        yield days(first, first + length - DAY, zone)


def read_period(typed: str, today: date, zone: tzinfo) -> Period | None:
    """The period that somebody means by `2026-W46`, `W46`, `1.11.-15.11.` or `2026-11-01 2026-11-15`; None: no period.

    Without a year it is the last such time that has begun.
    """
    text = typed.strip()
    try:
        if found := _WEEK.fullmatch(text):
            return _week(found[1], int(found[2]), today, zone)
        if found := _SPAN.fullmatch(text):
            first, last = _span(found.groups(), today)
        elif found := _ISO_SPAN.fullmatch(text):
            first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        elif found := _ONE_DAY.fullmatch(text):
            first = last = _span((*found.groups(), *found.groups()), today)[0]
        else:
            first = last = date.fromisoformat(text)
    except ValueError:
        return None
    return days(first, last, zone) if 0 <= (last - first).days < LONGEST else None


def _week(year: str | None, number: int, today: date, zone: tzinfo) -> Period:
    if year:
        return week_of(date.fromisocalendar(int(year), number, 1), zone)
    monday = date.fromisocalendar(today.isocalendar().year, number, 1)
    return week_of(monday if monday <= today else date.fromisocalendar(today.isocalendar().year - 1, number, 1), zone)


def _span(parts: tuple[str | None, ...], today: date) -> tuple[date, date]:
    first_day, first_month, first_year, last_day, last_month, last_year = parts
    last = _date(last_day, last_month, last_year, today)
    first = _date(first_day, first_month, first_year or str(last.year), today)
    return (first if first <= last or first_year else first.replace(year=last.year - 1)), last


def _date(day: str | None, month: str | None, year: str | None, today: date) -> date:
    found = date(int(year or today.year), int(month or 0), int(day or 0))
    return found if year or found <= today else found.replace(year=today.year - 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
