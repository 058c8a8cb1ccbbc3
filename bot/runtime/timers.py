"""The timers of the process: they only look; what is due, and that it happens once, is in the database."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog

from bot.runtime.logs import described
from storage.engine.errors import StorageClosed

log = structlog.get_logger("meldind.timers")


async def look_every(seconds: float, look: Callable[[], Awaitable[None]], what: str) -> None:
    """Call `look` again and again until cancelled or the storage is closed; one that fails is followed by the next.

    `what` is looked for, as the log says it when it cannot be.
    """
    await look_when_told(asyncio.Event(), seconds, look, what)


async def look_when_told(
    told: asyncio.Event, seconds: float, look: Callable[[], Awaitable[float | None]], what: str
) -> None:
    """As `look_every`, and at once when `told`, which is never missed while it looks.

    Where `look` returns a number, the next look is after so many seconds.
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


async def told_within(seconds: float, told: asyncio.Event) -> None:
    """Wait so long, or until `told`."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await told.wait()
