"""How much may be sent when. Telegram's limits belong to the token, so this counts all that is sent under it.

Published are 30 messages a second overall, 1 a second to a chat, 20 a minute to a group; more to one person for a short
while is taken in truth. Notices keep below these figures and leave room for replies. A reply goes at once as long as
Telegram takes it; after a refusal (429) replies keep to the figures too, for some minutes.
"""

import math
from bisect import bisect_right, insort
from collections import OrderedDict, deque
from dataclasses import dataclass, field

OVERALL = 29
"""Messages in any second, of the 30, from which on a notice waits."""

NOTICES = 25
"""Notices in any second, so that replies always find some of the 30 left."""

PROMPT = 0.2
"""Seconds in which an answer is as good as at once. One that takes longer arrived who knows when, perhaps together with
others: a notice counts until it is answered, and then as if it had been sent so long before its answer.
"""

GAP = 0.04
"""Seconds between two notices. In a second's worth and as long as PROMPT, in which some of them may be held up and come
together with the next, there are then no more than the 30 of any second.
"""

BURST = 4
"""Messages to one person that may follow each other faster than one a second."""

GROUP = 18
"""Messages to a group in any minute, of the 20."""

UNANSWERED_WAIT = 0.05
"""Seconds after which it is asked again whether there are answers."""

SECOND, MINUTE = 1.0, 60.0

STRICT_SECONDS = 600.0
"""How long replies keep to the published figures after Telegram has refused one."""


@dataclass(slots=True)
class _Chat:
    """What was sent to one chat lately; `left` of the burst at the time `at`."""

    at: float
    left: float = BURST
    minute: deque[float] = field(default_factory=lambda: deque(maxlen=GROUP))

    def left_at(self, now: float) -> float:
        return min(float(BURST), self.left + (now - self.at) / SECOND)


class RateLimits:
    """Says how long to wait, on the clock of whoever asks, in seconds; asking changes nothing.

    `elsewhere` is how many messages a second others send under the same token.
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
        """Nothing may be sent before `until`, whatever it is; a longer pause stays."""
        self._paused_until = max(self._paused_until, until)

    def refused(self, now: float, seconds: float) -> None:
        """Telegram refused what was sent now and wants to hear nothing for `seconds`."""
        self.pause(now + seconds)
        self._strict_until = max(self._strict_until, self._paused_until + STRICT_SECONDS)

    def paused(self, now: float) -> float:
        """How long nothing may be sent."""
        return max(0.0, self._paused_until - now)

    def reply_wait(self, chat: int, now: float) -> float:
        """How long a reply to `chat` has to wait."""
        wait = self.paused(now)
        if now < self._strict_until:
            wait = max(wait, _until_fewer(self._all, OVERALL, SECOND, now), self._chat_wait(chat, now, leave=0))
        return wait

    def notice_wait(self, chat: int, now: float) -> float:
        """How long a notice to `chat` has to wait for that chat; see `room` for the wait for all the others."""
        wait = self._chat_wait(chat, now, leave=1)
        known = self._chats.get(chat)
        return wait if known is None else max(wait, known.at + SECOND - now)

    def room(self, now: float) -> float:
        """How long any notice has to wait, whomever it is for."""
        wait = max(self.paused(now), self._last_notice + GAP - now, self._notices_wait(now))
        among_all = _until_fewer(self._all, max(1, OVERALL - self.elsewhere), SECOND, now)
        # However many replies there are, one notice a second gets through: none waits for ever.
        return max(wait, min(among_all, self._last_notice + SECOND - now))

    def sent(self, chat: int, now: float, *, notice: bool) -> None:
        """A message to `chat` is on its way."""
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
        """A notice that was sent then has been answered, whatever the answer is."""
        self._unanswered -= 1
        self._notices = [each for each in self._notices if each > now - SECOND]
        insort(self._notices, max(sent_at, now - PROMPT))

    def lately(self, now: float) -> int:
        """How many messages were sent within the last second, as far as it matters."""
        return sum(each > now - SECOND for each in self._all)

    def _notices_wait(self, now: float) -> float:
        """How long until there are fewer than NOTICES that were sent within a second, or are not answered."""
        within = self._notices[bisect_right(self._notices, now - SECOND) :]
        too_many = self._unanswered + len(within) - NOTICES + 1
        if too_many <= 0:
            return 0.0
        return within[too_many - 1] + SECOND - now if too_many <= len(within) else UNANSWERED_WAIT

    def _chat_wait(self, chat: int, now: float, leave: int) -> float:
        """How long until one message more is in order, with `leave` of a person's burst left after it."""
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        if chat < 0:
            return _until_fewer(known.minute, GROUP, MINUTE, now)
        return max(0.0, (1 + leave - known.left_at(now)) * SECOND)

    def _forget(self, now: float) -> None:
        """Let go of chats that nothing was sent to for so long that it makes no difference."""
        while self._chats and next(iter(self._chats.values())).at < now - MINUTE:
            self._chats.popitem(last=False)


def _until_fewer(times: deque[float], most: int, span: float, now: float) -> float:
    """How long until fewer than `most` of `times` lie within the last `span` seconds."""
    if len(times) < most:
        return 0.0
    return max(0.0, times[-most] + span - now)
