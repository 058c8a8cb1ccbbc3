"""When something takes place: its days, and the hours if there are any ("12. marts kl. 10-15", "od 3. do 4. maja")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from conversations.reading.dates.dates import LONGEST, Missing, Tense, date_bounds, read_date

_POINT = (
    r"(?P<hour{n}>[01]?\d|2[0-4])(?:(?P<dot{n}>[.:])(?P<minute{n}>[0-5]\d))?\.?(?:\s*(?P<after{n}>h|ure|uri|am|pm)\b)?"
)
_HOURS = re.compile(
    rf"(?<![\w.:/-])(?:(?:od|from|fra|mellem|between|med)\s+)?(?P<before>kl\.?|klokken|ob|at|@)?\s*{_POINT.format(n=1)}"
    rf"(?:\s*(?:-|–|—|til|to|do|until|og|and)\s*(?:kl\.?|ob)?\s*{_POINT.format(n=2)})?(?![\w/:]|\.\d)",
    re.IGNORECASE,
)
_QUARTERS = frozenset({"00", "15", "30", "45"})
"""Minutes after a point that are no month."""


@dataclass(frozen=True, slots=True)
class DaysAndHours:
    """What a text says about when something is: the `first` and `last` day, and its hours, None where not said.

    Without days, `near` has those that are offered, and `missing` is "calendar" where the calendar has no such day.
    """

    first: date | None = None
    last: date | None = None
    begins: time | None = None
    ends: time | None = None
    near: tuple[str, ...] = ()
    missing: Missing = ""


def read_days_and_hours(text: str, today: date, language: str) -> DaysAndHours | None:
    """Returns when something to come takes place, as a reader of `language` wrote it; None if the text says no time.

    A day without a year is the next such day. Days that are out of order stay so. Hours without a day are hours alone.
    """
    text = text[:LONGEST]
    hours = next(_hours(text, today, language), None)
    rest = f"{text[: hours.start]} {text[hours.end :]}".strip(" ,;.") if hours else text
    days = _days_of(rest, today, language)
    if hours is None:
        return days
    days = days or DaysAndHours()
    return DaysAndHours(days.first, days.last, hours.begins, hours.ends, days.near, days.missing)


@dataclass(frozen=True, slots=True)
class _Hours:
    """Hours, and from where to where they stand."""

    begins: time
    ends: time | None
    start: int
    end: int


def _days_of(text: str, today: date, language: str) -> DaysAndHours | None:
    meant = read_date(text, today, language, Tense.FUTURE)
    if meant is None:
        return _between(text, today, language)
    if not meant.value:
        near = tuple(each for each in meant.near if len(each) == len("2027-03-12") and each >= today.isoformat())
        return DaysAndHours(near=near, missing=meant.missing)
    first, last = date_bounds(meant.value)
    is_day = all(len(part) == len("2027-03-12") for part in meant.value.split("/"))
    if last is None or not is_day:
        return DaysAndHours(missing="which")
    return DaysAndHours(first, last)


_BETWEEN = re.compile(r"\s+(?:til|to|do|until)\s+|\s*[–—]\s*|\s+-\s+")


def _between(text: str, today: date, language: str) -> DaysAndHours | None:
    """Two days that are each read alone, also when the second comes before the first."""
    parts = _BETWEEN.split(text)
    if len(parts) != 2:
        return None
    found = [read_date(part, today, language, Tense.FUTURE) for part in parts]
    days = [date.fromisoformat(each.value) for each in found if each and len(each.value) == len("2027-03-12")]
    return DaysAndHours(days[0], days[1]) if len(days) == 2 else None


def _hours(text: str, today: date, language: str) -> Iterator[_Hours]:
    """Yields what is surely meant as hours."""
    for found in _HOURS.finditer(text):
        if not (_is_sure(found) or _follows_a_day(found, text, today, language)):
            continue
        afternoon = found["after2"] or found["after1"] or ""
        begins = _time(found["hour1"], found["minute1"], found["after1"] or afternoon)
        ends = _time(found["hour2"], found["minute2"], afternoon) if found["hour2"] else None
        if ends and begins > ends and not found["after1"] and afternoon.casefold() == "pm":
            begins = _time(found["hour1"], found["minute1"], "am")  # 10-3 pm
        yield _Hours(begins, ends, found.start(), found.end())


def _is_sure(found: re.Match[str]) -> bool:
    """Returns whether it is written as only hours are."""
    if found["before"] or found["after1"] or found["after2"] or ":" in found[0]:
        return True
    points = [found[f"minute{n}"] for n in (1, 2) if found[f"dot{n}"] == "."]
    return bool(points) and _QUARTERS.issuperset(points)


def _follows_a_day(found: re.Match[str], text: str, today: date, language: str) -> bool:
    """Returns whether it is a bare span at the end, behind a whole day: "fredag 10-15", but not "March 10-15"."""
    if not found["hour2"] or "." in found[0] or text[found.end() :].strip(" ."):
        return False
    days = _days_of(text[: found.start()].strip(" ,;."), today, language)
    return days is not None and bool(days.first or days.near)


def _time(hour: str, minute: str | None, half: str) -> time:
    number, half = int(hour), half.casefold()
    if half == "pm" and number < 12:
        number += 12
    if half == "am" and number == 12:
        number = 0
    return time(23, 59) if number == 24 else time(number, int(minute or 0))
