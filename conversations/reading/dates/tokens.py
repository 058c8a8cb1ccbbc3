"""Taking an answer about a date apart."""

import re
from datetime import date, timedelta
from functools import lru_cache

from conversations.reading.dates import words
from conversations.reading.text import fold

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s.,;'’\"()~]")
_DASHES = str.maketrans(dict.fromkeys("–—−‐‑", "-"))


def date_tokens(text: str, today: date) -> list[str]:
    """The figures, folded words and marks of `text`, without points and idle words.

    Phrases are replaced by what they stand for: figures ("last year"), or since, until, onwards, today, school.
    """
    found = [fold(token) or token for token in _TOKEN.findall(text.translate(_DASHES))]
    phrases = _phrases(today)
    tokens: list[str] = []
    at = 0
    while at < len(found):
        length = next((n for n in (3, 2, 1) if tuple(found[at : at + n]) in phrases), 0)
        if length:
            tokens += phrases[tuple(found[at : at + length])].split()
        elif found[at] not in words.IDLE:
            tokens.append(found[at])
        at += length or 1
    return tokens


@lru_cache(maxsize=2)
def _phrases(today: date) -> dict[tuple[str, ...], str]:
    """What phrases stand for on the day `today`."""
    phrases = {
        **dict.fromkeys(words.SINCE, "since"),
        **dict.fromkeys(words.UNTIL, "until"),
        **dict.fromkeys(words.ONWARDS, "onwards"),
        **dict.fromkeys(words.SCHOOL_YEAR, "school"),
        **dict.fromkeys(words.TODAY, "today"),
    }
    for years, said in words.YEARS_FROM_NOW.items():
        phrases |= dict.fromkeys(said, f"{today.year + years:04}")
    for months, said in words.MONTHS_FROM_NOW.items():
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        phrases |= dict.fromkeys(said, f"{year:04} - {month + 1}")
    for days, said in words.DAYS_FROM_NOW.items():
        day = today + timedelta(days)
        phrases |= dict.fromkeys(said, f"{day.year:04} - {day.month} - {day.day}")
    return phrases
