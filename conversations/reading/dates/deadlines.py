"""The last day of something, as people write it: "på fredag", "do konca januarja", "in three weeks"."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conversations.reading.dates import words
from conversations.reading.dates.dates import LONGEST, MOST_TOKENS, DateMeant, Missing, Reader
from conversations.reading.dates.edtf import date_bounds
from conversations.reading.dates.parsing import Stretch
from conversations.reading.dates.points import Part, Point, Tense
from conversations.reading.dates.tokens import tokens_of
from conversations.reading.text import words_of

NO_DEADLINE = "none"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day as `2026-12-04`, or `none` where there is to be no deadline.

    `value` is "" where the text names a time but not its last day; `near` then has the days that are offered, if any.
    `missing` is "calendar" where the calendar has no such day. `unread` are words that were left out.
    """

    value: str
    near: tuple[str, ...] = ()
    missing: Missing = ""
    unread: tuple[str, ...] = ()


def read_deadline(text: str, today: date, language: str) -> Deadline | None:
    """Returns the deadline that `text` sets for a reader of `language`, the next such day; None if it sets none."""
    if _is_without(text):
        return Deadline(NO_DEADLINE)
    tokens = tokens_of(text[:LONGEST], language)
    if not tokens or len(tokens) > MOST_TOKENS:
        return None
    found = _DeadlineReader(tokens, today, language, Tense.FUTURE, end=True).read()
    if found and found.value and _TOWARDS_THE_END.search(text):  # one of the last days
        return Deadline("", (found.value,), "which", found.unread)
    return None if found is None else Deadline(found.value, found.near, found.missing, found.unread)


_TOWARDS_THE_END = re.compile(
    r"\b(?:i slutningen af|hen mod slutningen|proti koncu|towards the end|late in)\b", re.IGNORECASE
)

_WITHOUT = frozenset(
    tuple(words_of(phrase))
    for phrase in [
        "ingen frist",
        "uden frist",
        "ingen deadline",
        "ingen",
        "ingen slutdato",
        "ikke nogen frist",
        "ikke nogen",
        "nej",
        "ingen dato",
        "uden deadline",
        "løbende",
        "ingen tidsfrist",
        "åben",
        "altid åben",
        "fri",
        "nix",
        "der er ingen frist",
        "der er ikke nogen frist",
        "ingen grænse",
        "ingen svarfrist",
        "uden slutdato",
        "ikke nogen deadline",
        "permanent",
        "det er løbende",
        "ingen sidste dag",
        "brez roka",
        "ni roka",
        "brez",
        "nima roka",
        "noben rok",
        "nobenega roka",
        "brez datuma",
        "odprto",
        "stalno",
        "ne",
        "brez omejitve",
        "brez časovne omejitve",
        "ni konca",
        "neomejeno",
        "ni datuma",
        "brez končnega datuma",
        "rok ni določen",
        "ni omejitve",
        "trajno",
        "no deadline",
        "none",
        "without deadline",
        "without a deadline",
        "no end",
        "open",
        "open ended",
        "no end date",
        "no",
        "ongoing",
        "never",
        "no limit",
        "no date",
        "always open",
        "no last day",
        "there is no deadline",
        "there is none",
        "no time limit",
        "rolling",
        "unlimited",
        "no deadline at all",
        "there isn't one",
        "no closing date",
        "doesn't have one",
        "brez roka oddaje",
        "nima",
        "ingenting",
        "ingen hast",
        "det haster ikke",
        "ni nujno",
        "ne roka",
        "no hurry",
        "no rush",
    ]
)
_POLITE = frozenset(
    [
        "please",
        "prosim",
        "tak",
        "hvala",
        "thanks",
        "ja",
        "yes",
        "vi",
        "we",
        "bo",
        "je",
        "er",
        "is",
        "it",
        "det",
        "to",
        "be",
        "skal",
        "der",
        "there",
    ]
)


def _is_without(text: str) -> bool:
    said = tuple(words_of(text[:100]))
    return said in _WITHOUT or tuple(word for word in said if word not in _POLITE) in _WITHOUT


_FRIDAY, _SUNDAY = 5, 7
_MIDDLE = 15


class _DeadlineReader(Reader):
    """Reads the last day that a text sets."""

    def meant(self, period: Stretch, beside: AbstractSet[str]) -> DateMeant | None:
        """Returns the last day of `period`, or the days it may be."""
        point = period.end or period.begin
        if point.day is not None and point.month is None:
            return self._of_month(point.day)
        if point.exact is not None and point.bare:  # "two weeks"
            return _near(self.today + (self.today - point.exact))
        if point.exact is not None:
            return DateMeant(point.exact.isoformat())
        if point.weekday is not None and point.day is None and point.week is None and point.nth is None:
            return self._on_weekday(point)
        found = super().meant(Stretch(replace(point, part=None, about=False)), set())
        if found is None or found.missing == "calendar":
            return found
        edtf = found.value or found.near[0]
        first, last = date_bounds(edtf)
        if point.week is not None and point.weekday is None:
            last = first + timedelta(days=6)
            return _near(first + timedelta(days=_FRIDAY - 1), last)
        if point.holiday and first != last:
            eve = date(first.year, 12, 24) if point.holiday == "xmas" else first
            eve = date(first.year - 1, 12, 31) if point.holiday == "newyear" else eve
            return _near(*(day for day in (eve - timedelta(days=1), eve) if day > self.today))
        if last is None:
            return None
        if first == last:
            return _near(first, first - timedelta(days=1)) if words.BEFORE in beside else DateMeant(first.isoformat())
        return self._within(point, first, last, beside)

    def _within(self, point: Point, first: date, last: date, beside: AbstractSet[str]) -> DateMeant:
        """The last day of a month or longer: outright at its end, else to be asked."""
        match point.part:
            case Part.END | Part.LAST_DAYS:
                return DateMeant(last.isoformat())
            case Part.MIDDLE:
                return _near(first + (last - first) / 2)
            case Part.START | Part.FIRST_DAYS:
                return _near(first, first + timedelta(days=6))
            case None:
                before = (first - timedelta(days=1),) if beside & {words.UNTIL, words.BEFORE} else ()
                return _near(*before, last)

    def _on_weekday(self, point: Point) -> DateMeant:
        day = self.weekday(replace(point, next=None))
        if point.next == 1:
            return _near(day, day + timedelta(days=7))
        return DateMeant(day.isoformat())

    def _of_month(self, number: int) -> DateMeant | None:
        """The next day with this number: the 15th."""
        year, month = self.today.year, self.today.month
        for _ in range(12):
            try:
                day = date(year, month, number)
            except ValueError:
                day = self.today
            if day > self.today:
                return DateMeant(day.isoformat(), completed=True)
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        return None


def _near(*days: date) -> DateMeant:
    return DateMeant(near=tuple(day.isoformat() for day in dict.fromkeys(days)), missing="which")
