"""Counters of events since the process began, for monitoring: see bot/runtime/metrics.py."""

from collections import Counter
from typing import Literal

What = Literal["updates", "turns", "quarantined", "sends", "pauses", "strangers", "webhooks", "site"]

COUNTS: Counter[tuple[What, str]] = Counter()
"""The counters by event and kind ("": the event has only one)."""


def count(what: What, kind: str = "", times: int = 1) -> None:
    """Add `times` to the counter of `what` and `kind`."""
    COUNTS[what, kind] += times
