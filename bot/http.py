"""HTTP to the Bot API: python-telegram-bot's requests, carried by aiohttp.

What matters to whoever sends is not which exception was raised but whether the request may have arrived. So:
`NotSent`: it certainly did not; `ServerTrouble`: the server said that it failed; any other `NetworkError`: unknown.
"""

import json
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.errors import AnswerTooLarge, Flood, NotSent, ServerTrouble

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
UPLOAD_SECONDS = 60.0
LARGEST_ANSWER = 20 * 1024 * 1024
"""Telegram hands out no file above this, and an answer is far smaller."""

_JSON: Mapping[str, str] = {"Content-Type": "application/json"}


class Encoded(RequestData):  # type: ignore[misc]  # final, but BaseRequest only hands it on to `do_request`
    """Parameters without files, written as the JSON that is sent, and not first taken apart one by one."""

    __slots__ = ("body",)

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        super().__init__([])
        self.body = json.dumps(parameters).encode()


class AiohttpRequest(BaseRequest):
    """One pool of kept-alive connections."""

    __slots__ = ("_connections", "_read_timeout", "_session")

    def __init__(self, connections: int, read_timeout: float = READ_SECONDS) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long an answer may take where the caller does not say."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool, if it is not open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close the pool; `initialize` opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request and return the status and the body of the answer."""
        if self._session is None:
            raise NotSent("The connection is closed; nothing was sent.")
        uploads = request_data is not None and request_data.contains_files
        reading = _given(read_timeout, self._read_timeout) or 0
        writing = _given(write_timeout, UPLOAD_SECONDS if uploads else READ_SECONDS) or 0
        connecting = _given(connect_timeout, CONNECT_SECONDS)
        timeout = _timeout(reading, writing, connecting, _given(pool_timeout, CONNECT_SECONDS) or connecting)
        body, headers = _packed(request_data)
        try:
            # A redirect would carry the token, which is part of the path, to somebody else.
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                answer = await _read(response)
                status = response.status
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NotSent(f"Telegram cannot be reached ({type(error).__name__}); nothing was sent.") from error
        except TimeoutError as error:
            raise TimedOut(f"No answer within {reading:g} seconds.") from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"The connection broke ({type(error).__name__}).") from error
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerTrouble(f"The Bot API server failed ({status}).")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flood(_retry_after(answer))
        return status, answer

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dictionary. Unlike the library's own, this never logs what it could not read."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            raise TelegramError("The answer is not JSON.") from error
        if not isinstance(parsed, dict):
            raise TelegramError("The answer is not a JSON object.")
        return parsed


def _given(timeout: Any, otherwise: float | None) -> float | None:
    seconds = otherwise if timeout is BaseRequest.DEFAULT_NONE else timeout
    return None if seconds is None else float(seconds)


@cache
def _timeout(reading: float, writing: float, connecting: float | None, pool: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=reading + writing + (connecting or 0) or None,
        connect=pool,  # a connection, from the pool or newly made: without one nothing has been sent
        sock_connect=connecting,
        sock_read=reading or None,
    )


def _packed(request_data: RequestData | None) -> tuple[aiohttp.FormData | bytes | None, Mapping[str, str]]:
    """The body of a request, and the headers that go with it."""
    if request_data is None:
        return None, {}
    if isinstance(request_data, Encoded):
        return request_data.body, _JSON
    if not request_data.contains_files:
        return json.dumps(request_data.parameters).encode(), _JSON
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}


def _retry_after(answer: bytes) -> float:
    """The seconds Telegram asks to wait; a few where it does not say."""
    try:
        return max(float(json.loads(answer)["parameters"]["retry_after"]), 0.0)
    except (ValueError, KeyError, TypeError):
        return 3.0


async def _read(response: aiohttp.ClientResponse) -> bytes:
    if response.content_length is not None and response.content_length <= LARGEST_ANSWER:
        return await response.read()
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise AnswerTooLarge("The answer is larger than any file Telegram hands out.")
    return bytes(body)
