"""Holidays by which people date things, and when they are."""

from datetime import date, timedelta
from functools import lru_cache

_FIXED: dict[str, tuple[int, int | None]] = {
    "xmas": (12, None),
    "xmaseve": (12, 24),
    "xmasday": (12, 25),
    "newyear": (1, None),
    "newyearseve": (12, 31),
    "midsummer": (6, 23),
    "constitution": (6, 5),
    "autumnbreak": (10, None),
    "winterbreak": (2, None),
    "summerbreak": (7, None),
    "culture": (2, 8),
    "martin": (11, 11),
    "halloween": (10, 31),
    "valentine": (2, 14),
    "holidays": (12, None),
    "schoolend": (6, None),
    "schoolstart": (8, None),
    "schoolstart:sl": (9, None),
    "schoolstart:en": (9, None),
}
_AFTER_EASTER = {"pentecost": 49, "ascension": 39, "shrovetide": -49}


def holiday(name: str, year: int) -> tuple[int, int | None]:
    """Returns the month and the day of a holiday in `year`; the day is None for a time of several days."""
    if name == "easter":
        return easter(year).month, None
    if name in _AFTER_EASTER:
        day = easter(year) + timedelta(days=_AFTER_EASTER[name])
        return day.month, day.day
    return _FIXED[name]


def is_holiday(name: str) -> bool:
    """Returns whether there is such a holiday."""
    return name == "easter" or name in _AFTER_EASTER or name in _FIXED


@lru_cache(maxsize=64)
def easter(year: int) -> date:
    """Returns Easter Sunday of `year`, by the Gregorian calendar."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
