"""How the bot is: what `/healthz` tells a watchdog."""

import time
from dataclasses import dataclass, field

OLDEST_POLL = 90.0
"""Seconds without an answered poll after which something is wrong."""


@dataclass(slots=True)
class Health:
    """When what last went well, on the monotonic clock; None: not yet."""

    started: float = field(default_factory=time.monotonic)
    last_received: float | None = None
    last_sent: float | None = None
    refused: bool = False

    def received(self) -> None:
        """Telegram answered a poll, or called the webhook, and what it brought is kept."""
        self.last_received = time.monotonic()
        self.refused = False

    def sent(self) -> None:
        """Telegram took a message."""
        self.last_sent = time.monotonic()
        self.refused = False

    def locked_out(self) -> None:
        """Telegram does not take the token."""
        self.refused = True

    def trouble(self, *, polling: bool) -> str:
        """What is wrong, in a few words; "" when nothing is."""
        if self.refused:
            return "Telegram refuses the token"
        if polling and time.monotonic() - (self.last_received or self.started) > OLDEST_POLL:
            return "no poll has been answered for a while"
        return ""

    def ages(self) -> dict[str, float | None]:
        """Seconds since each, None where it never was."""
        return {"last_received_seconds": _age(self.last_received), "last_sent_seconds": _age(self.last_sent)}


def _age(moment: float | None) -> float | None:
    return None if moment is None else round(time.monotonic() - moment, 3)
