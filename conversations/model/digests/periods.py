"""Periods: weeks and other spans of days in a time zone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TypeVar

from conversations.reading.dates.spans import read_days

_T = TypeVar("_T")

DAY = timedelta(days=1)
LONGEST = 366
"""Most days of one digest."""

EARLIEST, LATEST = 1900, 2200
"""The years that a digest may be about."""

_WEEK = re.compile(r"(?:(\d{4})\s*-?\s*)?[wuv]\s*-?(\d{1,2})", re.IGNORECASE)
_POINT = r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})?\.?"
_SPAN = re.compile(rf"{_POINT}\s*(?:-|–|—|\.\.)\s*{_POINT}")
_ISO_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|–|—|\.\.|\s)\s*(\d{4}-\d{2}-\d{2})")
_ONE_DAY = re.compile(_POINT)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included, in a time zone.

    `start` and `end` are the same span in UTC; `end` itself is not included.
    """

    first: date
    last: date
    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    @property
    def week(self) -> str:
        """The name of the ISO week, `2026-W47`, if the period is exactly one week; otherwise ""."""
        year, number, weekday = self.first.isocalendar()
        return f"{year}-W{number:02}" if weekday == 1 and self.last - self.first == 6 * DAY else ""


def days(first: date, last: date, zone: tzinfo) -> Period:
    """Returns the period of these days; neighbouring periods share their border, also if clocks change at midnight."""
    return Period(first, last, _midnight(first, zone), _midnight(last + DAY, zone))


def week_of(day: date, zone: tzinfo) -> Period:
    """Returns the ISO week of `day`."""
    monday = day - timedelta(days=day.weekday())
    return days(monday, monday + 6 * DAY, zone)


def past_week(now: datetime, zone: tzinfo) -> Period:
    """Returns the last ISO week that has ended."""
    return week_of(now.astimezone(zone).date() - 7 * DAY, zone)


def before(period: Period, zone: tzinfo) -> Iterator[Period]:
    """Yields the earlier periods of the same length, the latest first."""
    length = period.last - period.first + DAY
    first = period.first
    while first - date.min >= length:
        first -= length
        yield days(first, first + length - DAY, zone)


def read_period(typed: str, today: date, zone: tzinfo, language: str = "en") -> Period | None:
    """Reads `2026-W46`, `W46`, `1.11.-15.11.`, `2026-11-01 2026-11-15`, or words; None if it is no period.

    Words are read for a reader of `language` ("uge 47", "prejšnji mesec"). Without a year it is the latest such period
    that has begun, for example the last week 53 there was, or the last 29 February; around New Year, a span that goes
    on into this year or the next.
    """
    return _read_figures(typed, today, zone) or _read_words(typed, today, zone, language)


def _read_words(typed: str, today: date, zone: tzinfo, language: str) -> Period | None:
    found = read_days(typed, today, language)
    return days(*found, zone) if found and (found[1] - found[0]).days < LONGEST else None


def _read_figures(typed: str, today: date, zone: tzinfo) -> Period | None:
    text = typed.strip()
    try:
        if found := _WEEK.fullmatch(text):
            first = _monday(found[1], int(found[2]), today)
            last = first + 6 * DAY
        elif found := _SPAN.fullmatch(text):
            first, last = _span(_Written(*found.groups()[:3]), _Written(*found.groups()[3:]), today)
        elif found := _ISO_SPAN.fullmatch(text):
            first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        elif found := _ONE_DAY.fullmatch(text):
            first = last = _first(_Written(*found.groups()).until(today))
        else:
            first = last = date.fromisoformat(text)
        known = first.year >= EARLIEST and last.year <= LATEST and 0 <= (last - first).days < LONGEST
        return days(first, last, zone) if known else None
    except (ValueError, OverflowError):
        return None


_YEARS = 12
"""Going back this many years finds every day and every week number, whatever the leap years."""


def _monday(year: str | None, number: int, today: date) -> date:
    if year:
        return date.fromisocalendar(int(year), number, 1)
    last = today.isocalendar().year
    mondays = (_valid(date.fromisocalendar, each, number, 1) for each in range(last, last - _YEARS, -1))
    return _first(each for each in mondays if each and each <= today)


@dataclass(frozen=True, slots=True)
class _Written:
    """A day as it was written, with or without a year."""

    day: str
    month: str
    year: str | None = None

    def until(self, limit: date) -> Iterator[date]:
        """Yields the days it can be, the latest first; without a year none after `limit`."""
        years = (int(self.year),) if self.year else range(limit.year, limit.year - _YEARS, -1)
        found = (_valid(date, year, int(self.month), int(self.day)) for year in years)
        return (each for each in found if each and (self.year or each <= limit))

    def next(self, start: date) -> date:
        """Returns the first such day from `start` on; with a year exactly that day."""
        years = (int(self.year),) if self.year else range(start.year, start.year + _YEARS)
        found = (_valid(date, year, int(self.month), int(self.day)) for year in years)
        return _first(each for each in found if each and (self.year or each >= start))


def _span(first: _Written, last: _Written, today: date) -> tuple[date, date]:
    limit = last.next(today) if last.year else today
    spans = ((begin, last.next(begin)) for begin in first.until(limit))
    return _first(each for each in spans if (each[1] - each[0]).days < LONGEST)


def _valid(make: Callable[[int, int, int], date], year: int, middle: int, small: int) -> date | None:
    try:
        return make(year, middle, small)
    except ValueError:
        return None


def _first(found: Iterator[_T]) -> _T:
    for each in found:
        return each
    raise ValueError("There is no such time.")


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


CAUGHT_UP = 4
"""Most weeks that are sent later, after the bot could not send them in time."""


def due(weekday: int, hour: int, zone: tzinfo, since: datetime, now: datetime) -> list[Period]:
    """Returns the weeks whose digests were due by `now` for somebody who subscribed at `since`; oldest first.

    Each digest is due in the following week, on `weekday` (0: Monday) at `hour`. An hour that exists twice is the first
    of the two; one that does not exist is as long after midnight as if it did.
    """
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    found = []
    for week in range(CAUGHT_UP, -1, -1):
        day = monday - week * 7 * DAY + weekday * DAY
        moment = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if since <= moment <= now:
            found.append(week_of(day - 7 * DAY, zone))
    return found[-CAUGHT_UP:]
