"""Rate limits. Telegram's limits belong to the token, so this counts all messages sent with it.

The published limits are 30 messages a second overall, 1 a second to a chat, 20 a minute to a group; in practice short
bursts to one person are accepted. Notices stay below these figures and leave room for replies. A reply is sent at once
as long as Telegram accepts it; after a refusal (429) replies also keep to the figures for some minutes.
"""

import math
from bisect import bisect_right, insort
from collections import OrderedDict, deque
from dataclasses import dataclass, field

OVERALL = 29
"""Messages in any second, of the 30, from which notices wait."""

NOTICES = 25
"""Notices in any second, so that some of the 30 are always left for replies."""

PROMPT = 0.2
"""Seconds within which an answer counts as immediate. After a longer wait it is unknown when the notice arrived,
perhaps together with others: it counts until it is answered, and then as if it had been sent PROMPT seconds before.
"""

GAP = 0.04
"""Seconds between two notices. Within one second plus PROMPT, in which some may be delayed and arrive together
with later ones, there are then no more than the 30 of any second.
"""

BURST = 4
"""Messages to one person that may be sent faster than one a second (the burst)."""

GROUP = 18
"""Messages to a group in any minute, of the permitted 20."""

UNANSWERED_WAIT = 0.05
"""Seconds after which to check again for answers."""

SECOND, MINUTE = 1.0, 60.0

STRICT_SECONDS = 600.0
"""Seconds for which replies keep to the published figures after a refusal."""


@dataclass(slots=True)
class _Chat:
    """What was recently sent to one chat; `left` is the rest of the burst at the time `at`."""

    at: float
    left: float = BURST
    minute: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP))

    def left_at(self, now: float) -> float:
        return min(float(BURST), self.left + (now - self.at) / SECOND)


class RateLimits:
    """Computes waiting times in seconds, on the caller's clock; asking changes nothing.

    `elsewhere` is how many messages a second other workers send with the same token.
    """

    def __init__(self) -> None:
        self.elsewhere = 0
        self._all: deque[float] = deque(maxlen=OVERALL)
        self._notices: list[float] = []
        self._unanswered = 0
        self._last_notice = -math.inf
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._paused_until = self._strict_until = -math.inf

    def pause(self, until: float) -> None:
        """Send nothing before `until`; an existing longer pause stays."""
        self._paused_until = max(self._paused_until, until)

    def refused(self, now: float, seconds: float) -> None:
        """Record that Telegram refused a message at `now` and demands a pause of `seconds`."""
        self.pause(now + seconds)
        self._strict_until = max(self._strict_until, self._paused_until + STRICT_SECONDS)

    def paused(self, now: float) -> float:
        """Returns seconds until anything may be sent."""
        return max(0.0, self._paused_until - now)

    def reply_wait(self, chat: int, now: float) -> float:
        """Returns seconds until a reply to `chat` may be sent."""
        wait = self.paused(now)
        if now < self._strict_until:
            wait = max(wait, _until_fewer(self._all, OVERALL, SECOND, now), self._chat_wait(chat, now, leave=0))
        return wait

    def notice_wait(self, chat: int, now: float) -> float:
        """Returns seconds until a notice may be sent because of `chat` alone; `room` has the wait because of all
        others.
        """
        wait = self._chat_wait(chat, now, leave=1)
        known = self._chats.get(chat)
        return wait if known is None else max(wait, known.at + SECOND - now)

    def room(self, now: float) -> float:
        """Returns seconds until any notice may be sent."""
        wait = max(self.paused(now), self._last_notice + GAP - now, self._notices_wait(now))
        among_all = _until_fewer(self._all, max(1, OVERALL - self.elsewhere), SECOND, now)
        # Even with many replies, one notice a second is sent, so that none waits for ever.
        return max(wait, min(among_all, self._last_notice + SECOND - now))

    def sent(self, chat: int, now: float, *, notice: bool) -> None:
        """Count a message that is being sent to `chat`."""
        self._all.append(now)
        if notice:
            self._last_notice = now
            self._unanswered += 1
        known = self._chats.get(chat)
        if known is None:
            known = self._chats[chat] = _Chat(now)
        known.left = max(0.0, known.left_at(now) - 1)
        known.at = now
        if chat < 0:
            known.minute.append(now)
        self._chats.move_to_end(chat)
        self._forget(now)

    def answered(self, sent_at: float, now: float) -> None:
        """Record any answer of Telegram to a notice that was sent at `sent_at`."""
        self._unanswered -= 1
        self._notices = [each for each in self._notices if each > now - SECOND]
        insort(self._notices, max(sent_at, now - PROMPT))

    def lately(self, now: float) -> int:
        """Returns how many messages were sent within the last second, as far as the limits need it."""
        return sum(each > now - SECOND for each in self._all)

    def _notices_wait(self, now: float) -> float:
        """Returns seconds until fewer than NOTICES are unanswered or were sent within a second."""
        within = self._notices[bisect_right(self._notices, now - SECOND) :]
        too_many = self._unanswered + len(within) - NOTICES + 1
        if too_many <= 0:
            return 0.0
        return within[too_many - 1] + SECOND - now if too_many <= len(within) else UNANSWERED_WAIT

    def _chat_wait(self, chat: int, now: float, leave: int) -> float:
        """Returns seconds until one more message is within the limits, with `leave` of a person's burst left
        after it.
        """
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        if chat < 0:
            return _until_fewer(known.minute, GROUP, MINUTE, now)
        return max(0.0, (1 + leave - known.left_at(now)) * SECOND)

    def _forget(self, now: float) -> None:
        """Drop chats to which nothing was sent for so long that their counts do not matter."""
        while self._chats and next(iter(self._chats.values())).at < now - MINUTE:
            self._chats.popitem(last=False)


def _until_fewer(times: deque[float], most: int, span: float, now: float) -> float:
    """Returns seconds until fewer than `most` of `times` are within the last `span` seconds."""
    if len(times) < most:
        return 0.0
    return max(0.0, times[-most] + span - now)
