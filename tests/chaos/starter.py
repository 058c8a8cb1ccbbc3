"""The bot with a trap: it kills itself with SIGKILL when it comes to a certain boundary for the n-th time.

    MELDIND_CHAOS_STRIKE="HANDLED 3" python -m tests.chaos.starter run

    MELDIND_CHAOS_JUMP="3600 0.5" python -m tests.chaos.starter run    its clock is put ahead after half a second

What runs is the real bot. Around its commits and requests it is looked whether a boundary is reached, and nowhere else.
SIGKILL by itself is as sudden as by anybody else: nothing is flushed, closed or told.
"""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import wraps
from itertools import pairwise
from typing import Any

import time_machine
from sqlalchemy.engine.default import DefaultDialect

from bot import serving
from bot.sending.rate_limits import RateLimits
from bot.telegram.api import BotApi
from storage.engine.postgres import NamedStatements
from storage.messages.delivery_queue import DeliveryQueue
from storage.messages.inbox import Inbox
from storage.messages.outbox import Outbox, OutboxRow
from storage.session.storage import Storage
from tests.chaos.boundaries import JUMP, STRIKE, WITHIN, Boundary

SHOWING = frozenset({"sendMessage", "sendRichMessage", "editMessageText", "sendPhoto", "sendDocument"})
"""The methods that show something to somebody."""

COMMITS: Mapping[str, tuple[Boundary, Boundary]] = {
    "received": (Boundary.KEEPING, Boundary.KEPT),
    "handled": (Boundary.HANDLING, Boundary.HANDLED),
    "notified": (Boundary.NOTIFYING, Boundary.NOTIFIED),
    "taken": (Boundary.TAKING, Boundary.TAKEN),
    "noted": (Boundary.NOTING, Boundary.NOTED),
    "other": (Boundary.KEEPING_OTHER, Boundary.KEPT_OTHER),
}
"""What a transaction has done, by the repository methods it has called: the boundaries before and after its commit."""


class Trap:
    """Kills the process at the `n`-th time that `boundary` is reached."""

    def __init__(self, boundary: Boundary, n: int) -> None:
        self._boundary = boundary
        self._left = n
        self._door = threading.Lock()

    def reached(self, *boundaries: Boundary) -> None:
        """The process is at these boundaries now."""
        if self._boundary in boundaries:
            with self._door:
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)


class Transactions:
    """What the transaction that runs here has done so far; several run by turns, each in a context of its own."""

    def __init__(self) -> None:
        self._done: ContextVar[set[str] | None] = ContextVar("done", default=None)
        self._replies: ContextVar[list[OutboxRow] | None] = ContextVar("replies", default=None)

    @property
    def done(self) -> set[str]:
        """What it has done."""
        if (done := self._done.get()) is None:
            self._done.set(done := set())
        return done

    @property
    def replies(self) -> list[OutboxRow]:
        """The replies that it has queued."""
        if (replies := self._replies.get()) is None:
            self._replies.set(replies := [])
        return replies

    def end(self) -> None:
        """It is over, kept or not."""
        self._done.set(None)
        self._replies.set(None)


