"""A small reverse proxy: what Telegram calls goes to the workers in turn."""

import contextlib
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from tests.bot.ports import held_port

SECRET = "a-secret-of-the-crew"


class RoundRobin:
    """Hands each call to the next of `size` workers; where one does not answer, to the one after it."""

    def __init__(self, size: int) -> None:
        self._held = contextlib.ExitStack()
        self.ports = [self._held.enter_context(held_port()) for _ in range(size)]
        self.calls = [0] * size
        """How many calls each worker got and answered."""
        self._port = self._held.enter_context(held_port())
        self._turn = 0

    def environment(self, port: int) -> dict[str, str]:
        """The settings of the worker that listens on `port`."""
        return {
            "MELDIND_MODE": "webhook",
            "WEBHOOK_URL": f"http://127.0.0.1:{self._port}/hook",
            "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
            "WEBHOOK_SECRET": SECRET,
        }

    @contextlib.asynccontextmanager
    async def called(self) -> AsyncIterator[None]:
        """It can be called while the block runs; after it the ports are anybody's."""
        application = web.Application()
        application.router.add_post("/hook", self._hand_round)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port).start()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as self._session:
            try:
                yield
            finally:
                await runner.cleanup()
                self._held.close()

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
