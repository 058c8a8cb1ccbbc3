"""How far the evidence of a result can be relied on: the grade of each kind, and what a total rests on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias, get_args

Grade: TypeAlias = Literal["counted", "asked", "evaluated", "research"]
"""Counted by the library itself; participants were asked; evaluated by others; research. Keys of EVIDENCE_GRADES."""

GRADES: tuple[Grade, ...] = get_args(Grade)

GRADE_OF: Mapping[str, Grade] = {
    "statistics": "counted",
    "satisfaction": "asked",
    "impact_survey": "asked",
    "interviews": "asked",
    "external_evaluation": "evaluated",
    "research": "research",
}
"""The grade of each kind of evidence. What people tell and what was seen has none: it illustrates a result."""


def grades_of(kinds: Iterable[str]) -> tuple[Grade, ...]:
    """Returns the grades that these kinds of evidence have, each once, the weakest first."""
    found = {GRADE_OF[kind] for kind in kinds if kind in GRADE_OF}
    return tuple(grade for grade in GRADES if grade in found)


def strongest(kinds: Iterable[str]) -> Grade | None:
    """Returns the grade of a report with these kinds of evidence: the strongest of them; None if none is graded."""
    found = grades_of(kinds)
    return found[-1] if found else None


def resting_on(reports: Iterable[Iterable[str]]) -> list[tuple[Grade, int]]:
    """Returns how many reports each grade has, the strongest first; a report counts once, by its strongest kind."""
    counts = Counter(strongest(kinds) for kinds in reports)
    return [(grade, counts[grade]) for grade in reversed(GRADES) if counts[grade]]
