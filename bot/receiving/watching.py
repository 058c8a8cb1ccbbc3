"""Watches the polls: if no poll is answered, the bot reconnects, and ends if that does not help.

Any answer of Telegram counts: with a refused token or a conflict the connection does not hang. The same holds if the
network is away: polls then fail at once, `/healthz` reports it, and the bot continues when the network is back.
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
"""How many times in a row before the process ends, so that its supervisor restarts it."""

CONNECT_SECONDS = 10.0


async def watched(
    poll: Callable[[], Coroutine[Any, Any, None]], health: Health, connect_anew: Callable[[], Awaitable[None]]
) -> None:
    """Poll until cancelled; reconnect each time when no poll was answered for too long.

    Raises Unusable if polls hung TIMES times in a row, and any error of `poll`.
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
                f"Telegram has not answered for {PATIENCE * TIMES:.0f} seconds. Check the network and restart the bot."
            )
        log.warning("no poll was answered, connecting anew", times=in_vain)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CONNECT_SECONDS):
                await connect_anew()


def _in_vain(before: int, health: Health, begun: float) -> int:
    """Returns how many times in a row polls have hung, including those since `begun`."""
    if (health.last_unreached or begun) > begun:
        return 0
    return 1 if (health.last_heard or begun) > begun else before + 1
