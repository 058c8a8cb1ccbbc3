"""How often something takes place where a number says it: "every 6 weeks", "3 gange om måneden", "2x/mesec"."""

import re

from conversations.reading.numbers.words import number_of
from conversations.reading.text import fold

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_UNITS = {
    "day": r"dage?n?|dagen|dni|dan|days?",
    "week": r"uger?n?|ugen|ugentligt|teden|tedna|tedne|tednov|tedensko|weeks?|weekly",
    "month": r"maned|maneden|maneder|manedligt|mdr|md|mesec|mesece|meseca|mesecev|mesecno|mesecu|months?|monthly",
    "year": r"ar|aret|arligt|leto|leta|let|letno|letu|years?|yearly|annually",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_EVERY = r"(?:once every|every|each|en gang hver|hver|hvert|enkrat na vsak\w*|enkrat na|na vsak\w*|vsak\w*|na|once in)"
_INTERVAL = re.compile(rf"\b{_EVERY} (?P<number>\w+)\.? (?:{_UNIT})\b")
_RATE = re.compile(
    r"\b(?:(?P<number>\w+?) ?(?:x|gange?|times?|krat)|(?P<word>\w+)krat) ?"
    rf"(?:/|(?:a|per|pr\.?|om|i|na|v|each|every|hver) )? ?(?:{_UNIT})\b"
)
_SECOND = re.compile(r"(?:\b(?:do|ali|oz|til|eller|to|or)|\d)[\s-]*$")
"""Before the second of two numbers: "once *or* twice a month", of which both may be meant."""
_EVERY_DAY, _WEEKLY, _BIWEEKLY, _BETWEEN, _MONTHLY = 1.5, 9.0, 18.0, 25.0, 36.5


def frequency_by_number(text: str, language: str) -> tuple[tuple[str, ...], str]:
    """Returns the keys of which one says how often, where a number in `text` says it, and the text without that.

    The number may be a word of a reader's `language`. Nothing where no number says it.
    """
    folded = fold(text)
    for pattern, is_rate in ((_RATE, True), (_INTERVAL, False)):
        match = pattern.search(folded)
        if match and not _SECOND.search(folded[: match.start()]):
            said = match.group("number") or (match.group("word") if is_rate else "")
            number = int(said) if said.isdecimal() else number_of(said, language)
            unit = next(name for name in _UNITS if match.group(name))
            if number and not (unit == "year" and is_rate and number == 1):
                days = _DAYS[unit] / number if is_rate else _DAYS[unit] * number
                return _keys(days), f"{folded[: match.start()]} {folded[match.end() :]}"
    return (), text


def _keys(days: float) -> tuple[str, ...]:
    if days <= _EVERY_DAY:
        return ("always",)
    if days <= _WEEKLY:
        return ("weekly",)
    if days <= _BIWEEKLY:
        return ("biweekly",)
    if days <= _BETWEEN:
        return ("biweekly", "monthly")
    return ("monthly",) if days <= _MONTHLY else ("irregular",)
