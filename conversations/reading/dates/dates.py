"""When something began, ends or went on, as precisely as it was said."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeAlias

from conversations.reading.dates import words
from conversations.reading.dates.edtf import date_bounds, is_edtf
from conversations.reading.dates.parsing import EARLIEST_YEAR, YEARS_AHEAD, Parser, Stretch
from conversations.reading.dates.points import Part, Point, Tense
from conversations.reading.dates.tokens import TimeToken, is_article, tokens_of

__all__ = ["DateMeant", "Tense", "date_bounds", "is_edtf", "read_date"]

Missing: TypeAlias = Literal["", "year", "which", "calendar"]


@dataclass(frozen=True, slots=True)
class DateMeant:
    """What a text says about a time: one `value` in EDTF, or else what is missing and the values offered.

    `missing` is "year" where only the year is missing, "which" where the words can mean several times, and "calendar"
    where the calendar has no such day; then nothing is offered. `completed` says that the reader added the year, and
    `unread` are words that were left out.
    """

    value: str = ""
    near: tuple[str, ...] = ()
    missing: Missing = ""
    completed: bool = False
    unread: tuple[str, ...] = ()


@lru_cache(maxsize=16)  # a message is read as a command, as more than an answer, and as the answer
def read_date(
    text: str, today: date, language: str, tense: Tense = Tense.EITHER, *, end: bool = False
) -> DateMeant | None:
    """Returns the time that `text` says to a reader of `language`, no more precise than it is said; None if none.

    "Since 2003" is 2003, "2003 until now" goes on (`2003/..`), "around 2015" is `2015~`,
    and a week is its Monday. A day
    or week without a year is the nearest one that fits `tense`; a month or season without a year asks for it. With
    `end`, a period stands for its end. Years lie between 1900 and twenty years from `today`.
    """
    text = text.strip()
    if is_edtf(text) and _is_near(text, today) and not _may_be_years(text):
        return DateMeant(_end_of(text) if end else text)
    tokens = tokens_of(text[:LONGEST], language)
    if not tokens or len(tokens) > MOST_TOKENS:
        return None
    return Reader(tokens, today, language, tense, end=end).read() or _told_by_an_event(text, today)


_COVID = re.compile(r"\b(?:corona\w*|koron[aeoi]\w*|covid\w*|pandemi\w*|epidemij\w*|lockdown\w*|nedlukning\w*)\b")
_BEFORE_COVID = re.compile(r"\b(?:før|foer|inden|before|pred|pre)\b")
_MILLENNIUM = re.compile(r"\b(?:årtusindskiftet?|tisočletja|tisocletja|millennium)\b")
_RECENTLY = re.compile(r"\b(?:for nylig|fornylig|for kort tid siden|nedavno|pred kratkim|recently|lately)\b")


def _told_by_an_event(text: str, today: date) -> DateMeant | None:
    """What to offer for a time that is told by what happened then: "since covid", "recently"."""
    said = text.casefold()
    if _COVID.search(said):
        years = ("2019", "2018", "2020") if _BEFORE_COVID.search(said) else ("2020", "2021", "2022")
        return DateMeant(near=years, missing="which")
    if _MILLENNIUM.search(said):
        return DateMeant(near=("2000", "1999"), missing="which")
    if _RECENTLY.search(said):
        months = [today.year * 12 + today.month - 1 - back for back in range(_MOST_NEAR)]
        return DateMeant(near=tuple(f"{each // 12:04}-{each % 12 + 1:02}" for each in months), missing="which")
    return None


LONGEST = 500
MOST_TOKENS = 60
_MOST_UNKNOWN = 5
_MOST_NEAR = 3


def _is_near(edtf: str, today: date) -> bool:
    ends = edtf.removesuffix("/..").split("/")
    return all(EARLIEST_YEAR <= int(end[:4].replace("X", "0")) <= today.year + YEARS_AHEAD for end in ends)


def _may_be_years(text: str) -> bool:
    """Whether `text` looks like a season in EDTF but like years to a person (2020-24)."""
    return len(text) == len("2020-24") and "12" < text[5:] < _FIRST_QUARTER and text[5:] > text[2:4]


_FIRST_QUARTER = "33"


def _end_of(edtf: str) -> str:
    """The end of a period; what is no period, or goes on, stays."""
    begin, slash, end = edtf.partition("/")
    is_school_year = slash and len(begin) == 4 and end.isdecimal() and int(end) == int(begin) + 1
    return end if slash and end != ".." and not is_school_year else edtf


class Reader:
    """Reads one answer about a time."""

    spans = False
    """Whether "and" joins the two ends of a period."""

    def __init__(self, tokens: Sequence[TimeToken], today: date, language: str, tense: Tense, *, end: bool) -> None:
        self._tokens, self.today, self.tense, self._end = tokens, today, tense, end
        self.language = language
        self._parser = Parser(tokens, today, language, spans=self.spans)

    def read(self) -> DateMeant | None:
        """Returns what the tokens mean: all of them, or else what is said outright among them."""
        return self.whole() or self.within()

    def whole(self) -> DateMeant | None:
        """What the tokens mean, if all of them belong to one time or period."""
        at, lead = self._lead(0)
        if at > 0 and (found := self._read(0, set())):  # "for two years" begins with a word that may also be idle
            return found
        return self._read(at, lead)

    def _lead(self, at: int) -> tuple[int, set[str]]:
        """The first token that is no word before a date, and the codes of those."""
        lead = set[str]()
        while at < len(self._tokens) and self._tokens[at].code in _LEADS:
            lead.add(self._tokens[at].code)
            at += 1
        return at, lead

    def _read(self, at: int, lead: set[str]) -> DateMeant | None:
        impossible = False
        for period, after in self._parser.periods(at, between=words.BETWEEN in lead):
            rest, tail = after, set[str]()
            while rest < len(self._tokens) and self._tokens[rest].code in _TAILS:
                tail.add(self._tokens[rest].code)
                rest += 1
            if rest < len(self._tokens):
                continue
            found = self.meant(period, lead | tail)
            if found is not None and found.missing != "calendar":
                return found
            impossible |= found is not None
        return DateMeant(missing="calendar") if impossible else None

    def within(self) -> DateMeant | None:
        """What the tokens mean where other words stand among them: one time that is said outright, or those to "
        "offer."""
        stretches: list[tuple[Stretch, frozenset[str]]] = []
        at, unknown, unread = 0, 0, []
        codes = {token.code for token in self._tokens}
        before = set[str]()
        while at < len(self._tokens):
            read = self._first(at, before)
            if read is not None:
                stretch, at = read
                stretches.append((stretch, frozenset(before)))
                before = set()
                continue
            code = self._tokens[at].code
            if code == "n" or code in ("uday", "uweek", "umonth") or (code[:1] == "o" and code[1:].isdigit()):
                unknown += _MOST_UNKNOWN + 1
                unread.append(self._tokens[at].written)
            elif code == "?" or (code == "w" and not is_article(self._tokens[at])):
                unknown += 1
                unread.append(self._tokens[at].written)
            before = {code} if code in (words.BEFORE, words.AFTER, words.BETWEEN) else set()
            at += 1
        found = [meant for stretch, beside in _with_later_years(stretches) if (meant := self.meant(stretch, beside))]
        if not found or any(each.missing == "calendar" for each in found):
            return found[0] if found and len(found) == 1 else None
        values = tuple(dict.fromkeys(value for each in found for value in ((each.value,) if each.value else each.near)))
        if len(found) == 1 and words.NOT not in codes and not codes & {words.BEFORE, words.AFTER}:
            only = found[0]
            if unknown <= _MOST_UNKNOWN or codes & {words.BEGAN, words.ENDED}:
                return replace(only, unread=tuple(unread))
        if words.NOT in codes or unknown > _TOO_MANY or not values:
            return None
        return DateMeant(near=values[:_MOST_OFFERED], missing="which")

    def _first(self, at: int, before: set[str]) -> tuple[Stretch, int] | None:
        """The first time that stands at `at` outright: no lone day, nothing that is only part of another."""
        if self._tokens[at].code in (words.FOR, words.IN, words.ABOUT, ",", "."):
            ahead = self._parser.periods(at)
        else:
            ahead = self._parser.periods(at, between=words.BETWEEN in before)
        best: tuple[Stretch, int] | None = None
        for period, after in ahead:
            if (period.begin.day is not None and period.begin.month is None) or period.begin.is_now:
                continue
            meant = self.meant(period, frozenset(before))
            if meant is not None and meant.missing != "calendar":
                return period, max(after, at + 1)
            if meant is not None and best is None:
                best = (period, max(after, at + 1))
        return best

    def meant(self, period: Stretch, beside: AbstractSet[str]) -> DateMeant | None:
        """What `period` means beside words like "before" and "onwards"."""
        begin, end = period.begin, period.end
        begin = replace(begin, about=begin.about or words.ABOUT in beside)
        if self.tense is not Tense.FUTURE and not beside.isdisjoint({words.FOR, words.BEGAN}):
            begin = replace(begin, bare=False)  # "has run for two years"
        if words.AFTER in beside or words.BEFORE in beside:
            return self._beside(begin, after=words.AFTER in beside) if end is None else None
        if end is not None:
            return self._span(begin, end)
        if period.goes_on:
            value = replace(begin, until=None).edtf()
            return DateMeant(f"{value}/..") if value and self._near(value) else None
        season = begin.month is not None and begin.month > _MONTHS
        coming = words.UNTIL in beside and self.language == "da" and (season or not self._end)  # "til sommer"
        return self._point(replace(begin, next=1) if coming and begin.next is None else begin)

    def _beside(self, point: Point, *, after: bool) -> DateMeant | None:
        """What to offer for "after Easter" or "before the summer"."""
        if point.holiday in ("holidays", "newyear", "xmas") and after:
            point = Point(month=1, year=None if point.year is None else point.year + (point.holiday != "newyear"))
        if point.holiday == "summerbreak" and after:
            point = replace(point, holiday="", month=9 if self.language == "sl" else 8)
        found = self._point(point)
        if found is None or found.missing == "calendar":
            return found
        return DateMeant(near=(found.value,) if found.value else found.near, missing="which")

    def _span(self, begin: Point, end: Point) -> DateMeant | None:
        """A period with two ends."""
        if begin.has_year and end.has_year:
            one, other = begin.edtf(), end.edtf()
            if not one or not other:
                return DateMeant(missing="calendar")
            value = f"{one.removesuffix('~')}/{other.removesuffix('~')}"
            if not is_edtf(value) or not self._near(value):
                return None
            return DateMeant(_end_of(value) if self._end else value)
        values = []
        for year in end.years(self.today, self.tense):
            last = end.in_year(year)
            for first in (begin.in_year(year), begin.in_year(year - 1)):
                value = f"{first.edtf()}/{last.edtf()}"
                if is_edtf(value):
                    values.append(_end_of(value) if self._end else value)
                    break
        if not values:
            return DateMeant(missing="calendar") if not self._ever(end) else None
        if begin.day is not None and end.day is not None:
            return DateMeant(values[0], completed=True)
        return DateMeant(near=tuple(values[:_MOST_NEAR]), missing="year")

    def _point(self, point: Point) -> DateMeant | None:
        """One point, with the year that is sensible or to be asked."""
        if point.weekday is not None and point.month is None and point.week is None and point.year is None:
            closest = self.weekday(point)
            if closest == self.today and self.tense is not Tense.FUTURE:  # "Monday", said on a Monday
                near = (closest.isoformat(), (closest - timedelta(days=7)).isoformat())
                return DateMeant(near=near, missing="which")
            return DateMeant(closest.isoformat(), completed=True)
        if point.day is not None and point.month is None:
            return None
        if point.bare:
            return self._bare(point)
        if point.vague and point.month is None and point.year is not None:  # a couple of years ago: two or three
            further = point.year + (1 if point.year > self.today.year else -1)
            return DateMeant(near=(f"{point.year:04}", f"{further:04}"), missing="which")
        if self._is_turn_of_the_year(point):
            here = self.today.year
            return DateMeant(near=(f"{here - 1:04}-12", f"{here:04}-01"), missing="which")
        if point.has_year:
            return self._dated(replace(point, about=False) if point.exact else point)
        if point.school:
            return self._asked_year(point)
        if not self._ever(point):
            return DateMeant(missing="calendar")
        if point.next is not None:
            return self._next(point)
        if point.day is not None or point.week is not None or point.nth is not None or self._is_day(point):
            days = [day for year in self.closest(point) if (day := point.in_year(year).edtf())]
            nearest = days[: 1 if self.tense is Tense.FUTURE else 2]
            fitting = next((day for day in nearest if _is_on_its_weekday(point, day)), "")
            if days and not fitting:
                return DateMeant(near=(days[0],), missing="which")
            return DateMeant(fitting, completed=True) if fitting else None
        return self._asked_year(point)

    def _bare(self, point: Point) -> DateMeant | None:
        """What to offer for a length of time alone: as far from today as it says."""
        if self.tense is not Tense.FUTURE:
            return DateMeant(near=(replace(point, about=False).edtf(),), missing="which")
        if point.exact is None or point.year is None:
            return None
        if point.day is not None:
            return DateMeant(near=((self.today + (self.today - point.exact)).isoformat(),), missing="which")
        return DateMeant(near=(f"{2 * self.today.year - point.year:04}",), missing="which")

    def _is_turn_of_the_year(self, point: Point) -> bool:
        """Whether the end of this year, which is still to come, is said of what has been."""
        ends = point.part is Part.LAST_DAYS and point.next == 0 and point.month is None and point.week is None
        return ends and self.tense is Tense.PAST and self.today.month < _MONTHS

    def _is_day(self, point: Point) -> bool:
        return bool(point.holiday) and len(point.in_year(self.today.year).edtf()) == len("2026-12-24")

    def closest(self, point: Point) -> Iterable[int]:
        """The years in which a day may lie; with no tense the one nearest to today first."""
        years = list(point.years(self.today, self.tense))
        if self.tense is Tense.EITHER:
            years.sort(key=lambda year: abs((date_bounds(point.in_year(year).edtf())[0] - self.today).days))
        return years

    def _asked_year(self, point: Point) -> DateMeant | None:
        if self.tense is Tense.FUTURE and not self._end and not point.others:  # what is planned begins the next time
            year = next(iter(point.years(self.today, self.tense)), None)
            found = replace(point.in_year(year), part=None).edtf() if year is not None else ""
            if found and 0 < (date_bounds(found)[0] - self.today).days <= _SOON:
                return DateMeant(found, completed=True)
        near = []
        for each in (point, *point.others):
            years = list(each.years(self.today, self.tense))
            wanted = _MOST_FUTURE if self.tense is Tense.FUTURE else _MOST_NEAR
            if self.tense is Tense.EITHER:
                years = sorted(years, reverse=True)
            near += [replace(each.in_year(year), part=None).edtf() for year in years[: 2 if point.others else wanted]]
        return DateMeant(near=tuple(dict.fromkeys(filter(None, near))), missing="year") if any(near) else None

    def _ever(self, point: Point) -> bool:
        """Whether there is such a day in any year."""
        if point.month is None or point.day is None:
            return point.week is None or 1 <= point.week <= _WEEKS
        return bool(point.in_year(2000).edtf())

    def _dated(self, point: Point) -> DateMeant | None:
        value = point.edtf()
        if not value:
            return DateMeant(missing="calendar")
        if not self._near(value):
            return None
        if point.holiday == "newyear" and point.year is not None:
            return DateMeant(near=(value, f"{point.year - 1:04}-12"), missing="which")
        if point.others and self.tense is Tense.FUTURE and date_bounds(value)[0] < self.today:
            days = [found for each in point.others if (found := self._point(each)) and found.value]
            if days:
                return days[0]  # "dec 20" of what is to come is no December 2020
        if point.others:
            others = [
                each.in_year(point.year or 0) if not each.has_year and not each.day else each for each in point.others
            ]
            near = [value, *(each.edtf() or self._closest_day(each) for each in others)]
            near = [each for each in near if each]
            return DateMeant(near=tuple(near), missing="which") if len(near) > 1 else DateMeant(value)
        if not _is_on_its_weekday(point, value):
            return DateMeant(near=(value,), missing="which")
        if point.month is None and point.day is None and point.week is None and point.part in _PARTS_OF_YEAR:
            year = f"{point.year:04}"
            return DateMeant(
                near=(*(f"{year}-{part:02}" for part in _PARTS_OF_YEAR[point.part]), year), missing="which"
            )
        return DateMeant(value)

    def _closest_day(self, point: Point) -> str:
        year = next(iter(self.closest(point)), None)
        return point.in_year(year).edtf() if year is not None else ""

    def _next(self, point: Point) -> DateMeant | None:
        """Last March, this spring, next summer; both where they may be two."""
        here = self.today.year
        dated = [(point.in_year(year).edtf(), year) for year in range(here - 2, here + 3)]
        known = [(edtf, *_bounds(edtf)) for edtf, _year in dated if edtf]
        if point.next == 0:
            over = [each for each in known if each[0] == point.in_year(here).edtf() and each[2] < self.today]
            return DateMeant(point.in_year(here + (self.tense is Tense.FUTURE and bool(over))).edtf())
        if point.next == -1:
            past = [each for each in known if each[2] < self.today]
            if not past:
                return None
            latest = past[-1]
            present = next((each[0] for each in known if each[1] <= self.today <= each[2]), "")
            if present and point.month is not None and point.month > _MONTHS:  # "last autumn", said in autumn
                return DateMeant(near=(latest[0], present), missing="which")
            if (self.today - latest[2]).days < _JUST_NOW and len(past) > 1:
                return DateMeant(near=(latest[0], past[-2][0]), missing="which")
            return DateMeant(latest[0])
        coming = [each for each in known if each[1] > self.today]
        if not coming:
            return None
        if (coming[0][1] - self.today).days < _JUST_NOW and len(coming) > 1:
            return DateMeant(near=(coming[0][0], coming[1][0]), missing="which")
        return DateMeant(coming[0][0])

    def weekday(self, point: Point) -> date:
        """The last or the next such weekday."""
        days = ((point.weekday or 0) - self.today.weekday()) % 7
        if self.tense is Tense.PAST or point.next == -1:
            return self.today - timedelta(days=(7 - days) % 7 or (7 if point.next == -1 else 0))
        return self.today + timedelta(days=days or 7)

    def _near(self, value: str) -> bool:
        return _is_near(value, self.today)


