"""Study visits: who can receive one, who would like to make one, and who fits. Pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

VisitRole: TypeAlias = Literal["host", "guest"]

MOST_TOLD = 3
"""Most libraries that one wish is matched with at once."""

MONTHS_AHEAD = 12
"""The months that can be chosen: this one and those after it."""


@dataclass(frozen=True, slots=True)
class VisitWish:
    """A person's wish for study visits: one for each role. `library` and `country` are theirs.

    No `months`, `themes` or `countries` (those a guest wants to go to) mean any. A month is `2027-03`.
    """

    person: int
    role: VisitRole
    library: str = ""
    country: str = ""
    months: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def fits(one: VisitWish, other: VisitWish) -> bool:
    """Returns whether one of the two can receive the other: different libraries, same country, month and theme."""
    if one.role == other.role or one.person == other.person or (one.library and one.library == other.library):
        return False
    host, guest = (one, other) if one.role == "host" else (other, one)
    return (
        (not guest.countries or host.country in guest.countries)
        and _alike(host.months, guest.months)
        and _alike(host.themes, guest.themes)
    )


def matches(new: VisitWish, others: Iterable[VisitWish]) -> list[VisitWish]:
    """Returns the wishes to match with `new`: those with most months and themes in common first."""
    found = [each for each in others if fits(new, each)]
    return sorted(found, key=lambda each: -_shared(new, each))[:MOST_TOLD]


def in_common(one: VisitWish, other: VisitWish) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the months and the themes on which both agree; empty where either takes any and names none."""
    return _both(one.months, other.months), _both(one.themes, other.themes)


def _shared(one: VisitWish, other: VisitWish) -> int:
    return len({*one.months} & {*other.months}) + len({*one.themes} & {*other.themes})


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool({*one} & {*other})


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if not one or not other:
        return one or other
    return tuple(each for each in one if each in other)
