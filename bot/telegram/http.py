"""HTTP to the Bot API: python-telegram-bot's requests through pyreqwest.

The errors tell the caller whether the request may have arrived. `NotSent`: it did not; `ServerTrouble`: the server
reported a failure; any other `NetworkError`, such as `NotTelegram`: unknown.
"""

import asyncio
import sys
import threading
import time
from collections.abc import Coroutine, Mapping
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from typing import IO, Any, TypeVar

import structlog
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import DetailedPyreqwestError, PoolTimeoutError, PyreqwestError
from pyreqwest.multipart import FormBuilder, PartBuilder
from pyreqwest.proxy import ProxyBuilder
from pyreqwest.request import RequestBuilder
from pyreqwest.response import Response
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.runtime.cancelling import heeding_cancellation
from bot.runtime.errors import AnswerTooLarge, Flood, NotSent, NotTelegram, ServerTrouble
from storage.engine.jsons import read, written

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
TRANSFER_SECONDS = 60.0
"""Additional seconds for a file, in either direction."""
NO_CONNECTION = "client error (Connect)"
"""reqwest's texts for a connection that was never made."""
LARGEST_ANSWER = 20 * 1024 * 1024
"""The largest file that Telegram sends; other answers are far smaller."""
A_MOMENT = 0.001
LEAVING_SECONDS = 2.0

Result = TypeVar("Result")


def run_requests(main: Coroutine[Any, Any, Result]) -> Result:
    """Like `asyncio.run`, for a `main` that makes requests: afterwards the process can end safely.

    pyreqwest's thread wakes the event loop and runs Python code meanwhile. If the process ends during that, Python up
    to 3.13 kills that thread and then aborts: PyGILState_Release, exit code 134.
    """
    try:
        return asyncio.run(main)
    finally:
        _wait_for_foreign_threads()


def _wait_for_foreign_threads() -> None:
    """Wait until no foreign thread runs Python code. A closed loop is not woken any more."""
    give_up = time.monotonic() + LEAVING_SECONDS
    while time.monotonic() < give_up:
        ours = {thread.ident for thread in threading.enumerate()}
        if sys._current_frames().keys() <= ours:
            return
        time.sleep(A_MOMENT)


LONGEST_BELIEVED = 86_400.0
UNBELIEVED_SECONDS, UNTOLD_SECONDS = 60.0, 3.0
"""The pause in seconds if Telegram gives none, or one of more than a day, which is an error."""

log = structlog.get_logger("meldind.http")


class Encoded(RequestData):  # type: ignore[misc]  # final, but BaseRequest only hands it on to `do_request`
    """Parameters without files, encoded at once as the JSON that is sent."""

    __slots__ = ("body",)

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        super().__init__([])
        self.body = written(parameters)


