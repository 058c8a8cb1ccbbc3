"""The numbers of people in a sentence or a longer text."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """A number of people, and where it stands: `text[start:end]`.

    `value` has the keys `least`, `most`, `approximate` and `counted` (`each_time`, `in_all` or None).
    """

    start: int
    end: int
    value: dict[str, int | str | bool | None]
    who: Literal["participants", "volunteers"]


def people_in(text: str, language: str) -> tuple[PeopleFound, ...]:  # noqa: ARG001
    """Returns the numbers of people that `text` says outright to a reader of `language`, in order.

    Ages, sessions, families, groups, books, money, years and times of day are none.
    """
    return ()
