"""Requests to the Bot API over kept-alive connections.

What matters to whoever sends is not which exception was raised but whether the request may have arrived. So:
`NotSent`: it certainly did not; `ServerTrouble`: the server said that it failed; any other `NetworkError`: unknown.
"""

import asyncio
import socket
import ssl
from collections.abc import Coroutine
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from aiohappyeyeballs import start_connection

from bot.errors import AnswerTooLarge, NetworkError, NotSent, TimedOut
from bot.wire import Broken, Connection, Malformed, TooLarge

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
UPLOAD_SECONDS = 60.0
IDLE_SECONDS = 15.0
"""A connection that was not used for so long is not used again: the other side may be about to close it."""

LARGEST_ANSWER = 20 * 1024 * 1024
"""Telegram hands out no file above this, and an answer is far smaller."""

_OTHER_ADDRESS_SECONDS = 0.25
"""How long one address of a host is tried alone (happy eyeballs)."""


Result = TypeVar("Result")


class Response(NamedTuple):
    """What the server answered."""

    status: int
    body: bytes


class Connections:
    """At most `most` connections to the server at `root`."""

    def __init__(self, root: str, most: int) -> None:
        parts = urlsplit(root)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._secure else 80)
        self._most = most
        self._path = parts.path.rstrip("/")
        self._headers = f"HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\nUser-Agent: Meldind\r\n"
        self._idle: list[Connection] = []
        self._room: asyncio.Semaphore | None = None  # None: closed
        self._tls: ssl.SSLContext | None = None

    def open(self) -> None:
        """Take requests from now on."""
        if self._room is None:
            self._room = asyncio.Semaphore(self._most)

    async def close(self) -> None:
        """Take no more; a request under way ends by itself, without its connection being kept."""
        self._room = None
        while self._idle:
            self._idle.pop().close()
        await asyncio.sleep(0)  # asyncio closes a socket in the next round of its loop, if there is one

    async def post(self, path: str, body: bytes, kind: str, seconds: float = READ_SECONDS) -> Response:
        """Send `body`, which is of that content type."""
        head = f"POST {self._path}{path} {self._headers}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return await self._ask(head.encode("ascii") + body, seconds)

    async def get(self, path: str, seconds: float = READ_SECONDS) -> Response:
        """Ask for what is at `path`."""
        return await self._ask(f"GET {self._path}{path} {self._headers}\r\n".encode("ascii"), seconds)

    async def _ask(self, request: bytes, seconds: float) -> Response:
        room = self._room
        if room is None:
            raise NotSent("The connection is closed; nothing was sent.")
        connection = await self._connection(room)
        try:
            answer = await connection.ask(request, seconds, LARGEST_ANSWER)
        except TimeoutError as error:
            raise TimedOut(f"No answer within {seconds:g} seconds.") from error
        except TooLarge as error:
            raise AnswerTooLarge("The answer is larger than any file Telegram hands out.") from error
        except (Broken, Malformed) as error:
            raise NetworkError(f"The connection broke ({type(error).__name__}: {error}).") from error
        finally:
            room.release()
            if room is not self._room:
                connection.close()
            elif connection.open:
                self._idle.append(connection)
        # A redirect is not followed: it would carry the token, which is part of the path, to somebody else.
        return Response(answer.status, answer.body)

    async def _connection(self, room: asyncio.Semaphore) -> Connection:
        """One that is free, or a new one; it takes a place of `room`."""
        await (_in_time(room.acquire()) if room.locked() else room.acquire())
        try:
            kept = self._kept()
            return await _in_time(self._connected()) if kept is None else kept
        except BaseException:
            room.release()
            raise

    def _kept(self) -> Connection | None:
        """The one that was used last, if it can still be used."""
        unused_since = asyncio.get_running_loop().time() - IDLE_SECONDS
        while self._idle:
            connection = self._idle.pop()
            if connection.open and connection.idle_since > unused_since:
                return connection
            connection.close()
        return None

    async def _connected(self) -> Connection:
        if self._secure and self._tls is None:
            self._tls = ssl.create_default_context()
        loop = asyncio.get_running_loop()
        addresses = await loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
        # asyncio's own way of trying several addresses leaves a socket open when it is cancelled
        reached = await start_connection(addresses, happy_eyeballs_delay=_OTHER_ADDRESS_SECONDS, interleave=1)
        name = self._host if self._secure else None
        _transport, connection = await loop.create_connection(
            Connection, sock=reached, ssl=self._tls, server_hostname=name
        )
        return connection


async def _in_time(connecting: Coroutine[Any, Any, Result]) -> Result:
    """What `connecting` gives. Without a connection nothing has been sent."""
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await connecting
    except (OSError, TimeoutError) as error:
        raise NotSent(f"Telegram cannot be reached ({type(error).__name__}); nothing was sent.") from error
