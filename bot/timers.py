"""The timers of the process: they only look; what is due, and that it happens once, is in the database."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.logs import described
from storage.errors import StorageClosed

log = structlog.get_logger("meldind.timers")


async def look_every(seconds: float, look: Callable[[], Awaitable[None]], what: str) -> None:
    """Call `look` again and again until cancelled or the storage is closed; one that fails is followed by the next.

    `what` is looked for, as the log says it when it cannot be.
    """
    while True:
        try:
            await look()
        except StorageClosed:
            return
        except Exception as error:  # noqa: BLE001 - the database may be away; the next look is soon
            log.warning("cannot look, trying again", what=what, **described(error))
        await asyncio.sleep(seconds)
