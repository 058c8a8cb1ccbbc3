"""Timers of the process. They only look; the database says what is due and ensures that it happens once."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from bot.runtime.logs import described
from storage.engine.errors import StorageClosed

log = structlog.get_logger("meldind.timers")


async def look_every(seconds: float, look: Callable[[], Awaitable[None]], what: str) -> None:
    """Call `look` every `seconds` until cancelled or the storage is closed; errors are logged and do not end it.

    `what` names the look in the log.
    """
    await look_when_told(asyncio.Event(), seconds, look, what)


async def look_when_told(
    told: asyncio.Event, seconds: float, look: Callable[[], Awaitable[float | None]], what: str
) -> None:
    """Like `look_every`, and also at once when `told` is set, even if that happens during a look.

    If `look` returns a number, the next look is after that many seconds.
    """
    while True:
        told.clear()
        pause = None
        try:
            pause = await look()
        except StorageClosed:
            return
        except Exception as error:  # noqa: BLE001 - the database may be away; the next look is soon
            log.warning("cannot look, trying again", what=what, **described(error))
        await told_within(seconds if pause is None else pause, told)


def longer(pause: float, longest: float, *, first: float = 0.5) -> float:
    """The pause after `pause` in a loop that waits ever longer, in seconds: `first`, then doubled up to `longest`."""
    return min(max(2 * pause, first), longest)


async def told_within(seconds: float, told: asyncio.Event) -> None:
    """Wait for `seconds`, or until `told` is set."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await told.wait()
