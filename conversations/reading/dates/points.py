"""A point in time as it is said, before it is known which year it is in."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from conversations.reading.dates.edtf import FIRST_HALF, FIRST_QUARTER, WINTER, date_bounds, is_edtf
from conversations.reading.dates.holidays import holiday


class Tense(Enum):
    """Whether what is dated lies before today, after it, or either."""

    PAST = -1
    EITHER = 0
    FUTURE = 1


class Part(Enum):
    """A part of a month or year."""

    START = "start"
    MIDDLE = "middle"
    END = "end"
    FIRST_DAYS = "primo"
    LAST_DAYS = "ultimo"


@dataclass(frozen=True, slots=True)
class Point:
    """What is said of one point in time. A `month` may be a season, a quarter or a half (see `edtf`)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    week: int | None = None
    holiday: str = ""
    weekday: int | None = None
    nth: int | None = None
    """Which of the weekdays of its month: the first Monday; -1 is the last one."""
    until: int | None = None
    """The second year of a school year."""
    decade: bool = False
    school: bool = False
    next: int | None = None
    """-1 last, 0 this, 1 next."""
    part: Part | None = None
    about: bool = False
    is_now: bool = False
    exact: date | None = None
    """The very day, where the words count from today: in three weeks."""
    bare: bool = False
    """Whether only a length is said: "two years"."""
    vague: bool = False
    """Whether it is a couple of years, weeks or days away."""
    first: date | None = None
    """The first day of a time that reaches until today: the last 14 days."""
    others: tuple["Point", ...] = field(default=())
    """What the same words may mean as well."""

    @property
    def has_year(self) -> bool:
        """Whether its year is known."""
        return self.year is not None

    def edtf(self) -> str:
        """This point in EDTF; "" if there is no such day, or its year is not known."""
        if self.year is None:
            return ""
        text = self._text(self.year)
        if text and self.about and self.part is None:
            text += "~"
        return text if text and is_edtf(text) else ""

    def _text(self, year: int) -> str:
        if self.decade:
            return f"{year // 10:03}X"
        if self.until is not None:
            return f"{year:04}/{self.until:04}"
        if self.week is not None:
            try:
                return date.fromisocalendar(
                    year, self.week, 1 if self.weekday is None else self.weekday + 1
                ).isoformat()
            except ValueError:
                return ""
        if self.nth is not None:
            return self._nth_weekday(year)
        if self.holiday:
            month, day = holiday(self.holiday, year)
            return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"
        if self.month is None and self.part in _PART_MONTHS:
            return f"{year:04}-{_PART_MONTHS[self.part]:02}"
        parts = (f"{year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    def _nth_weekday(self, year: int) -> str:
        first, days = monthrange(year, self.month or 1)
        day = 1 + ((self.weekday or 0) - first) % 7
        day += 7 * ((days - day) // 7 if self.nth == -1 else (self.nth or 1) - 1)
        return f"{year:04}-{self.month or 1:02}-{day:02}"

    def years(self, today: date, tense: Tense) -> Iterator[int]:
        """Yields the years in which it may lie, the likeliest first, where the text says none."""
        here = today.year
        match tense:
            case Tense.PAST:
                candidates = range(here + 1, here - _YEARS_BACK, -1)
            case Tense.FUTURE:
                candidates = range(here - 1, here + _YEARS_BACK)
            case _:
                candidates = range(here - 1, here + 2)
        for year in candidates:
            found = self.in_year(year).edtf()
            if found and _fits(found, today, tense):
                yield year

    def in_year(self, year: int) -> "Point":
        """This point in `year`; a school year ends in the next."""
        return _replaced(self, year)


_PART_MONTHS = {Part.FIRST_DAYS: 1, Part.LAST_DAYS: 12}
_YEARS_BACK = 12


def _replaced(point: Point, year: int) -> Point:
    until = year + 1 if point.school and point.month is None else point.until
    return replace(point, year=year, until=until, next=None)


def _fits(edtf: str, today: date, tense: Tense) -> bool:
    first, last = date_bounds(edtf)
    if edtf[5:7] == str(WINTER):  # it may have begun in December
        first = date(first.year, 12, 1)
    match tense:
        case Tense.PAST:
            return first <= today
        case Tense.FUTURE:
            return last is None or last >= today
        case Tense.EITHER:
            return True


def quarter(number: int) -> int:
    """Returns the "month" of the first to fourth quarter."""
    return FIRST_QUARTER + number - 1


def half(number: int) -> int:
    """Returns the "month" of the first or second half of a year."""
    return FIRST_HALF + number - 1
