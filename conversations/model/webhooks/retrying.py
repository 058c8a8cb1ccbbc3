"""When a delivery to a webhook is tried again, and when that ends. Pure rules."""

from datetime import datetime, timedelta

FIRST = timedelta(seconds=5)
TIMES = 5
LONGEST_PAUSE = timedelta(hours=4)

GIVEN_UP_AFTER = timedelta(days=1)
"""How long one event is tried, from when it happened."""

FAILING_FOR = timedelta(days=3)
"""After failures for so long, without one success, nothing more is sent to an address."""

AT_LEAST = 5
"""Failures that this takes, so that one after a quiet week is not enough."""

LONGEST_REST = timedelta(minutes=10)
"""How long an address that failed is left alone at most, so that all that waits for it does not knock at once."""

KEPT_FOR = timedelta(days=30)
"""How long ended deliveries are remembered."""


def next_try(
    attempts: int, happened_at: datetime, now: datetime, jitter: float, asked: timedelta = timedelta()
) -> datetime | None:
    """Returns when to try again after `attempts` failures; None: the event is given up.

    The pause grows from seconds to hours. `jitter`, from 0 to 1, makes it up to a quarter longer or shorter. It is at
    least as long as the receiver has `asked` for.
    """
    if now - happened_at >= GIVEN_UP_AFTER:
        return None
    growth: int = TIMES ** min(attempts - 1, 9)
    pause = min(FIRST * growth, LONGEST_PAUSE) * (0.75 + jitter / 2)
    return max(min(now + pause, max(happened_at + GIVEN_UP_AFTER, now + FIRST)), now + asked)


def rest(failures: int) -> timedelta:
    """Returns how long an address is left alone after so many failures in a row."""
    growth: int = 2 ** min(failures - 1, 9)
    return min(FIRST * growth, LONGEST_REST)
