"""The dates in a sentence or a longer text."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date or period in EDTF, and where it stands: `text[start:end]`, with the words that belong to it.

    `role` says what it is by the words before it: `start` ("since", "began in"), `end` ("until", "ended in"), or ""
    where the text does not say. A period with both ends has the role "".
    """

    start: int
    end: int
    value: str
    role: Literal["start", "end", ""] = ""


def dates_in(text: str, today: date, language: str) -> tuple[DateFound, ...]:  # noqa: ARG001
    """Returns the dates that `text` says outright to a reader of `language`, in the order in which they stand.

    Only dates with a year, or whose year is certain ("last year", "3 September" beside another year), are returned;
    times of day, ages, school classes and weekdays are none.
    """
    return ()
