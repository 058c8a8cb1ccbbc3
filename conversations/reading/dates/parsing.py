"""Finding points in time and periods among the tokens of a text."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conversations.reading.dates import words
from conversations.reading.dates.holidays import is_holiday
from conversations.reading.dates.points import Part, Point, half, quarter
from conversations.reading.dates.tokens import TimeToken

EARLIEST_YEAR = 1900
YEARS_AHEAD = 20

_PARTS = {each.value: each for each in Part}
_JOINTS = frozenset({"-", words.UNTIL})
_DECADE_WORDS = {
    "halvtredserne": 1950, "tresserne": 1960, "halvfjerdserne": 1970, "firserne": 1980, "halvfemserne": 1990,
    "nullerne": 2000, "tierne": 2010, "tyverne": 2020, "fifties": 1950, "sixties": 1960, "seventies": 1970,
    "eighties": 1980, "nineties": 1990, "noughties": 2000, "petdeseta": 1950, "petdesetih": 1950, "sestdeseta": 1960,
    "sestdesetih": 1960, "sedemdeseta": 1970, "sedemdesetih": 1970, "osemdeseta": 1980, "osemdesetih": 1980,
    "devetdeseta": 1990, "devetdesetih": 1990,
}  # fmt: skip
_DECADE_ENDINGS = frozenset({"s", "erne", "er", "ere", "ih", "es"})
_PLURAL_YEARS = frozenset({"leta", "letih", "let"})
_HALVES = frozenset({"halvt", "halv", "halve", "half", "pol"})
_AND_A_HALF = frozenset({"halvandet", "halvanden", "poldrugo", "poldrugim"})
_A_COUPLE = frozenset({"par", "couple", "pair"})
_SEVERAL = frozenset({"years", "yrs", "months", "weeks", "days", "ar", "maneder", "uger", "dage"}
                     | {"leti", "meseci", "tedni", "dnevi"})  # fmt: skip
"""Units that are several where no number stands before them: "years ago" is not a year ago."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A point, or a period between two points; `goes_on` says that it has no end yet."""

    begin: Point
    end: Point | None = None
    goes_on: bool = False


