"""The counts of all reports, which /stats shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figures:
    """The number of reports: in all, by month (`2026-11`), and by the keys of their answers.

    A report counts once under each of its themes and groups. `evidence` counts reports with an outcome; `none_told` is
    the key of those without evidence. `regions` are by (country, region). `calls` has, for each call, the number of
    reports and of places they come from.
    """

    total: int = 0
    libraries: int = 0
    outcomes: int = 0
    months: Mapping[str, int] = field(default_factory=dict)
    themes: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, int] = field(default_factory=dict)
    progress: Mapping[str, int] = field(default_factory=dict)
    evidence: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[tuple[str, str], int] = field(default_factory=dict)
    calls: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def top(counts: Mapping[str, int], most: int) -> list[tuple[str, int]]:
    """Returns the `most` largest counts, the largest first, then by key."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