class Wires:
    """The trap's wires through the bot."""

    def __init__(self, trap: Trap) -> None:
        self._trap = trap
        self._transaction = Transactions()
        self._firsts: set[int] = set()
        """Rows that are followed by another message of the same reply."""

    def lay(self) -> None:
        """Lay them, for the rest of the life of this process."""
        self._after(Inbox, "receive_many", lambda received, *_: self._does("received", unless=not received))
        self._after(Inbox, "done", lambda *_: self._does("handled"))
        self._after(Inbox, "set_aside", lambda *_: self._does("handled"))
        self._after(Outbox, "add", self._added)
        self._after(Outbox, "add_many", lambda *_: self._does("notified"))
        self._after(DeliveryQueue, "take", lambda taken, *_: self._does("taken", unless=not taken))
        self._after(DeliveryQueue, "ended", lambda *_: self._does("noted"))
        for ending in ("sent", "failed"):
            self._after(Outbox, ending, self._noted)
        write = Storage.write

        def written(storage: Storage, f: Callable[[Any], Any]) -> Any:
            def watched(work: Any) -> Any:
                self._does("other")
                return f(work)

            return write(storage, watched)

        Storage.write = written  # type: ignore[method-assign, assignment]
        self._around_commits()
        self._around_requests()

    def _does(self, what: str, *, unless: bool = False) -> None:
        if not unless:
            self._transaction.done.add(what)

    def _added(self, row: OutboxRow, *_: Any) -> None:
        if row.kind == "reply":
            self._transaction.replies.append(row)
        else:
            self._does("notified")

    def _noted(self, _nothing: None, _outbox: Outbox, this: int, *_: Any) -> None:
        self._does("noted")
        if this in self._firsts:
            self._does("first noted")

    def _around_commits(self) -> None:
        rollback = DefaultDialect.do_rollback

        def around(commit: Callable[..., None]) -> Callable[..., None]:
            def committed(*given: Any) -> None:
                done, replies = self._transaction.done, self._transaction.replies
                kinds = [kind for kind in COMMITS if kind in done and (kind != "other" or len(done) == 1)]
                self._trap.reached(*(COMMITS[kind][0] for kind in kinds))
                commit(*given)
                self._transaction.end()
                # Of the replies of one transaction those of one chat follow each other, if it handled one update.
                self._firsts |= {one.id for one, other in pairwise(replies) if one.chat_id == other.chat_id}
                self._trap.reached(*(COMMITS[kind][1] for kind in kinds))
                if "first noted" in done:
                    self._trap.reached(Boundary.BETWEEN)

            return committed

        def rolled_back(dialect: DefaultDialect, connection: Any) -> None:
            rollback(dialect, connection)  # type: ignore[no-untyped-call]
            self._transaction.end()

        # On PostgreSQL the first one commits; when SQLAlchemy's comes, nothing has been done any more.
        NamedStatements.commit = around(NamedStatements.commit)  # type: ignore[method-assign]
        DefaultDialect.do_commit = around(DefaultDialect.do_commit)  # type: ignore[method-assign]
        DefaultDialect.do_rollback = rolled_back  # type: ignore[method-assign]

    def _around_requests(self) -> None:
        ask = BotApi.ask

        async def asked(api: BotApi, method: str, *given: Any, **named: Any) -> Any:
            if method in SHOWING:
                self._trap.reached(Boundary.SENDING)
            result = await ask(api, method, *given, **named)
            if method in SHOWING:
                self._trap.reached(Boundary.SENT)
            elif method == "answerCallbackQuery":
                self._trap.reached(Boundary.PRESS_ANSWERED)
            return result

        BotApi.ask = asked  # type: ignore[method-assign, assignment]

    @staticmethod
    def _after(holder: type, name: str, look: Callable[..., None]) -> None:
        """Call `look` with the result and the arguments of the method `name`, each time it has run."""
        method = getattr(holder, name)

        @wraps(method)
        def looked_at(*given: Any, **named: Any) -> Any:
            result = method(*given, **named)
            look(result, *given)
            return result

        setattr(holder, name, looked_at)


class Brisk(RateLimits):
    """Lets notices go as fast as they can, for a campaign has more than Telegram permits. Pauses are obeyed."""

    def notice_wait(self, chat: int, now: float) -> float:
        return self.paused(now)

    def room(self, now: float) -> float:
        return self.paused(now)


def _put_clock(seconds: float) -> None:
    """Put the clock ahead; what measures how long something takes goes on as before, as it does on a machine."""
    time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds), tick=True).start()


def main() -> None:
    """Start the command line of the bot, with the trap that the environment asks for, if it asks for one."""
    serving.RateLimits = Brisk  # type: ignore[attr-defined]
    name, _, n = os.environ.pop(STRIKE, "").partition(" ")
    with contextlib.suppress(KeyError):
        boundary = Boundary[name]
        if boundary not in WITHIN:
            sys.exit(f"{name} is no boundary within the bot.")
        Wires(Trap(boundary, int(n))).lay()
    if jump := os.environ.pop(JUMP, ""):
        by, after = map(float, jump.split())
        timer = threading.Timer(after, _put_clock, [by])
        timer.daemon = True
        timer.start()
    from bot.cli.main import main as started

    started()


if __name__ == "__main__":
    main()
