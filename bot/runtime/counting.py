"""How often things happened since the process began, for whoever watches it: see bot/runtime/metrics.py."""

from collections import Counter
from typing import Literal

What = Literal["updates", "turns", "quarantined", "sends", "pauses", "strangers"]

COUNTS: Counter[tuple[What, str]] = Counter()
"""By what happened and of which kind it was ("": there is only one)."""


def count(what: What, kind: str = "", times: int = 1) -> None:
    """It happened so many times more."""
    COUNTS[what, kind] += times
