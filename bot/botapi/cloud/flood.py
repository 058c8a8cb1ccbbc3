"""Telegram's flood limits: 30 messages a second overall, 1 to a person after a short burst, 20 a minute to a group.

Figures of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this; the burst is observed,
not promised.
"""

import math
from collections import deque
from dataclasses import dataclass, field

from bot.botapi.cloud.clock import Clock
from bot.botapi.specification.errors import too_many

OVERALL = (30, 1.0)  # messages in any number of seconds
GROUP = (20, 60.0)
A_MOMENT = 1e-6  # seconds of rounding error
PERSON = (5, 1.0)  # messages at once, and messages a second on average


class Window:
    """At most `most` in any `span` of seconds."""

    def __init__(self, most: int, span: float, _now: float) -> None:
        self.most = most
        self.span = span
        self.times: deque[float] = deque(maxlen=most)

    def missing(self, count: int, now: float) -> float:
        """Returns seconds until `count` may be sent; 0 for now."""
        within = [each for each in self.times if each > now - self.span + A_MOMENT]
        too_many = len(within) + min(count, self.most) - self.most
        return within[too_many - 1] + self.span - now if too_many > 0 else 0.0

    def take(self, count: int, now: float) -> None:
        """Count `count` sent messages."""
        self.times.extend([now] * count)


class Bucket:
    """A token bucket of `size` that refills with `rate` a second."""

    def __init__(self, size: int, rate: float, now: float) -> None:
        self.size = size
        self.rate = rate
        self.left = float(size)
        self.at = now

    def missing(self, count: int, now: float) -> float:
        """Returns seconds until `count` may be sent; 0 for now."""
        self.left = min(self.size, self.left + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(count, self.size) - self.left) / self.rate)

    def take(self, count: int, _now: float) -> None:
        """Count `count` sent messages."""
        self.left -= count


@dataclass(slots=True)
class Flood:
    """The limits, inactive until `on`. `ignored` counts calls that came during a demanded pause."""

    clock: Clock
    on: bool = False
    ignored: int = 0
    _places: dict[int | None, Window | Bucket] = field(default_factory=dict)
    _paused: dict[int | None, float] = field(default_factory=dict)

    def spend(self, chat_id: int, count: int = 1) -> None:
        """Count `count` messages to `chat_id`; raises ApiError 429 if that is too many."""
        if not self.on:
            return
        now = self.clock.now()
        for place in (None, chat_id):
            if self._paused.get(place, 0) > now:
                self.ignored += 1
                raise too_many(math.ceil(self._paused[place] - now))
        counts = {place: self._place(place, now) for place in (None, chat_id)}
        for place, counted in counts.items():
            if missing := counted.missing(count, now):
                seconds = max(1, math.ceil(missing))
                self._paused[place] = now + seconds
                raise too_many(seconds)
        for counted in counts.values():
            counted.take(count, now)

    def _place(self, place: int | None, now: float) -> Window | Bucket:
        """Returns the limit for all chats (None), for a group or for a person."""
        if place not in self._places:
            if place is None:
                self._places[place] = Window(*OVERALL, now)
            else:
                self._places[place] = Bucket(*PERSON, now) if place > 0 else Window(*GROUP, now)
        return self._places[place]