class Parser:
    """Reads points and periods at a place among tokens; `today` is what relative words count from."""

    def __init__(self, tokens: Sequence[TimeToken], today: date, language: str, *, spans: bool = False) -> None:
        self._tokens, self._today, self._language = tokens, today, language
        self._spans = spans  # whether "and" joins the two ends of a period, as in "september in oktober"

    def periods(self, at: int, *, between: bool = False) -> Iterator[tuple[Stretch, int]]:
        """Yields what may begin at `at`, the likeliest first, and the token after it."""
        for begin, after in self._whole_numbers(at):
            for end, last in self._second(after, between=between):
                yield from ((each, last) for each in _joined(*_as_days(begin, end)))
            if self._code(after) in _JOINTS and after + 1 == len(self._tokens) and begin.has_year:
                yield Stretch(begin, goes_on=True), after + 1
            yield Stretch(begin), after

    def _second(self, at: int, *, between: bool) -> Iterator[tuple[Point, int]]:
        """The end of a period whose beginning ends at `at`."""
        joined = self._code(at) in (words.AND, "/") and self._spans
        if self._code(at) in _JOINTS or joined or (between and self._code(at) == words.AND):
            following = at + 1
            while self._code(following) in (words.SINCE, words.UNTIL, words.IN, words.FOR, words.ENDED):
                following += 1
            yield from self._whole_numbers(following)

    def _whole_numbers(self, at: int) -> Iterator[tuple[Point, int]]:
        """The points at `at` with what stands round them; a lone day ("3.-5. marts") comes last."""
        yield from self.points(at)
        token = self._token(at)
        if token and token.code == "n" and len(token.written) <= 2 and 1 <= token.value <= _MOST_WEEKS:
            yield Point(day=token.value), self._past(self._past_point(at + 1), "umonth")

    def points(self, at: int) -> Iterator[tuple[Point, int]]:
        """Yields the points that may stand at `at`, the likeliest first, and the token after each."""
        about, part = False, None
        while (code := self._code(at)) == words.ABOUT or code in _PARTS:
            about |= code == words.ABOUT
            at += code == words.ABOUT and self._code(at + 1) == "."
            part = _PARTS.get(code, part)
            at += 1
            if part is not None:
                at = self._past(at, words.FOR, words.IN, words.SINCE, "-")
        if part is Part.FIRST_DAYS and self._code(at) == "uyear" and self._code(at + 1) != "n":
            yield Point(month=1), at + 1  # the start of the year
        for point, end in self._points(at):
            yield (replace(point, about=about or point.about, part=part or point.part), end)

    def _points(self, at: int) -> Iterator[tuple[Point, int]]:
        at = self._past_years(self._past_idle(at))
        token = self._token(at)
        if token is None:
            return
        yield from self._relative(at)
        yield from self._with_year_before(at)
        yield from self._figures(at)
        yield from self._schools(at)
        for point, end in self._yearless(at):
            yield from self._with_year_after(point, end)
        yield from self._years(at)

    # From today

    def _relative(self, at: int) -> Iterator[tuple[Point, int]]:
        """Yesterday, this week, last month, two years ago, in three weeks."""
        code = self._code(at)
        today = self._today
        if code == words.NOW:
            yield replace(_on(today), is_now=True), at + 1
        elif code[:1] == "D" and len(code) > 1:
            day = today + timedelta(days=int(code[1:]))
            yield replace(_on(day), is_now=day == today), at + 1
        elif code[:1] == "W" and len(code) > 1 and self._names_month(at + 1):
            yield from self._points(at + 1)  # the last week of August
        elif code[:1] == "W" and len(code) > 1 and code != "Wend":
            year, week, _weekday = (today + timedelta(weeks=int(code[1:]))).isocalendar()
            if (weekday := self._weekday(self._past(at + 1, words.FOR))) is not None:
                day = date.fromisocalendar(year, week, weekday + 1)
                yield _on(day), self._past(at + 1, words.FOR) + 1
            yield Point(year, week=week), at + 1
        elif code == "Mend":
            yield Point(today.year, today.month, part=Part.LAST_DAYS), at + 1
        elif code == "Yend":
            after = self._year(at + 1)
            if after:
                yield Point(after[0], part=Part.LAST_DAYS), after[1]
            else:
                yield Point(today.year, part=Part.LAST_DAYS, next=0), at + 1
        elif code == "Wend":
            year, week, _weekday = today.isocalendar()
            yield Point(year, week=week, part=Part.LAST_DAYS), at + 1
        elif code in ("r-1", "r0", "r1") and self._code(at + 1) in ("uquarter", "uhalf"):
            yield self._part_of_year(int(code[1:]), _QUARTER if self._code(at + 1) == "uquarter" else 6), at + 2
        elif code[:1] == "M" and len(code) > 1:
            yield self._months_from(today.year * 12 + today.month - 1 + int(code[1:])), at + 1
        yield from self._counted(at)

    def _names_month(self, at: int) -> bool:
        """Whether the name of a month stands at `at`."""
        code = self._code(self._past(at, words.FOR, words.IN))
        return code[:1] == "m" and code[1:].isdigit()

    def _part_of_year(self, step: int, months: int) -> Point:
        """The quarter or half of a year that lies `step` after the present one."""
        year, number = divmod((self._today.year * 12 + self._today.month - 1) // months + step, 12 // months)
        return Point(year, quarter(number + 1) if months == _QUARTER else half(number + 1))

    def _months_from(self, months: int) -> Point:
        year, month = divmod(months, 12)
        return Point(year, month + 1)

    def _counted(self, at: int) -> Iterator[tuple[Point, int]]:
        """So many days, weeks, months or years before or after today."""
        prefixes = set[str]()
        while self._code(at) in _BEFORE_AMOUNTS or (self._code(at) == "." and words.ABOUT in prefixes):
            prefixes.add(self._code(at))
            at += 1
        amount = self._amount(at, implied=words.BEFORE in prefixes or words.IN in prefixes)
        if amount is None:
            return
        months, days, unit, end = amount
        after = self._code(end)
        if after == words.SINCE and self._code(end + 1) in (words.NOW, "D0"):  # ten days from now
            sign, end = 1, end + 2
        elif self._is_ago(end):
            sign, end = -1, end + 1
        elif words.IN in prefixes or "r1" in prefixes:
            sign = 1
        elif prefixes & {words.FOR, words.BEFORE, "r-1"}:
            sign = -1
        elif prefixes <= {words.ABOUT} and after in ("", words.NOW):
            point = self._away(-1, months, days, unit, reaching=False)  # "two years", when asked how it began
            yield replace(point, bare=after != words.NOW), end + (after == words.NOW)
            return
        else:
            return
        point = self._away(sign, months, days, unit, reaching="r-1" in prefixes)
        yield replace(point, vague=self._tokens[at].written in _A_COUPLE), end

    def _amount(self, at: int, *, implied: bool) -> tuple[int, int, str, int] | None:
        """Months, days, the unit and the end of "two years", "a year and a half", "et par uger"; None if it is none."""
        amount: float | None = None
        token = self._token(at)
        if token is None:
            return None
        if token.code in ("n", "w") and token.value <= _MOST_COUNTED:
            amount, at = token.value, at + 1
        if (word := self._written(at)) in _HALVES or self._code(at) == "uh":
            amount, at = 0.5 if amount in (None, 1) else amount, at + 1
            at += self._code(at) == "w" and self._token_at(at).value == 1  # half a year
        elif word in _AND_A_HALF:
            amount, at = 1.5, at + 1
        elif word in _A_COUPLE:
            amount, at = 2, at + 1
        unit = self._code(at)[1:] if self._code(at)[:1] == "u" else ""
        if amount is None and unit and (implied or self._is_one(at)) and word not in _SEVERAL:
            amount = 1
        if amount is None or (unit not in _UNIT_MONTHS and unit not in _UNIT_DAYS):
            return None
        at += 1
        if unit in ("week", "month") and self._code(at) == "uday":  # teden dni
            at += 1
        if self._code(at) == words.AND and (tail := self._half_after(at + 1)):
            amount, at = amount + 0.5, tail
        if unit in _UNIT_MONTHS:
            return round(amount * _UNIT_MONTHS[unit]), 0, unit if amount == int(amount) else "month", at
        return 0, round(amount * _UNIT_DAYS[unit]), unit, at

    def _is_one(self, at: int) -> bool:
        """Whether the unit at `at` needs no number: "a year ago" and not "several years ago", "leto in pol"."""
        following = words.AGO if self._is_ago(at + 1) else self._code(at + 1)
        is_span = following == "uday" or (following == words.AND and self._half_after(at + 2) is not None)
        return (following == words.AGO and self._code(at - 1) != "?") or is_span

    def _is_ago(self, at: int) -> bool:
        """Whether "ago" stands at `at`, or a "since" without a date of its own, unlike in "once a month since 2022"."""
        code, following = self._code(at), self._code(at + 1)
        return code == words.AGO or (
            code == words.SINCE and following in ("", "?", ",", ".", words.AND, words.BEGAN, words.NOW, words.ABOUT)
        )

    def _half_after(self, at: int) -> int | None:
        """The end of "a half" or "pol"."""
        if self._code(at) == "w" and self._token_at(at).value == 1:
            at += 1
        return at + 1 if self._written(at) in _HALVES or self._code(at) == "uh" else None

    def _away(self, sign: int, months: int, days: int, unit: str, *, reaching: bool) -> Point:
        """The point that lies so far from today."""
        today = self._today
        if days:
            day = today + timedelta(days=sign * days)
            exact = replace(_on(day), exact=day)
            return replace(exact, first=day + timedelta(days=1)) if reaching else exact
        total = today.year * 12 + today.month - 1 + sign * months
        year, month = divmod(total, 12)
        year = min(max(year, 1), 9998)
        day = date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
        first = day + timedelta(days=1) if reaching else None
        if unit in ("year", "decade"):
            return Point(year, exact=day, first=first)
        return Point(year, month + 1, exact=day, first=first)

    # Figures

    def _figures(self, at: int) -> Iterator[tuple[Point, int]]:
        """Dates written in figures: 3.8.2026, 2026-08-03, 8/2026, 3.8."""
        one = self._token_at(at) if self._code(at) == "n" else None
        if one is None:
            return
        sep, two, after = self._next_figure(at)
        if two is None:
            return
        sep2, three, after2 = self._next_figure(after - 1, last=True)
        if len(one.written) == 4:
            if three and len(two.written) <= 2 and len(three.written) <= 2 and _is_day(two, three) and sep2 == sep:
                yield Point(one.value, two.value, three.value), self._past_point(after2)
            if len(two.written) == 2 and sep == "-" and two.value > 12 and not self._follows(one, two):
                yield Point(one.value, two.value), after  # the calendar has no such month
            is_close = sep != "." or self._token_at(at + 1).end == two.start  # "since 2021. 4 volunteers"
            if len(two.written) <= 2 and 1 <= two.value <= _MONTHS and sep in "-/." and sep and is_close:
                yield from self._year_and_figure(one, two, after, sep)
            return
        if len(one.written) > 2 or not sep:
            if three is not None and not sep and not sep2 and len(three.written) == 4 and _is_day(two, one):
                yield Point(three.value, two.value, one.value), after2
            return
        if three is not None and len(two.written) <= 2 and len(three.written) in (2, 4) and (
            _is_day(two, one) or len(three.written) == 4
        ) and (
            (sep2 == sep or (sep in "./" and sep2 in "-'")) and self._is_near(year := self._full_year(three))
        ):  # fmt: skip
            yield Point(year, two.value, one.value), self._past_point(after2)
        is_american = self._language == "en" and sep == sep2 == "/" and _is_day(one, two) and two.value > _MONTHS
        if is_american and three is not None and len(three.written) in (2, 4):  # 4/15/2025
            yield Point(self._full_year(three), one.value, two.value), after2
        if len(two.written) == 4 and self._is_near(two.value):
            yield Point(two.value, one.value), self._past_point(after)
        if len(two.written) <= 2 and sep in "./" and _is_day(two, one):
            end = self._past_point(after)
            yield from self._with_year_after(Point(month=two.value, day=one.value), end)
        if sep == "/" and len(two.written) == 2 and two.value > 12 and self._is_near(self._full_year(two)):
            if one.value == two.value - 1 and one.value > 12:
                first = self._full_year(one)
                yield Point(first, until=first + 1, school=True), after
            elif 1 <= one.value <= 12:
                other = (Point(month=one.value, day=two.value),) if self._language == "en" and two.value <= 31 else ()
                yield Point(self._full_year(two), one.value, others=other), after

    def _year_and_figure(self, one: TimeToken, two: TimeToken, after: int, sep: str) -> Iterator[tuple[Point, int]]:
        """2026-03 is a month; 2011/12 two years, as a school has them."""
        if sep == "/" and two.value == (one.value + 1) % 100 and len(two.written) == 2:
            yield Point(one.value, until=one.value + 1, school=True), after
        yield Point(one.value, two.value), self._past_point(after)

    def _next_figure(self, at: int, *, last: bool = False) -> tuple[str, TimeToken | None, int]:
        """The mark after the figure at `at`, the next figure, and what follows that."""
        code = self._code(at + 1)
        if code in ("-", "/", ".", "'") and self._code(at + 2) == "n":
            return code, self._token_at(at + 2), at + 3
        if last and code == "." and self._code(at + 2) in ("-", "'", "/") and self._code(at + 3) == "n":
            return code, self._token_at(at + 3), at + 4
        if code == "n":
            return "", self._token_at(at + 1), at + 2
        return "", None, at + 1

    # School years, decades, years

    def _schools(self, at: int) -> Iterator[tuple[Point, int]]:
        """School year 2025/26, 2025-26, this school year, 25/26."""
        code = self._code(at)
        said = code in ("usc", "uschool")
        if said or (code in ("r-1", "r0", "r1") and self._code(at + 1) in ("usc", "uschool")):
            step = 0 if said else int(code[1:])
            at += 1 if said else 2
            after = at
            while self._code(after) in (words.FOR, words.IN, "uyear"):
                after += 1
            if said and (found := self._school_years(after)):
                yield found
                return
            if said and self._code(at)[:1] == "y":
                step, at, said = int(self._code(at)[1:]), at + 1, False
            if not said:
                first = self._today.year + step - (self._today.month < _SCHOOL_BEGINS)
                yield Point(first, until=first + 1, school=True), at
            else:
                yield Point(school=True), at
        elif (found := self._school_years(at)) and self._code(found[1]) in ("usc", "uschool"):
            yield found[0], found[1] + 1

    def _school_years(self, at: int) -> tuple[Point, int] | None:
        """The years of a school year: 2025/26, 25/26, 2025-2026 or 2025 alone."""
        one = self._token(at)
        if one is None or one.code != "n" or len(one.written) not in (2, 4):
            return None
        first = self._full_year(one)
        if not self._is_near(first):
            return None
        two = self._token(at + 2)
        if self._code(at + 1) in ("/", "-") and two and two.code == "n" and two.value % 100 == (first + 1) % 100:
            return Point(first, until=first + 1, school=True), at + 3
        return Point(first, until=first + 1, school=True), at + 1

    def _years(self, at: int) -> Iterator[tuple[Point, int]]:
        token = self._token(at)
        if token is None:
            return
        if token.code == "n" and self._is_decade(at):
            end = at + 2 if self._code(at + 1) != "'" and self._code(at + 1) != "." else at + 3
            yield Point(self._full_year(token, decade=True), decade=True), end
        elif token.code == "n" and len(token.written) == 4 and self._is_near(token.value):
            two, joint = self._token(at + 2), self._code(at + 1)
            if two and two.code == "n" and joint in ("-", "/") and self._follows(token, two):
                until = two.value if len(two.written) == 4 else token.value - token.value % 100 + two.value
                until += 100 if until < token.value else 0
                if joint == "/" or len(two.written) == 2:
                    yield Point(token.value, until=until), at + 3
            yield Point(token.value), self._past_years(at + 1, point=True)
        elif token.code == "'" and self._code(at + 1) == "n" and len(self._token_at(at + 1).written) == 2:
            yield Point(self._full_year(self._token_at(at + 1))), at + 2
        elif token.code[:1] == "y" and token.code[1:].lstrip("-").isdigit():
            yield Point(self._today.year + int(token.code[1:])), at + 1
        elif token.written in _DECADE_WORDS:
            yield Point(_DECADE_WORDS[token.written], decade=True), self._past_years(at + 1)
        elif token.code in ("r-1", "r0", "r1", "r-2") and self._code(at + 1) == "uyear":
            yield Point(self._today.year + int(token.code[1:])), at + 2

    def _follows(self, one: TimeToken, two: TimeToken) -> bool:
        """Whether the second figure is a later year: 2014-18, 2011/12, 1999/00."""
        if len(two.written) == 4:
            return one.value < two.value <= self._today.year + YEARS_AHEAD
        return len(two.written) == 2 and (two.value > 12 or two.value == (one.value + 1) % 100) and (
            two.value > one.value % 100 or two.value == (one.value + 1) % 100
        )  # fmt: skip

    def _is_decade(self, at: int) -> bool:
        token = self._token_at(at)
        if token.value % 10 or len(token.written) not in (2, 4):
            return False
        if self._language == "sl" and self._code(at + 1) == "." and self._written(at + 2) in _PLURAL_YEARS:
            return True
        ending = at + 2 if self._code(at + 1) == "'" else at + 1
        return self._written(ending) in _DECADE_ENDINGS and self._token_at(ending).start <= token.end + 1

    def _year(self, at: int) -> tuple[int, int, bool] | None:
        """The year that is said at `at`, its end, and whether it has two figures only and might be a day."""
        start = at
        at = self._past(at, words.FOR, words.IN, "uyear", ",", "/", "-")
        token = self._token(at)
        if token is None or (self._code(start) == "-" and len(token.written) == 2):  # uge 45-46
            return None
        if token.code == "n" and len(token.written) == 4 and self._is_near(token.value):
            if self._is_decade(at):
                return None
            return token.value, self._past_years(at + 1, point=True), False
        if token.code == "n" and len(token.written) == 2 and self._is_near(self._full_year(token)):
            return self._full_year(token), at + 1, True
        if token.code == "'" and self._code(at + 1) == "n" and len(self._token_at(at + 1).written) == 2:
            return self._full_year(self._token_at(at + 1)), at + 2, False
        if token.code[:1] == "y" and token.code[1:].lstrip("-").isdigit():
            return self._today.year + int(token.code[1:]), at + 1, False
        if token.code in ("r-1", "r0", "r1") and self._code(at + 1) == "uyear":
            return self._today.year + int(token.code[1:]), at + 2, False
        return None

    def _with_year_before(self, at: int) -> Iterator[tuple[Point, int]]:
        """Lani oktobra, 2025 Q3, næste år i maj."""
        found = self._year(at)
        if found is None or found[2]:
            return
        year, after, _short = found
        after = self._past(after, words.FOR, words.IN, ",", words.SINCE)
        if self._code(after) == "-" and self._code(after + 1) == "?" and self._code(after + 2) == "n":  # 2026-W46
            after += 1
        if self._code(after) in _PARTS:
            part = _PARTS[self._code(after)]
            for point, end in self._yearless(self._past(after + 1, words.FOR, words.IN)):
                yield replace(point, year=year, part=part), end
            yield Point(year, part=part), after + 1
        for point, end in self._yearless(after):
            if point.next is None and (point.day is None or self._code(after)[:1] in "nod"):
                yield replace(point, year=year), end

    def _with_year_after(self, point: Point, end: int) -> Iterator[tuple[Point, int]]:
        """The point with the year that is said after it, and without one."""
        if point.next is None and (found := self._year(end)) is not None:
            year, after, short = found
            dated = point.in_year(year)
            if short and point.month is not None and point.month <= 12 and point.day is None and point.week is None:
                yield from self._month_and_figure(point, year, self._token_at(after - 1), after)
                return
            if self._code(after) in ("/", "-") and self._code(after + 1) == "n":  # winter 2025/26
                two = self._token_at(after + 1)
                if point.month in _IN_SCHOOL_YEAR and two.value % 100 == (year + 1) % 100:
                    yield point.in_year(year + _IN_SCHOOL_YEAR[point.month]), after + 2
                    return
            if not (short and point.day is None and point.month is None and point.week is None and not point.holiday):
                yield dated, after
        yield point, end

    def _month_and_figure(self, point: Point, year: int, figure: TimeToken, after: int) -> Iterator[tuple[Point, int]]:
        """March 24: a year in Danish, a day or a year in English, and in Slovenian a year unless it is to come."""
        dated, day = point.in_year(year), Point(month=point.month, day=figure.value)
        may_be_day = 1 <= figure.value <= 31
        if self._language == "en" and may_be_day:
            if figure.value <= 12 or year > self._today.year + 1:
                yield day, after
            else:
                yield replace(dated, others=(day,)), after
        elif self._language == "sl" and may_be_day:
            yield replace(dated, others=(day,)), after
        else:
            yield dated, after

    # Without a year

    def _yearless(self, at: int) -> Iterator[tuple[Point, int]]:
        """Months, days of a month, seasons, quarters, halves, weeks, weekdays and holidays."""
        token = self._token(at)
        if token is None:
            return
        code, kind = token.code, token.code[:1]
        if code in ("r-1", "r0", "r1"):
            step = int(code[1:])
            if step == -1 and (weekday := self._weekday(at + 1)) is not None:  # the last Friday in January
                end = self._past(at + 2, words.FOR, words.IN)
                if (month := self._code(end))[:1] == "m" and month[1:].isdigit():
                    yield Point(month=int(month[1:]), weekday=weekday, nth=-1), end + 1
            for point, end in self._yearless(at + 1):
                if point.next is None and point.day is None:
                    yield replace(point, next=step), end
            return
        if code[:1] == "R":
            yield Point(month=int(code[1:]), next=-1), at + 1
        elif kind == "d" and code[1:].isdigit():
            yield from self._after_weekday(at)
        elif kind == "m" and code[1:].isdigit():
            yield from self._month(at)
        elif kind == "s" and code[1:].isdigit():
            yield Point(month=int(code[1:])), at + 1
        elif kind == "h" and is_holiday(code[2:].split(":")[0]):
            name = code[2:]
            if name == "schoolstart" and self._language in ("sl", "en"):
                name += f":{self._language}"
            others = (Point(month=7),) if token.written == "jul" else ()
            yield Point(holiday=name, others=others), self._past_point(at + 1)
        elif code in ("uweek", "uweekend") or (token.written in ("w", "u", "v", "uge", "kw") and code == "?"):
            figure = self._past_point(at + 1)
            if self._code(figure) == "n" and 1 <= self._token_at(figure).value <= 53:
                yield from self._of(Point(week=self._token_at(figure).value), figure + 1)
        elif code in ("n", "w") or _is_ordinal(token):
            yield from self._counted_part(at)
        elif code == "?" and token.written in ("q", "k", "h") and self._code(at + 1) == "n":
            yield from self._lettered(token, at)

    def _after_weekday(self, at: int) -> Iterator[tuple[Point, int]]:
        weekday = int(self._code(at)[1:])
        after = self._past(at + 1, ",", ".", words.FOR)
        for point, end in self._yearless(after):
            if point.day is not None or point.week is not None:
                yield replace(point, weekday=weekday), end
        for point, end in self._figures(after):
            if point.day is not None:
                yield replace(point, weekday=weekday), end
        if self._code(after)[:1] == "W" and self._code(after) != "Wend":
            for point, end in self._relative(after):
                if point.week is not None and point.year is not None:
                    yield _on(date.fromisocalendar(point.year, point.week, weekday + 1)), end
        yield Point(weekday=weekday), at + 1

    def _weekday(self, at: int) -> int | None:
        code = self._code(at)
        return int(code[1:]) if code[:1] == "d" and code[1:].isdigit() else None

    def _month(self, at: int) -> Iterator[tuple[Point, int]]:
        month = int(self._code(at)[1:])
        after = self._past_point(at + 1)
        day = self._token(after)
        if day and day.code == "n" and len(day.written) <= 2 and 1 <= day.value <= 31:
            end = self._past(after + 1, ",", ".")
            year = self._token(end)
            followed = year is not None and year.code == "n" and len(year.written) == 4
            if followed or len(day.written) == 1 or day.end - day.start > len(day.written):  # March 3, March 23rd
                yield Point(month=month, day=day.value), end
        yield Point(month=month), after

    def _counted_part(self, at: int) -> Iterator[tuple[Point, int]]:
        """3. marec, first of March, 3. kvartal, drugo polletje, 46. teden."""
        token = self._token_at(at)
        number = int(token.code[1:]) if _is_ordinal(token) else token.value
        after = self._past(at + 1, ".", "-")
        if self._code(after) == "uquarter" and 1 <= number <= 4:
            yield from self._of(Point(month=quarter(number)), after + 1)
        elif self._code(after) == "uhalf" and self._names_month(after + 1):
            yield from self._yearless(self._past(after + 1, words.FOR, words.IN))  # the second half of November
        elif self._code(after) in ("uhalf", "uh") and 1 <= number <= 2 and token.code != "w":
            end = self._past(after + 1, "uyear") if self._code(after) == "uh" else after + 1
            yield from self._of(Point(month=half(number)), end)
        elif self._code(after) == "uweek" and self._names_month(after + 1):
            yield from self._yearless(self._past(after + 1, words.FOR, words.IN))  # the first week of March
        elif self._code(after) == "uweek" and self._written(after) not in _WEEKS and token.code != "w" and number <= 53:
            yield from self._of(Point(week=number), after + 1)
        elif self._code(after)[:1] == "m" and self._code(after)[1:].isdigit() and 1 <= number <= 31:
            yield Point(month=int(self._code(after)[1:]), day=number), self._past_point(after + 1)
        elif token.written in _NEXT and self._code(after)[:1] == "s" and self._code(after)[1:].isdigit():
            yield Point(month=int(self._code(after)[1:]), next=1), after + 1  # drugo jesen
        elif (weekday := self._weekday(after)) is not None and token.code != "w" and 1 <= number <= 5:
            end = self._past(after + 1, words.FOR, words.IN)
            if (month := self._code(end))[:1] == "m" and month[1:].isdigit():
                yield Point(month=int(month[1:]), weekday=weekday, nth=number), end + 1
        elif self._written(after) == "jul" and 1 <= number <= 31:
            yield Point(month=7, day=number), self._past_point(after + 1)

    def _of(self, point: Point, end: int) -> Iterator[tuple[Point, int]]:
        yield point, end

    def _lettered(self, token: TimeToken, at: int) -> Iterator[tuple[Point, int]]:
        """Q3, K3, H1."""
        number = self._token_at(at + 1).value
        if token.written in ("q", "k") and 1 <= number <= 4:
            yield Point(month=quarter(number)), at + 2
        elif token.written == "h" and 1 <= number <= 2:
            yield Point(month=half(number)), at + 2

    # Tokens

    def _token(self, at: int) -> TimeToken | None:
        return self._tokens[at] if 0 <= at < len(self._tokens) else None

    def _token_at(self, at: int) -> TimeToken:
        return self._tokens[at]

    def _code(self, at: int) -> str:
        token = self._token(at)
        return token.code if token else ""

    def _written(self, at: int) -> str:
        token = self._token(at)
        return token.written if token else ""

    def _past(self, at: int, *codes: str) -> int:
        while self._code(at) in codes:
            at += 1
        return at

    def _past_point(self, at: int) -> int:
        return at + 1 if self._code(at) == "." else at

    def _past_idle(self, at: int) -> int:
        """Over prepositions that belong to nothing: "i marts", "in 2024"."""
        while self._code(at) in (words.FOR, words.IN) and not self._amount(at + 1, implied=True):
            at += 1
        return at

    def _past_years(self, at: int, *, point: bool = False) -> int:
        """Over "leta", "året" beside a year, and with `point` over a full stop after it."""
        if point:
            at = self._past_point(at)
            return at + 1 if self._code(at) == "uyear" and self._written(at) in ("leta", "leto", "year") else at
        following = self._token(at + 1)
        is_year = following is not None and following.code in ("n", "'") and self._code(at) == "uyear"
        return at + 1 if is_year else at

    def _full_year(self, token: TimeToken, *, decade: bool = False) -> int:
        """The year of a figure; two figures mean the century in which it is not far ahead."""
        if len(token.written) == 4:
            return token.value
        year = 2000 + token.value
        ahead = 5 if decade else YEARS_AHEAD
        return year if year <= self._today.year + ahead else year - 100

    def _is_near(self, year: int) -> bool:
        return EARLIEST_YEAR <= year <= self._today.year + YEARS_AHEAD


_WEEKS = frozenset({"uger", "ugers", "weeks", "tedne", "tednov", "tednoma", "tedni", "tednih"})
"""Words that count weeks, and do not number them."""
_NEXT = frozenset({"drugo", "druge", "drug"})
"""Slovenian words that number a day or a quarter, and before a season say that it is the next one."""
_BEFORE_AMOUNTS = frozenset({words.FOR, words.IN, words.BEFORE, words.ABOUT, words.SINCE, "r-1", "r1"})
_MONTHS, _QUARTER = 12, 3
_MOST_WEEKS = 53
_FIRST_QUARTER, _FIRST_HALF = 33, 40
_SCHOOL_BEGINS = 8
_IN_SCHOOL_YEAR = {21: 1, 22: 1, 23: 0, 24: 0}
"""In which of the two years of a school year the seasons lie."""
_MOST_COUNTED = 200
_UNIT_MONTHS = {"month": 1, "year": 12, "decade": 120, "quarter": 3, "half": 6}
_UNIT_DAYS = {"day": 1, "week": 7, "fn": 14}


def _on(day: date) -> Point:
    return Point(day.year, day.month, day.day)


def _is_ordinal(token: TimeToken) -> bool:
    return token.code[:1] == "o" and token.code[1:].isdigit()


def _is_day(month: TimeToken, day: TimeToken) -> bool:
    return 0 <= month.value <= 12 and 0 <= day.value <= 31 and len(month.written) <= 2 and len(day.written) <= 2


def _as_days(begin: Point, end: Point) -> tuple[Point, Point]:
    """The two ends, where one is a day and the other may be one too: Oct 1 to Oct 15."""
    if end.others and (begin.day is not None or begin.others):
        end = end.others[0]
    if begin.others and end.day is not None:
        begin = begin.others[0]
    return begin, end


def _joined(begin: Point, end: Point) -> Iterator[Stretch]:
    """The periods that two points can make, each with the years that only the other says."""
    if begin.until is not None or end.until is not None or begin.first is not None:
        return
    if end.is_now:
        yield Stretch(begin, goes_on=True) if begin.has_year else Stretch(begin, end)
        return
    if begin.month is None and begin.week is None and not begin.holiday and (day := begin.day) is not None:
        if end.day is not None and end.month is not None:  # 3.-5. marts
            begin = replace(begin, month=end.month, year=end.year)
        elif end.day is None and end.month is not None and end.month <= 12 and end.year is not None:  # 3.-5.2026
            begin = Point(month=day, year=end.year) if day <= 12 else begin
        elif end.week is not None:
            begin = Point(week=begin.day, year=end.year)
        elif end.month is not None and end.month >= _FIRST_QUARTER and day <= 4:  # 1.-2. kvartal
            begin = Point(month=quarter(day) if end.month < _FIRST_HALF else half(day), year=end.year)
        else:
            return
    if begin.day is not None and begin.month is None:
        return
    if begin.week is not None and end.week is None and end.day is not None and end.month is None:  # uge 45-46
        end = Point(week=end.day, year=end.year)
    elif end.month is None and end.day is not None and not end.holiday:  # marts 3-5
        if begin.month is None or begin.month > 12:
            return
        end = replace(end, month=begin.month)
    if end.year is not None and begin.year is None:
        for year in (end.year, end.year - 1):
            yield Stretch(begin.in_year(year), end)
    elif begin.year is not None and end.year is None:
        for year in (begin.year, begin.year + 1):
            yield Stretch(begin, end.in_year(year))
    else:
        yield Stretch(begin, end)
