"""The time the server lives by, which a test may stop and move, and a way to wait for something to happen."""

import asyncio
import heapq
import itertools
import time


class Clock:
    """Unix time in seconds: the system's, or standing still from `start` on; either can be moved forward.

    Life times, flood limits and the webhook's pauses go by it; what the network does (delays, long polling) does not.
    """

    def __init__(self, start: float | None = None) -> None:
        self._still = start
        self._ahead = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> float:
        """Seconds since 1970."""
        return (time.time() if self._still is None else self._still) + self._ahead

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once; who slept until then wakes up."""
        self._ahead += seconds
        while self._sleepers and self._sleepers[0][0] <= self.now():
            _, _, sleeper = heapq.heappop(self._sleepers)
            if not sleeper.done():
                sleeper.set_result(None)

    async def sleep(self, seconds: float) -> None:
        """Return when `seconds` have passed on this clock."""
        loop = asyncio.get_running_loop()
        sleeper = loop.create_future()
        heapq.heappush(self._sleepers, (self.now() + seconds, next(self._order), sleeper))
        timer = None if self._still is not None else loop.call_later(seconds, wake, sleeper)
        try:
            await sleeper
        finally:
            if timer is not None:
                timer.cancel()


def wake(sleeper: asyncio.Future[None]) -> None:
    """End a sleep whose time has come, unless it was ended before."""
    if not sleeper.done():
        sleeper.set_result(None)


class Signal:
    """Something that may happen again and again; whoever waits is woken each time."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def fire(self) -> None:
        """It happened."""
        for waiter in self._waiting:
            wake(waiter)
        self._waiting.clear()

    async def wait(self, seconds: float) -> bool:
        """True when it happened within `seconds` of real time, False when it did not."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiter)
        return True
