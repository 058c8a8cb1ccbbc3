"""Several workers, each a process of its own, on one PostgreSQL behind a small round-robin, as Telegram calls them."""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from bot.botapi import BotApiServer
from storage.session.schema import migrate
from storage.session.storage import Storage
from tests.bot.process import BotProcess
from tests.bot.round_robin import RoundRobin
from tests.bot.stage import until
from tests.storage.chat import next_due_at


class Crew:
    """The workers, the server that calls them, and the storage they share."""

    def __init__(self, server: BotApiServer, url: str, folder: Path, size: int) -> None:
        self.server = server
        self.storage = Storage.open(url)
        self.round_robin = RoundRobin(size)
        self.workers: list[BotProcess] = []
        for number, port in enumerate(self.round_robin.ports):
            given = {"DATABASE_URL": url, **self.round_robin.environment(port)}
            self.workers.append(BotProcess(server, folder / f"worker{number}", **given))

    @property
    def calls(self) -> list[int]:
        """How many calls each worker got and answered."""
        return self.round_robin.calls

    async def are_there(self, count: int) -> None:
        """Wait until so many workers have joined and Telegram has been told where to call."""

        async def joined() -> bool:
            names = await self.storage.read(lambda work: work.workers.names())
            told = [entry for entry in self.server.journal.entries if entry.method == "setWebhook" and entry.status]
            return len(names) >= count and len(told) >= count

        try:
            await until(joined, 60)
        except TimeoutError:
            raise AssertionError("\n".join(worker.log.read_text() for worker in self.workers)) from None

    async def settles(self) -> None:
        """Wait until nothing waits any more."""

        async def settled() -> bool:
            return not self.server.cloud.updates.waiting and await self.storage.read(
                lambda work: work.inbox.oldest_pending() is None and next_due_at(work) is None
            )

        await until(settled, 60)


@contextlib.asynccontextmanager
async def crew(url: str, folder: Path, size: int = 2) -> AsyncIterator[Crew]:
    """`size` workers at work; at the end none runs any more, and no request broke the specification."""
    migrate(url)
    async with BotApiServer() as server:
        made = Crew(server, url, folder, size)
        async with made.round_robin.called():
            for worker in made.workers:
                await worker.start()
            try:
                await made.are_there(size)
                yield made
            finally:
                for worker in made.workers:
                    with contextlib.suppress(ProcessLookupError):
                        await worker.kill()
                await made.storage.close()
        assert server.violations == []