class PooledRequest(BaseRequest):
    """A pool of kept-alive connections, through `proxy` if given."""

    __slots__ = ("_client", "_connections", "_proxy", "_read_timeout")

    def __init__(self, connections: int, read_timeout: float = READ_SECONDS, proxy: str | None = None) -> None:
        self._connections = connections
        self._proxy = proxy
        self._read_timeout = read_timeout
        self._client: Client | None = None

    @property
    def read_timeout(self) -> float:
        """The default time limit of an answer in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool if it is not open."""
        if self._client is None:
            # Proxy variables of the environment are read only in the settings.
            builder = ClientBuilder().no_proxy()
            if self._proxy is not None:
                builder = builder.proxy(ProxyBuilder.all(self._proxy))
            self._client = (
                builder.max_connections(self._connections)
                .connect_timeout(_seconds(CONNECT_SECONDS))
                .pool_timeout(_seconds(CONNECT_SECONDS))
                .follow_redirects(enable=False)  # a redirect would send the token to another server
                .user_agent(self.USER_AGENT)
                .build()
            )

    async def shutdown(self) -> None:
        """Close the pool; `initialize` opens a new one."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the interface has it
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Send one request; returns the status and the body of the answer.

        Of the time limits only `read_timeout` is used, for the whole answer; the pool has the others.
        """
        if self._client is None:
            raise NotSent("The connection is closed; nothing was sent.")
        with_file = request_data is None or request_data.contains_files  # a request without parameters fetches a file
        seconds = self._read_timeout if read_timeout is BaseRequest.DEFAULT_NONE else float(read_timeout)
        request = _packed(self._client.request(method, url), request_data)
        request = request.timeout(_seconds(seconds + TRANSFER_SECONDS if with_file else seconds))
        try:
            with heeding_cancellation():
                async with request.build_streamed() as response:
                    answer = await _read(response)
                    status = response.status
        except PyreqwestError as error:
            raise _told_apart(error, seconds) from None  # the original text contains the token
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerTrouble(f"The Bot API server failed ({status}).")
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise Flood(_retry_after(answer))
        refused = method == "POST" and not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
        # A web page with status 403 or 404 means nothing about a person or the token.
        if refused and self.parse_json_payload(answer)["ok"]:
            raise NotTelegram(f"The answer is a result with status {status}, so it is not Telegram's.")
        return status, answer

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Returns the answer as a dictionary. Unlike the library's method, it never logs what it could not parse.

        Raises NotTelegram if it is not an answer of the Bot API.
        """
        try:
            parsed = read(payload)
        except (ValueError, RecursionError) as error:
            raise NotTelegram("The answer is not JSON, so it is not Telegram's.") from error
        if not isinstance(parsed, dict) or not isinstance(parsed.get("ok"), bool):
            raise NotTelegram("The answer is not one of Telegram's.")
        return parsed


def _whole(content: bytes | IO[bytes]) -> bytes:
    return content if isinstance(content, bytes) else content.read()


@cache
def _seconds(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def _packed(request: RequestBuilder, request_data: RequestData | None) -> RequestBuilder:
    """Returns the request with its body."""
    if request_data is None:
        return request
    if not request_data.contains_files:
        encoded = request_data if isinstance(request_data, Encoded) else Encoded(request_data.parameters)
        return request.body_bytes(encoded.body).header("Content-Type", "application/json")
    form = FormBuilder().percent_encode_noop()  # as browsers do
    for name, value in request_data.json_parameters.items():
        form = form.text(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form = form.part(name, PartBuilder.from_bytes(_whole(content)).file_name(filename).mime(mime))
    return request.multipart(form)


def _told_apart(error: PyreqwestError, seconds: float) -> NetworkError:
    """The error that tells whether the request may have arrived. pyreqwest's classes do not tell it: a connection that
    broke later is also a connect error. reqwest's cause tells it; without a cause the request may have arrived.
    """
    causes = (error.details["causes"] or []) if isinstance(error, DetailedPyreqwestError) else []
    if isinstance(error, PoolTimeoutError) or any(cause["message"] == NO_CONNECTION for cause in causes):
        return NotSent(f"Telegram cannot be reached ({type(error).__name__}); nothing was sent.")
    if isinstance(error, TimeoutError):
        return TimedOut(f"No answer within {seconds:g} seconds.")
    return NetworkError(f"The connection broke ({type(error).__name__}).")


def _retry_after(answer: bytes) -> float:
    """Returns the seconds of the pause that Telegram demands; a default if it is missing or unreasonable."""
    try:
        asked = float(read(answer)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError, OverflowError):
        return UNTOLD_SECONDS
    if asked > LONGEST_BELIEVED:
        log.warning("a pause of more than a day is not believed", asked=asked, seconds=UNBELIEVED_SECONDS)
        return UNBELIEVED_SECONDS
    return max(asked, 0.0)


async def _read(response: Response) -> bytes:
    body = bytearray()
    while (chunk := await response.body_reader.read_chunk()) is not None:
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise AnswerTooLarge("The answer is larger than any file Telegram hands out.")
    return bytes(body)
