"""Several processes on one PostgreSQL, of which one is killed at a time while the others go on."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from bot.botapi import BotApiServer
from tests.bot.round_robin import RoundRobin
from tests.chaos.bots import Bot
from tests.chaos.boundaries import OF_HELPERS, OF_THE_LEASE, WITHIN
from tests.chaos.plan import Clock, Life


class Fleet:
    """To a campaign it is like a single bot; `started` tells what is started, and who of them is to die, by lot."""

    def __init__(self, servers: list[Bot], chance: Random, helpers: list[Bot] | None = None) -> None:
        """`servers` answer people, `helpers` (`meldind worker`) do heavy and timed jobs."""
        self._servers = servers
        self._workers = [*servers, *(helpers or [])]
        self._chance = chance
        self._victim = servers[0]

    @property
    def size(self) -> int:
        """How many of them answer people."""
        return len(self._servers)

    async def start(self, life: Life | None = None) -> bool:
        """Start those that do not run; whether the one that is to die is one of them.

        Who is to die at a boundary of its own, or whose clock jumps, is started for it; else anybody may be killed.
        Where only the one comes that holds the lease for notices, the others that send stop before, and stay away for
        that life.
        """
        if life and life.boundary in OF_THE_LEASE:
            await asyncio.gather(*(server.stop() for server in self._servers if server.runs))
            self._victim = self._chance.choice(self._servers)
            await self._victim.start(life)
            return True
        self._victim = self._chance.choice(self._workers)
        if life and (life.boundary in WITHIN or isinstance(life.injection, Clock)):
            comes_there = self._servers if life.boundary in WITHIN - OF_HELPERS else self._workers
            idle = [worker for worker in comes_there if not worker.runs]
            self._victim = self._chance.choice(idle or comes_there)
            if self._victim.runs:
                await self._victim.stop()
        idle = [worker for worker in self._workers if not worker.runs]
        await asyncio.gather(*(worker.start(life if worker is self._victim else None) for worker in idle))
        return self._victim in idle

    async def start_again(self) -> None:
        """Start those of several that have ended by themselves meanwhile, as whoever looks after them would."""
        if len(self._workers) > 1:
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
        orderly = (0, -signal.SIGTERM) if len(self._workers) > 1 else (0,)
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
async def fleet(
    server: BotApiServer, url: str, folder: Path, size: int, chance: Random, helpers: int = 0
) -> AsyncIterator[Fleet]:
    """So many processes that answer people: one that polls, or more that Telegram calls through a proxy.

    Beside them are so many `helpers`.
    """
    beside = []
    for number in range(helpers):
        own = folder / f"helper{number}"
        own.mkdir()
        beside.append(Bot(server, url, own, "worker"))
    if size == 1:
        own = folder / "worker"  # the bot lets nobody else into its folder, and PostgreSQL's is beside it
        own.mkdir()
        yield Fleet([Bot(server, url, own)], chance, beside)
        return
    proxy = RoundRobin(size)
    workers = []
    for number, port in enumerate(proxy.ports):
        own = folder / f"worker{number}"
        own.mkdir()
        workers.append(Bot(server, url, own, **proxy.environment(port)))
    async with proxy.called():
        yield Fleet(workers, chance, beside)
