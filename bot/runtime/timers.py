"""Timers of the process. They only look; the database says what is due and ensures that it happens once."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

from bot.runtime.logs import described
from storage.engine.errors import StorageClosed

log = structlog.get_logger("meldind.timers")

Elsewhere: TypeAlias = Callable[[], Awaitable[bool]]
"""Whether another process does a timed job now, so that this one can leave it."""


async def never() -> bool:
    """Nothing is done elsewhere."""
    return False


class Timer:
    """Calls `look` at once, then every `seconds`, and whenever it is told to look now.

    If `look` returns a number, the next look is after that many seconds. Errors are logged and do not end the timer;
    `what` names the look in the log.
    """

    def __init__(self, what: str, seconds: float, look: Callable[[], Awaitable[float | None]]) -> None:
        self._what = what
        self.seconds = seconds
        self._look = look
        self._told = asyncio.Event()
        self._stopped = False

    def look_now(self) -> None:
        """Look at once, or once more if a look is under way."""
        self._told.set()

    def stop(self) -> None:
        """Start no further look; `run` returns after the one under way."""
        self._stopped = True
        self._told.set()

    async def run(self) -> None:
        """Look again and again until stopped, cancelled, or the storage is closed."""
        while not self._stopped:
            self._told.clear()
            pause = None
            try:
                pause = await self._look()
            except StorageClosed:
                return
            except Exception as error:  # noqa: BLE001 - the database may be away; the next look is soon
                log.warning("cannot look, trying again", what=self._what, **described(error))
            if not self._stopped:
                await told_within(self.seconds if pause is None else pause, self._told)


def longer(pause: float, longest: float, *, first: float = 0.5) -> float:
    """Returns the pause after `pause` in a loop that waits ever longer, in seconds: `first`, then doubled up to
    `longest`.
    """
    return min(max(2 * pause, first), longest)


async def told_within(seconds: float, told: asyncio.Event) -> None:
    """Wait for `seconds`, or until `told` is set."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await told.wait()