_LEADS = frozenset({words.SINCE, words.UNTIL, words.FOR, words.IN, words.BETWEEN, words.BEGAN, words.ENDED,
words.BEFORE,
                    words.AFTER, words.AGO, words.ONWARDS, "-", ",", ".", ":", words.AND, "uyear"})  # fmt: skip
_TAILS = frozenset(
    {words.ABOUT, words.ONWARDS, words.BEGAN, words.ENDED, words.SINCE, words.AGO, words.FOR, words.IN, ".", ","}
)
_TOO_MANY = 25
_MOST_OFFERED = 4
_MOST_FUTURE = 2
_WEEKS = 53
_MONTHS = 12
_JUST_NOW, _SOON = 60, 220
_PARTS_OF_YEAR = {Part.START: (1, 33), Part.MIDDLE: (6, 7, 22), Part.END: (12, 36)}


def _with_later_years(
    stretches: Sequence[tuple[Stretch, frozenset[str]]],
) -> Sequence[tuple[Stretch, frozenset[str]]]:
    """The stretches, each without a year in the year that the next one says: "marts eller april 2024"."""
    dated = list(stretches)
    for at in range(len(dated) - 2, -1, -1):
        (here, beside), following = dated[at], dated[at + 1][0].begin
        point = here.begin
        if here.end is None and not point.has_year and point.next is None and following.year is not None:
            dated[at] = (Stretch(point.in_year(following.year)), beside)
    return dated


def _is_on_its_weekday(point: Point, edtf: str) -> bool:
    """Whether a day falls on the weekday that is said beside it; True where none is said."""
    if point.weekday is None or point.day is None or len(edtf) != len("2026-06-13"):
        return True
    return date.fromisoformat(edtf).weekday() == point.weekday


def _bounds(edtf: str) -> tuple[date, date]:
    first, last = date_bounds(edtf)
    if edtf[5:7] == "24":
        first = date(first.year, 12, 1)
    return first, last or date.max
