"""The last day of something, as people write it: "på fredag", "do konca januarja", "in three weeks"."""

import re
from dataclasses import dataclass
from datetime import date

from conversations.reading.dates.dates import read_date

NO_DEADLINE = "none"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day as `2026-12-04`, or `none` where there is to be no deadline.

    `value` is "" where the text names a time but not its last day; `near` then has the days that are offered.
    """

    value: str
    near: tuple[str, ...] = ()


def read_deadline(text: str, today: date, language: str) -> Deadline | None:  # noqa: ARG001
    """Returns the deadline that `text` sets for a reader of `language`, the next such day; None if it sets none."""
    found = read_date(text, today)
    if found is None:
        return None
    return Deadline(found if _DAY.fullmatch(found) else "")
