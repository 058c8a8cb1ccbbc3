"""The server's clock, which a test may stop and advance, and a signal to wait for."""

import asyncio
import heapq
import itertools
import time


class Clock:
    """Unix time in seconds: the system's, or stopped at `start`; both can be advanced.

    Lifetimes, flood limits and the webhook's pauses use it; delays and long polling of the network do not.
    """

    def __init__(self, start: float | None = None) -> None:
        self._still = start
        self._ahead = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> float:
        """Returns seconds since 1970."""
        return (time.time() if self._still is None else self._still) + self._ahead

    def advance(self, seconds: float) -> None:
        """Advance by `seconds` at once and wake the sleepers whose time has come."""
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
    """End a sleep, unless it has already ended."""
    if not sleeper.done():
        sleeper.set_result(None)


class Signal:
    """An event that may happen many times; each time, all waiters wake up."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def fire(self) -> None:
        """Wake all waiters."""
        for waiter in self._waiting:
            wake(waiter)
        self._waiting.clear()

    async def wait(self, seconds: float) -> bool:
        """Wait up to `seconds` of real time; returns whether the signal fired."""
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
