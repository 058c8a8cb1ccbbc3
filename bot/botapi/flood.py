"""How much a bot may send: 30 messages a second overall, 1 to a person after a short burst, 20 a minute to a group.

Figures of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this; the burst is observed,
not promised.
"""

import math
from dataclasses import dataclass, field

from bot.botapi.clock import Clock
from bot.botapi.errors import too_many

OVERALL = (30, 30.0)  # how many at once, and how many a second on average
PERSON = (5, 1.0)
GROUP = (20, 20 / 60)


@dataclass(slots=True)
class Bucket:
    """What is left of an allowance, and when that was reckoned."""

    size: int
    rate: float
    left: float
    at: float

    def missing(self, count: int, now: float) -> float:
        """Seconds until `count` may be sent; 0 for now."""
        self.left = min(self.size, self.left + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(count, self.size) - self.left) / self.rate)


@dataclass(slots=True)
class Flood:
    """The limits, off until `on`. `ignored` counts calls that came although a pause had been asked for."""

    clock: Clock
    on: bool = False
    ignored: int = 0
    _buckets: dict[int | None, Bucket] = field(default_factory=dict)
    _paused: dict[int | None, float] = field(default_factory=dict)

    def spend(self, chat_id: int, count: int = 1) -> None:
        """Count `count` messages to `chat_id`; raises ApiError 429 when that is too many."""
        if not self.on:
            return
        now = self.clock.now()
        places: tuple[tuple[int | None, tuple[int, float]], ...]
        places = ((None, OVERALL), (chat_id, PERSON if chat_id > 0 else GROUP))
        for place, _ in places:
            if self._paused.get(place, 0) > now:
                self.ignored += 1
                raise too_many(math.ceil(self._paused[place] - now))
        buckets = []
        for place, (size, rate) in places:
            bucket = self._buckets.setdefault(place, Bucket(size, rate, size, now))
            if missing := bucket.missing(count, now):
                seconds = max(1, math.ceil(missing))
                self._paused[place] = now + seconds
                raise too_many(seconds)
            buckets.append(bucket)
        for bucket in buckets:
            bucket.left -= count
