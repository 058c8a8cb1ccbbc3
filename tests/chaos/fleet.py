"""Several workers on one PostgreSQL, of which one is killed at a time while the others go on."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from bot.botapi import BotApiServer
from tests.bot.round_robin import RoundRobin
from tests.chaos.bots import Bot
from tests.chaos.boundaries import OF_THE_LEASE, WITHIN
from tests.chaos.plan import Life


class Fleet:
    """To a campaign it is like a single bot; `started` tells what is started, and who of them is to die, by lot."""

    def __init__(self, workers: list[Bot], chance: Random) -> None:
        self._workers = workers
        self._chance = chance
        self._victim = workers[0]

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self._workers)

    async def start(self, life: Life | None = None) -> None:
        """Start those that do not run; one of these dies at a boundary of its own, else anybody may be killed.

        Where only the one comes that holds the lease for notices, the others stop before, and stay away for that life.
        """
        if life and life.boundary in OF_THE_LEASE:
            await asyncio.gather(*(worker.stop() for worker in self._workers if worker.runs))
            self._victim = self._chance.choice(self._workers)
            await self._victim.start(life)
            return
        idle = [worker for worker in self._workers if not worker.runs]
        if life and life.boundary in WITHIN and idle:
            self._victim = self._chance.choice(idle)
        else:
            self._victim = self._chance.choice(self._workers)
        await asyncio.gather(*(worker.start(life if worker is self._victim else None) for worker in idle))

    async def start_again(self) -> None:
        """Start those of several that have ended by themselves meanwhile, as whoever looks after them would."""
        if self.size > 1:
            await asyncio.gather(*(worker.start() for worker in self._workers if not worker.runs))

    def kill(self) -> None:
        """Kill the one that is to die."""
        self._victim.kill()

    async def ended(self) -> int:
        """Wait for its end; its exit code, or the negative number of the signal that ended it."""
        return await self._victim.ended()

    async def stop(self) -> int:
        """Ask all of them to stop; the exit code of one that did not do so in an orderly way, else 0.

        One of several may have just been started, and end before it has learned to listen: there is nothing to finish.
        """
        codes = await asyncio.gather(*(worker.stop() for worker in self._workers))
        orderly = (0, -signal.SIGTERM) if self.size > 1 else (0,)
        return next((code for code in codes if code not in orderly), 0)

    def end(self) -> None:
        """Kill all of them."""
        for worker in self._workers:
            worker.kill()

    def halt(self) -> None:
        """Let those that run stand still."""
        for worker in self._workers:
            worker.halt()

    def go_on(self) -> None:
        """Let them go on."""
        for worker in self._workers:
            worker.go_on()

    def said(self) -> str:
        """The last of what each of them printed."""
        return "\n\n".join(worker.said() for worker in self._workers)


@asynccontextmanager
async def fleet(server: BotApiServer, url: str, folder: Path, size: int, chance: Random) -> AsyncIterator[Fleet]:
    """So many workers: one that polls, or more that Telegram calls through a proxy."""
    if size == 1:
        own = folder / "worker"  # the bot lets nobody else into its folder, and PostgreSQL's is beside it
        own.mkdir()
        yield Fleet([Bot(server, url, own)], chance)
        return
    proxy = RoundRobin(size)
    workers = []
    for number, port in enumerate(proxy.ports):
        own = folder / f"worker{number}"
        own.mkdir()
        workers.append(Bot(server, url, own, **proxy.environment(port)))
    async with proxy.called():
        yield Fleet(workers, chance)
