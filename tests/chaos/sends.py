"""What was shown to people, against what the outbox says of it: nothing twice but what was under way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, or_, select

from bot.botapi import BotApiServer
from bot.botapi.cloud.journal import Entry
from bot.telegram.rendering import without_format
from conversations.context.links import secret_in
from storage.models import outbox
from tests.chaos.starter import SHOWING

LATE = 1000
"""How many rows may have been committed before an earlier one."""

INVITATION, PICTURE = "an invitation", "QR code for the link, to scan with a phone."
"""What a message with a code is known by, and its picture: the outbox empties these once they end."""

Shown: TypeAlias = tuple[int, str]
"""A chat and a text: what a message is known by on both sides."""


@dataclass(slots=True)
class Sends:
    """Counts the messages that Telegram took, life by life."""

    server: BotApiServer
    alone: bool = True
    """Whether nobody goes on when the bot is killed."""
    taken: "Counter[Shown]" = field(default_factory=Counter)
    """All that were shown."""
    ended: "Counter[Shown]" = field(default_factory=Counter)
    """All rows whose delivery came to an end."""
    in_flight: "Counter[Shown]" = field(default_factory=Counter)
    """Messages that Telegram had taken, and that the database did not know as sent, when the bot was killed."""
    lost_answers: "Counter[Shown]" = field(default_factory=Counter)
    """Messages that Telegram took while its answer was lost on the way."""
    files: int = 0
    """Files that were asked for and shown; they come without a row of their own."""
    problems: list[str] = field(default_factory=list)
    moved: Mapping[int, int] = field(default_factory=dict)
    """Groups that have another number now."""
    states: "Counter[str]" = field(default_factory=Counter)
    _touched: set[Shown] = field(default_factory=set)
    _open: set[int] = field(default_factory=set)
    _closed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.server.journal.listeners.append(self._called)

    def look(self, connection: Connection) -> None:
        """The bot is dead: compare what was shown with the outbox.

        Of what other workers have under way now, it may be seen later that it was not in flight at a kill.
        """
        ended, waiting = self._ended(connection)
        self.ended += ended
        for shown in self._touched | set(ended):
            over = self.taken[shown] - self.ended[shown] - self.lost_answers[shown] - self.in_flight[shown]
            if over <= 0:
                continue
            # Another worker may have shown it once more before we looked.
            if over > 1 or (self.alone and not waiting[shown]):
                self.problems.append(f"shown {over} times more than noted, with {waiting[shown]} under way: {shown}")
            self.in_flight[shown] += over
        self._touched.clear()

    @property
    def repeated(self) -> "Counter[Shown]":
        """How often what was shown more often than it was said."""
        return self.taken - self.ended

    def check(self) -> None:
        """All is delivered: repeated was at most what was in flight, and what Telegram did not confirm."""
        for shown, times in (self.repeated - self.in_flight - self.lost_answers).items():
            self.problems.append(f"repeated {times} times more than was in flight: {shown}")

    def _ended(self, connection: Connection) -> tuple["Counter[Shown]", "Counter[Shown]"]:
        """What came to an end since the last look, and what still waits."""
        columns = (outbox.c.id, outbox.c.chat_id, outbox.c.payload, outbox.c.state, outbox.c.secret)
        # Of several workers the one that took its number first need not be the first to commit.
        since = outbox.c.id > max(self._closed, default=0) - LATE
        ended: Counter[Shown] = Counter()
        waiting: Counter[Shown] = Counter()
        for this, chat, payload, state, secret in connection.execute(
            select(*columns).where(or_(since, outbox.c.id.in_(self._open)))
        ):
            shown = self._known_by(chat, {"text": INVITATION} if secret else payload)
            if state == "pending":
                self._open.add(this)
                waiting[shown] += 1
            elif this not in self._closed:
                self._open.discard(this)
                self._closed.add(this)
                ended[shown] += 1
                self.states[state] += 1
        return ended, waiting

    def _called(self, entry: Entry) -> None:
        if entry.method not in SHOWING:
            return
        lost = entry.status == 0 and entry.error is None and "lost_answer" in entry.faults and "cut" not in entry.faults
        if entry.method == "sendDocument" and not entry.params.get("caption"):
            self.files += entry.status == 200 or lost
        elif entry.status == 200 or lost:
            shown = self._known_by(entry.chat_id or 0, entry.params)
            self.taken[shown] += 1
            self._touched.add(shown)
            if lost:
                self.lost_answers[shown] += 1

    def _known_by(self, chat: int, payload: Mapping[str, Any]) -> Shown:
        plain = without_format(dict(payload)) if "parse_mode" in payload else payload
        text = str(plain.get("text", plain.get("caption", ""))).strip()
        return self.moved.get(chat, chat), INVITATION if secret_in(text) or text == PICTURE else text
