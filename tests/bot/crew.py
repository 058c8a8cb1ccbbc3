"""Several workers, each a process of its own, on one PostgreSQL behind a small round-robin, as Telegram calls them."""

import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.botapi import BotApiServer
from storage.schema import migrate
from storage.storage import Storage
from tests.bot.process import BotProcess
from tests.bot.stage import until

SECRET = "a-secret-of-the-crew"


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


class Crew:
    """The workers, the server that calls them, and the storage they share."""

    def __init__(self, server: BotApiServer, url: str, folder: Path, size: int) -> None:
        self.server = server
        self.storage = Storage.open(url)
        self.ports = [free_port() for _ in range(size)]
        self.calls = [0] * size
        """How many calls each worker got and answered."""
        self.workers: list[BotProcess] = []
        self._address = f"127.0.0.1:{free_port()}"
        self._turn = 0
        for number, port in enumerate(self.ports):
            own = folder / f"worker{number}"
            own.mkdir()
            given = {
                "DATABASE_URL": url,
                "MELDIND_MODE": "webhook",
                "WEBHOOK_URL": f"http://{self._address}/hook",
                "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
                "WEBHOOK_SECRET": SECRET,
            }
            self.workers.append(BotProcess(server, own, **given))

    @contextlib.asynccontextmanager
    async def called(self) -> AsyncIterator[None]:
        """Telegram's calls go to the workers in turn; where one does not answer, the next one gets it."""
        application = web.Application()
        application.router.add_post("/hook", self._hand_round)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        host, _, port = self._address.rpartition(":")
        await web.TCPSite(runner, host, int(port)).start()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as self._session:
            try:
                yield
            finally:
                await runner.cleanup()

    async def _hand_round(self, request: web.Request) -> web.Response:
        body = await request.read()
        for _ in self.ports:
            self._turn = (self._turn + 1) % len(self.ports)
            number, target = self._turn, f"http://127.0.0.1:{self.ports[self._turn]}/hook"
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with self._session.post(target, data=body, headers=request.headers) as response:
                    self.calls[number] += response.status == 200
                    return web.Response(status=response.status)
        return web.Response(status=502)

    async def are_there(self, count: int) -> None:
        """Wait until so many workers have joined and Telegram has been told where to call."""

        async def joined() -> bool:
            names = await self.storage.read(lambda work: work.workers.names())
            told = [entry for entry in self.server.journal.entries if entry.method == "setWebhook" and entry.status]
            return len(names) >= count and len(told) >= count

        await until(joined, 60)

    async def settles(self) -> None:
        """Wait until nothing waits any more."""

        async def settled() -> bool:
            return not self.server.cloud.updates.waiting and await self.storage.read(
                lambda work: work.inbox.oldest_pending() is None and work.outbox.next_due_at() is None
            )

        await until(settled, 60)


@contextlib.asynccontextmanager
async def crew(url: str, folder: Path, size: int = 2) -> AsyncIterator[Crew]:
    """`size` workers at work; at the end none runs any more, and no request broke the specification."""
    migrate(url)
    async with BotApiServer() as server:
        made = Crew(server, url, folder, size)
        async with made.called():
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
