"""What a turn leaves to send after its commit."""

from dataclasses import dataclass, field

from storage.messages.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class Press:
    """A callback query to answer, with or without a toast."""

    id: str
    toast: str | None = None


@dataclass(slots=True)
class Handled:
    """What to send after an update was handled."""

    rows: list[OutboxRow] = field(default_factory=list)
    press: Press | None = None
    files: bool = False
    """Whether there may be new files to fetch."""
    chats: bool = False
    """Whether there may be a group or channel to ask Telegram about."""
    news: bool = False
    """Whether there may be notices to subscribers beside those in `rows`."""
    webhooks: bool = False
    """Whether there may be something to tell webhooks."""
    forgets: bool = False
    """Whether the content of the update is not kept either."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An update that was stored and handled in one transaction: how many were new (0 or 1), and what is to be sent.

    If not `finished`, the new one still waits: an older one was handled instead, or it has to be handled as usual.
    """

    new: int
    handled: Handled | None
    finished: bool
