"""How the bot is: what `/healthz` tells a watchdog."""

import math
import time
from dataclasses import dataclass, field

import structlog

OLDEST_POLL = 90.0
"""Seconds without an answered poll after which something is wrong."""


LONGEST_QUIET = 600.0
"""Seconds for which Telegram may want to hear nothing (429) before that is trouble."""

log = structlog.get_logger("meldind.health")


@dataclass(slots=True)
class Health:
    """When what last went well, on the monotonic clock; None: not yet."""

    started: float = field(default_factory=time.monotonic)
    last_received: float | None = None
    last_sent: float | None = None
    last_heard: float | None = None
    last_unreached: float | None = None
    refused: bool = False
    deaf: bool = False
    """Whether it was refused to the poll or the webhook: that messages go out makes nothing good."""
    pending: int | None = None
    """Updates that Telegram holds for the webhook, when it last told; None where it is polled."""
    webhook_error: str = ""
    """Why Telegram could not bring them a moment ago."""
    quiet_until: float = -math.inf
    """The end of a long pause that Telegram asked for."""

    def received(self) -> None:
        """Telegram answered a poll, or called the webhook, and what it brought is kept."""
        self.last_received = self.last_heard = time.monotonic()
        self.refused = self.deaf = False

    def heard(self, quiet: float = 0.0) -> None:
        """Telegram answered a poll, whatever it said, and wants no other for `quiet` seconds."""
        self.last_heard = time.monotonic() + quiet

    def unreached(self) -> None:
        """A poll ended at once without reaching Telegram: the network is away, and the bot is not deaf."""
        self.last_unreached = time.monotonic()

    def sent(self) -> None:
        """Telegram took a message."""
        self.last_sent = time.monotonic()
        self.refused = self.deaf

    def locked_out(self, *, deaf: bool = False) -> None:
        """Telegram does not take the token; `deaf`: from whom wants to hear."""
        self.refused = True
        self.deaf = self.deaf or deaf

    def asked_to_wait(self, seconds: float) -> None:
        """Telegram wants to hear nothing for so long; a long pause is trouble, and the log tells of it once."""
        if seconds <= LONGEST_QUIET:
            return
        until = time.monotonic() + seconds
        if until > self.quiet_until + 1:  # others, or the start before this one, may have been told the same
            log.warning("Telegram wants to hear nothing for long", seconds=round(seconds))
            self.quiet_until = until

    def trouble(self, *, polling: bool) -> str:
        """What is wrong, in a few words; "" when nothing is."""
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
        """Seconds since each, None where it never was."""
        return {
            "last_poll_seconds": _age(self.last_heard),
            "last_received_seconds": _age(self.last_received),
            "last_sent_seconds": _age(self.last_sent),
        }


def _age(moment: float | None) -> float | None:
    return None if moment is None else round(max(time.monotonic() - moment, 0.0), 3)
