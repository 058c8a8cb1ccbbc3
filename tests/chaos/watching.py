"""The server's side of a campaign: what the bot calls, and what people see of it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from bot.botapi import BotApiServer
from bot.botapi.cloud.journal import Entry
from bot.botapi.cloud.world import Change, Chat
from tests.chaos.boundaries import Boundary
from tests.chaos.starter import SHOWING


@dataclass(slots=True)
class Watch:
    """Looks at every call and everything that is shown."""

    server: BotApiServer
    seen: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    """All that each chat was ever shown by the bot."""
    shown_at: float | None = None
    """When, in this life, the bot first showed something to somebody."""
    failed_turns: list[str] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    """Chats in which a message was refused because the bot is blocked there: no other may wait in vain."""
    _called: list[Callable[[Entry], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.world.listeners.append(self._look_at_change)
        self.server.journal.listeners.append(self._look_at_call)

    def begin(self) -> None:
        """Another life begins."""
        self.shown_at = None
        self._called.clear()

    def first_call(self) -> "asyncio.Future[None]":
        """Done when the bot makes a call of the Bot API."""
        return self._first(lambda entry: True)

    def first_shown(self) -> "asyncio.Future[None]":
        """Done when the bot has shown something to somebody."""
        return self._first(lambda entry: entry.status == 200 and entry.method in SHOWING)

    def at(self, boundary: Boundary, n: int, act: Callable[[], None]) -> None:
        """Act when the bot comes to a boundary of the server's for the n-th time, before the answer leaves."""
        shows = boundary is Boundary.UNREAD_ANSWER
        self._at_call(
            lambda entry: entry.status == 200 and (entry.method in SHOWING if shows else entry.method == "getUpdates"),
            n,
            act,
        )

    def _first(self, concerns: Callable[[Entry], bool]) -> "asyncio.Future[None]":
        made: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def done() -> None:
            if not made.done():
                made.set_result(None)

        self._at_call(concerns, 1, done)
        return made

    def _at_call(self, concerns: Callable[[Entry], bool], n: int, act: Callable[[], None]) -> None:
        left = n

        def called(entry: Entry) -> None:
            nonlocal left
            if concerns(entry):
                left -= 1
                if left == 0:
                    act()

        self._called.append(called)

    def _look_at_call(self, entry: Entry) -> None:
        if entry.status == HTTPStatus.FORBIDDEN and entry.chat_id is not None:
            self.blocked.add(entry.chat_id)
        for called in self._called:
            called(entry)

    def _look_at_change(self, chat: Chat, change: Change) -> None:
        if change.by is not None or not change.message:
            return
        said = str(change.message.get("text") or change.message.get("caption") or "")
        self.seen[chat.id].append(said)
        if self.shown_at is None:
            self.shown_at = asyncio.get_running_loop().time()
        if "Sorry, something went wrong." in said:
            self.failed_turns.append(f"a turn failed in chat {chat.id}")
