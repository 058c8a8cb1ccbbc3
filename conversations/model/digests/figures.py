"""All reports, counted: what /stats tells and draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figures:
    """How many reports there are: in all, by month (`2026-11`), and by key of what they say.

    A report has several themes and groups and counts once under each. `evidence` counts reports that tell what changed;
    `none_told` is the key of those that do not say how that is known. `regions` are by (country, region); `calls` say
    of each call how many reports it has, and from how many places.
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
    """The `most` largest, the largest first, then by key."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
