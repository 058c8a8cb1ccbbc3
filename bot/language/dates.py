"""Dates of any precision, as people write them."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from conversations.language.words import Place, Words, _

_NBSP = "\u00a0"

LOCALES: Mapping[str, Locale] = {"da": Locale("da"), "sl": Locale("sl"), "en": Locale("en", "GB")}
"""How each language writes dates and numbers, as Babel knows it."""

# Slovenian takes the numeric form: "3. avgust" would have to become "3. avgusta" after every preposition.
_DAY = {"da": "d. MMMM y", "sl": f"d.{_NBSP}M.{_NBSP}y", "en": "d MMMM y"}
_SPAN = {"da": "{first}.–{last}", "sl": "{first}.–{last}", "en": "{first}–{last}"}
"""Two days of one month: the first without month and year, and the last whole."""

_CLOCK = {"da": "{hour}.{minute:02}", "sl": "{hour}.{minute:02}"}
"""The time of day, where it is not written as 14:30."""

_MONTHS_SINCE = (
    *("januarja", "februarja", "marca", "aprila", "maja", "junija"),
    *("julija", "avgusta", "septembra", "oktobra", "novembra", "decembra"),
)
# Babel has the months of Slovenian in the nominative; "since" takes the genitive. Seasons have EDTF's numbers.
_SINCE = {
    "sl": {f"{number:02}": name for number, name in enumerate(_MONTHS_SINCE, 1)}
    | {"21": "pomladi", "22": "poletja", "23": "jeseni", "24": "zime"}
}

_SEASONS: dict[str, Callable[[str], Words]] = {
    "21": lambda year: _("spring {year}", year=year),
    "22": lambda year: _("summer {year}", year=year),
    "23": lambda year: _("autumn {year}", year=year),
    "24": lambda year: _("winter {year}", year=year),
}

_HALVES: Mapping[str, Callable[[str], Words]] = {
    "40": lambda year: _("first half of {year}", year=year),
    "41": lambda year: _("second half of {year}", year=year),
}
_QUARTERS = {"33": 1, "34": 2, "35": 3, "36": 4}

_YEAR = re.compile(r"\d{4}")
_DECADE = re.compile(r"(\d{3})X")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@lru_cache(maxsize=4_096)
def say_date(day: date, locale: Locale) -> str:
    """A full date, with its year."""
    return str(format_date(day, _DAY[locale.language], locale=locale))


def say_time(moment: time, locale: Locale) -> str:
    """A time of day, to the minute."""
    return _CLOCK.get(locale.language, "{hour}:{minute:02}").format(hour=moment.hour, minute=moment.minute)


def say_partial(edtf: str, locale: Locale) -> Place:
    """A date in EDTF with its own precision; other text is shown unchanged."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _say_point(edtf, locale)
    if end == "..":
        if _YEAR.fullmatch(start):
            # Translators: the year something began; it still goes on.
            return _("since {year}", year=start)
        # Translators: the day or month something began; it still goes on. A Slovenian month comes in the genitive.
        return _("since {date}", date=_since(start, locale) or _say_point(start, locale))
    if _YEAR.fullmatch(start) and _YEAR.fullmatch(end):
        # A school year keeps its slash; longer spans are shown as spans.
        return f"{start}/{end}" if int(end) == int(start) + 1 else f"{start}–{end}"
    if within := _span(start, end, locale):
        return within
    # Translators: from a date to a date.
    return _("{start} – {end}", start=_say_point(start, locale), end=_say_point(end, locale))


def _since(edtf: str, locale: Locale) -> str | None:
    """The month or season as it follows "since", where a language has a form of its own for that."""
    month = _MONTH.fullmatch(edtf)
    name = _SINCE.get(locale.language, {}).get(month[2]) if month else None
    return f"{name} {month[1]}" if month and name else None


def _span(start: str, end: str, locale: Locale) -> str | None:
    """Two days of one month as one date; None for any other span."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        return None
    if first == last:
        return say_date(last, locale)
    if (first.year, first.month) != (last.year, last.month) or first > last:
        return None
    return _SPAN[locale.language].format(first=first.day, last=say_date(last, locale))


def _say_point(edtf: str, locale: Locale) -> Place:
    if edtf.endswith("~"):
        # Translators: a year or month that is not exactly known, as in "about 2015". The month comes in the nominative.
        return _("about {date}", date=_say_point(edtf[:-1], locale))
    if decade := _DECADE.fullmatch(edtf):
        # Translators: a decade; {year} is its first year, as in "the 1990s".
        return _("the {year}s", year=f"{decade[1]}0")
    if month := _MONTH.fullmatch(edtf):
        year, number = month.groups()
        if number in _SEASONS:
            return _SEASONS[number](year)
        if number in _HALVES:
            return _HALVES[number](year)
        if number in _QUARTERS:
            return _("quarter {n} of {year}", n=_QUARTERS[number], year=year)
        try:
            return str(format_date(date(int(year), int(number), 1), "LLLL y", locale=locale))
        except ValueError:
            return edtf
    try:
        return say_date(date.fromisoformat(edtf), locale)
    except ValueError:
        return edtf
