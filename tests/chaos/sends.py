"""What was shown to people, against what the outbox says of it: nothing twice but what was under way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, select

from bot.botapi import BotApiServer
from bot.botapi.journal import Entry
from bot.rendering import without_format
from storage.models import outbox
from tests.chaos.starter import SHOWING

Shown: TypeAlias = tuple[int, str]
"""A chat and a text: what a message is known by on both sides."""


@dataclass(slots=True)
class Sends:
    """Counts the messages that Telegram took, life by life."""

    server: BotApiServer
    taken: "Counter[Shown]" = field(default_factory=Counter)
    """All that were shown."""
    ended: "Counter[Shown]" = field(default_factory=Counter)
    """All rows whose delivery came to an end."""
    in_flight: "Counter[Shown]" = field(default_factory=Counter)
    """Messages that Telegram had taken, and that the database did not know as sent, when the bot was killed."""
    lost_answers: "Counter[Shown]" = field(default_factory=Counter)
    """Messages that Telegram took while its answer was lost on the way."""
    problems: list[str] = field(default_factory=list)
    moved: Mapping[int, int] = field(default_factory=dict)
    """Groups that have another number now."""
    states: "Counter[str]" = field(default_factory=Counter)
    _taken_now: "Counter[Shown]" = field(default_factory=Counter)
    _lost_now: "Counter[Shown]" = field(default_factory=Counter)
    _open: set[int] = field(default_factory=set)
    _seen: int = 0

    def __post_init__(self) -> None:
        self.server.journal.listeners.append(self._called)

    def look(self, connection: Connection) -> None:
        """The bot is dead: compare what it did in this life with the outbox."""
        ended, waiting = self._ended(connection)
        for shown, times in self._taken_now.items():
            over = times - ended[shown] - self._lost_now[shown]
            if over <= 0:
                continue
            if over > 1 or not waiting[shown]:
                self.problems.append(f"shown {times} times in one life, {ended[shown]} times noted: {shown}")
            self.in_flight[shown] += 1
        self.taken += self._taken_now
        self.lost_answers += self._lost_now
        self.ended += ended
        self._taken_now.clear()
        self._lost_now.clear()

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
        columns = (outbox.c.id, outbox.c.chat_id, outbox.c.payload, outbox.c.state)
        new = connection.execute(select(*columns).where(outbox.c.id > self._seen)).all()
        known = connection.execute(select(*columns).where(outbox.c.id.in_(self._open))).all() if self._open else []
        ended: Counter[Shown] = Counter()
        waiting: Counter[Shown] = Counter()
        for this, chat, payload, state in (*known, *new):
            self._seen = max(self._seen, this)
            shown = self._known_by(chat, payload)
            if state == "pending":
                self._open.add(this)
                waiting[shown] += 1
            else:
                self._open.discard(this)
                ended[shown] += 1
                self.states[state] += 1
        return ended, waiting

    def _called(self, entry: Entry) -> None:
        if entry.method not in SHOWING:
            return
        lost = entry.status == 0 and entry.error is None and "lost_answer" in entry.faults and "cut" not in entry.faults
        if entry.status == 200 or lost:
            shown = self._known_by(entry.chat_id or 0, entry.params)
            self._taken_now[shown] += 1
            if lost:
                self._lost_now[shown] += 1

    def _known_by(self, chat: int, payload: Mapping[str, Any]) -> Shown:
        plain = without_format(dict(payload)) if "parse_mode" in payload else payload
        return self.moved.get(chat, chat), str(plain.get("text", plain.get("caption", ""))).strip()
