"""Watching the poll: a bot that hears nothing any more connects anew, and ends where that does not help.

What counts is that Telegram answers, whatever it says: a refused token or a conflict is no connection that hangs. Nor
is a network that is away: polls then end at once, `/healthz` says so, and the bot goes on when it is back.
"""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from bot.runtime.errors import Unusable
from bot.runtime.health import Health

log = structlog.get_logger("meldind.polling")

PATIENCE = 90.0
"""Seconds without an answer to any poll."""

TIMES = 3
"""So often in a row; whoever starts the process again helps then."""

CONNECT_SECONDS = 10.0


async def watched(
    poll: Callable[[], Coroutine[Any, Any, None]], health: Health, connect_anew: Callable[[], Awaitable[None]]
) -> None:
    """Poll until cancelled, each time with new connections when no poll was answered for too long.

    Raises Unusable when that was so TIMES times in a row with polls that hang, and whatever `poll` raises.
    """
    in_vain = 0
    while True:
        begun = time.monotonic()
        polling = asyncio.create_task(poll())
        try:
            while (left := max(health.last_heard or begun, begun) + PATIENCE - time.monotonic()) > 0:
                if (await asyncio.wait([polling], timeout=left))[0]:
                    return polling.result()
        finally:
            polling.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await polling
        in_vain = _in_vain(in_vain, health, begun)
        if in_vain == TIMES:
            raise Unusable(
                f"Telegram has answered no poll for {PATIENCE * TIMES:.0f} seconds; "
                "look at the network, and start the bot anew."
            )
        log.warning("no poll was answered, connecting anew", times=in_vain)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CONNECT_SECONDS):
                await connect_anew()


def _in_vain(before: int, health: Health, begun: float) -> int:
    """How often in a row polls have hung, now that those since `begun` did or did not."""
    if (health.last_unreached or begun) > begun:
        return 0
    return 1 if (health.last_heard or begun) > begun else before + 1
