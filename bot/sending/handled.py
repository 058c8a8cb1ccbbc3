"""What a turn leaves to be sent once it is committed."""

from dataclasses import dataclass, field

from storage.messages.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class Press:
    """A press that is to be answered, with a short word or without."""

    id: str
    toast: str | None = None


@dataclass(slots=True)
class Handled:
    """What is to be sent now that an update has been handled."""

    rows: list[OutboxRow] = field(default_factory=list)
    press: Press | None = None
    files: bool = False
    """Whether there may be files to fetch."""
    chats: bool = False
    """Whether there may be a group or channel to ask Telegram about."""
    news: bool = False
    """Whether subscribers may have to be told of something, beside what is in `rows`."""
    forgets: bool = False
    """Whether what was said is to be forgotten too."""
