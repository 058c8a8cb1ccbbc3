"""The health of the bot, which `/healthz` reports."""

import math
import time
from dataclasses import dataclass, field

import structlog

OLDEST_POLL = 90.0
"""Seconds without an answered poll that count as a problem."""


LONGEST_QUIET = 600.0
"""Seconds of a demanded pause (429) above which it counts as a problem."""

log = structlog.get_logger("meldind.health")


@dataclass(slots=True)
class Health:
    """The times of the last successes on the monotonic clock; None: not yet."""

    started: float = field(default_factory=time.monotonic)
    last_received: float | None = None
    last_sent: float | None = None
    last_heard: float | None = None
    last_unreached: float | None = None
    refused: bool = False
    deaf: bool = False
    """Whether the token was refused for receiving; sending a message then does not end the problem."""
    pending: int | None = None
    """Waiting updates of the webhook according to Telegram; None when polling."""
    webhook_error: str = ""
    """Why Telegram could not deliver them recently."""
    quiet_until: float = -math.inf
    """The end of a long pause that Telegram demanded."""

    def received(self) -> None:
        """Record that Telegram answered a poll or called the webhook, and its updates are stored."""
        self.last_received = self.last_heard = time.monotonic()
        self.refused = self.deaf = False

    def heard(self, quiet: float = 0.0) -> None:
        """Record that Telegram gave any answer to a poll, and accepts no other for `quiet` seconds."""
        self.last_heard = time.monotonic() + quiet

    def unreached(self) -> None:
        """Record that a poll failed at once because the network is away; this is not a hanging connection."""
        self.last_unreached = time.monotonic()

    def sent(self) -> None:
        """Record that Telegram accepted a message."""
        self.last_sent = time.monotonic()
        self.refused = self.deaf

    def locked_out(self, *, deaf: bool = False) -> None:
        """Record that Telegram refused the token; `deaf`: for receiving updates."""
        self.refused = True
        self.deaf = self.deaf or deaf

    def asked_to_wait(self, seconds: float) -> None:
        """Record that Telegram demands a pause; a long one counts as trouble and is logged once."""
        if seconds <= LONGEST_QUIET:
            return
        until = time.monotonic() + seconds
        if until > self.quiet_until + 1:  # other tasks, or an earlier start, may have got the same pause
            log.warning("Telegram wants to hear nothing for long", seconds=round(seconds))
            self.quiet_until = until

    def trouble(self, *, polling: bool) -> str:
        """Returns the current problem in a few words; "" if there is none."""
        if self.refused:
            return "Telegram refuses the token"
        if (quiet := self.quiet_until - time.monotonic()) > 0:
            return f"Telegram wants to hear nothing for {math.ceil(quiet / 60)} more minutes (429)"
        if polling and time.monotonic() - (self.last_received or self.started) > OLDEST_POLL:
            return "no poll has been answered for a while"
        if self.pending and self.webhook_error:
            return f"Telegram holds updates ({self.pending}) and cannot bring them: {self.webhook_error}"
        return ""

    def ages(self) -> dict[str, float | None]:
        """Returns seconds since each success; None: never."""
        return {
            "last_poll_seconds": _age(self.last_heard),
            "last_received_seconds": _age(self.last_received),
            "last_sent_seconds": _age(self.last_sent),
        }


def _age(moment: float | None) -> float | None:
    return None if moment is None else round(max(time.monotonic() - moment, 0.0), 3)
