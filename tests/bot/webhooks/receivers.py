"""Receivers of webhooks on this machine, which answer as they are told to, or not at all."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from standardwebhooks import Webhook

from bot.webhooks.guard import Guard

Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def local_guard() -> Guard:
    """A guard that lets this machine be called, without encryption."""
    return Guard(allowed=lambda _address: True, https_only=False)


@dataclass
class Receiver:
    """A system that is told. It answers with `status`, after `pause` seconds."""

    port: int = 0
    status: int = 200
    pause: float = 0.0
    headers: str = ""
    got: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?key=1"

    def read(self, secret: str) -> list[dict[str, Any]]:
        """What it got, each verified as any receiver would."""
        return [Webhook(secret).verify(body, dict(headers)) for headers, body in self.got]

    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            self.got.append(await request(reader))
            self.came.set()
            await asyncio.sleep(self.pause)
            writer.write(f"HTTP/1.1 {self.status} -\r\n{self.headers}Content-Length: 2\r\n\r\nok".encode())
            await writer.drain()
        finally:
            self.at_once -= 1


async def request(reader: asyncio.StreamReader) -> tuple[dict[str, str], bytes]:
    """The headers and the body of a request."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = [line.partition(":") for line in head.split("\r\n")[1:] if line]
    headers = {name.lower(): value.strip() for name, _colon, value in lines}
    return headers, await reader.readexactly(int(headers["content-length"]))


@contextlib.asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[int]:
    """A server that talks like that; its port."""
    talks: set[asyncio.Task[None]] = set()

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        this = asyncio.current_task()
        assert this is not None
        talks.add(this)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await talk(reader, writer)
        writer.close()
        talks.discard(this)

    server = await asyncio.start_server(served, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for each in talks:
            each.cancel()


@contextlib.asynccontextmanager
async def receiving(**how: Any) -> AsyncIterator[Receiver]:
    """A receiver that answers."""
    receiver = Receiver(**how)
    async with listening(receiver.talk) as receiver.port:
        yield receiver
