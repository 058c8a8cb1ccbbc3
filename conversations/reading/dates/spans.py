"""The days of a period that has begun, as people write it: "uge 47", "prejšnji mesec", "1.10-15.10"."""

import re
from calendar import monthrange
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta

from conversations.reading.dates import words
from conversations.reading.dates.dates import LONGEST, MOST_TOKENS, DateMeant, Reader
from conversations.reading.dates.edtf import date_bounds, is_edtf
from conversations.reading.dates.parsing import Stretch
from conversations.reading.dates.points import Point, Tense
from conversations.reading.dates.tokens import tokens_of


def read_days(text: str, today: date, language: str) -> tuple[date, date] | None:
    """Returns the first and the last day of the period in `text` for a reader of `language`; None if it is no period.

    Without a year it is the latest such period that has begun. "Since October" reaches until `today`.
    """
    said = text[:LONGEST]
    found = next((days for each in (said, _ALL_OF.sub("", said)) if (days := _read(each, today, language))), None)
    if found is None:
        return None
    first, last = date_bounds(found.value)
    return first, last or today


def _read(text: str, today: date, language: str) -> DateMeant | None:
    tokens = tokens_of(text, language)
    if not tokens or len(tokens) > MOST_TOKENS:
        return None
    found = _SpanReader(tokens, today, language, Tense.PAST, end=False).whole()
    return found if found and found.value else None


_ALL_OF = re.compile(
    r"^\s*(?:alt|alle|everything|all|vse)\s+(?:fra|i|from|in|iz|v)\s+"
    r"|^\s*(?:hele|all of|the whole of|cel|celo|ves)\s+"
    r"|(?<=\w)\s+(?:måned|mesec|month)\s*$",
    re.IGNORECASE,
)
"""What is said of a period and not which it is: "everything from 2025", "hele august måned"."""

_SCHOOL_BEGINS = {"sl": 9}


class _SpanReader(Reader):
    """Reads the first and the last day of a period, as the EDTF period between them."""

    spans = True

    def meant(self, period: Stretch, beside: AbstractSet[str]) -> DateMeant | None:
        """Returns the days of `period`."""
        if period.begin.day is not None and period.begin.month is None:
            return None
        reaching = period.goes_on or (words.SINCE in beside and period.end is None)
        if period.begin.first is not None and period.end is None:
            return _days(period.begin.first, self.today)
        if period.end is not None and not (period.begin.has_year or period.end.has_year):
            return self._latest(period.begin, period.end)
        first = self._bounds(period.begin)
        last = first if period.end is None else self._bounds(period.end)
        if first is None or last is None:
            return DateMeant(missing="calendar")
        return _days(first[0], self.today if reaching else last[1])

    def _latest(self, begin: Point, end: Point) -> DateMeant | None:
        """The latest such period that has begun."""
        for year in begin.years(self.today, Tense.PAST):
            first = self._bounds(begin.in_year(year))
            for last in (self._bounds(end.in_year(each)) for each in (year, year + 1)):
                if first and last and first[0] <= last[1]:
                    return _days(first[0], last[1])
        return None

    def _bounds(self, point: Point) -> tuple[date, date] | None:
        """The first and last day of a point."""
        if point.weekday is not None and point.week is None and point.month is None and not point.has_year:
            day = self.weekday(replace(point, next=-1))
            return day, day
        if not point.has_year and not point.school:
            years = [year for year in point.years(self.today, Tense.PAST) if self._begun(point.in_year(year))]
            if not years:
                return None
            point = point.in_year(years[min(1, len(years) - 1)] if self._not_yet_over(point, years[0]) else years[0])
        edtf = replace(point, about=False, part=None).edtf()
        if not edtf:
            return None
        first, last = date_bounds(edtf)
        if point.school and point.until is not None and point.year is not None:
            month = _SCHOOL_BEGINS.get(self.language, 8)
            return date(point.year, month, 1), date(point.until, month - 1, monthrange(point.until, month - 1)[1])
        if point.week is not None and point.weekday is None:
            last = first + timedelta(days=6)
        if edtf[5:7] == "24":  # the winter that ends in that year
            return date(first.year - 1, 12, 1), date(first.year, 2, monthrange(first.year, 2)[1])
        return first, last or self.today

    def _begun(self, point: Point) -> bool:
        edtf = replace(point, about=False, part=None).edtf()
        return bool(edtf) and date_bounds(edtf)[0] <= self.today

    def _not_yet_over(self, point: Point, year: int) -> bool:
        """Whether "last" is said of what is not over in `year`."""
        edtf = replace(point.in_year(year), about=False, part=None).edtf()
        return point.next == -1 and (date_bounds(edtf)[1] or self.today) >= self.today


def _days(first: date, last: date) -> DateMeant | None:
    value = f"{first}/{last}"
    return DateMeant(value) if is_edtf(value) else None
