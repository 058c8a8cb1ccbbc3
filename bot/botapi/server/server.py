"""The HTTP side of the Bot API: `<root>/bot<token>/<method>` and `<root>/file/bot<token>/<path>`."""

import asyncio
import inspect
import json
import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from time import perf_counter
from types import TracebackType
from typing import Any, Self

from aiohttp import StreamReader, web
from aiohttp.abc import AbstractStreamWriter

from bot.botapi.cloud.clock import Clock
from bot.botapi.cloud.cloud import Call, Cloud
from bot.botapi.cloud.journal import Entry, Journal, Violation
from bot.botapi.cloud.world import World
from bot.botapi.methods import perform
from bot.botapi.methods.receiving import encoded
from bot.botapi.phones.phone import Phone, Phones
from bot.botapi.server import control
from bot.botapi.server.events import Events
from bot.botapi.server.guard import hosts, refusal
from bot.botapi.specification import incoming
from bot.botapi.specification.description import NEWEST
from bot.botapi.specification.errors import ApiError, SpecError
from bot.botapi.specification.spec import CURRENT, Method, Specification
from bot.botapi.specification.values import Upload

BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n"
PAGE = "<html>\r\n<head><title>Welcome to our guest network</title></head>\r\n<body></body>\r\n</html>\r\n"
JSON = {"Content-Type": "application/json"}
Front = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
STOPPING = 0.05  # seconds for open requests when the server stops: nothing is lost


class BotApiServer:
    """A local Telegram for one bot, on loopback: the Bot API, and phones under `/control/`.

    Used as `async with BotApiServer() as server:`; `port` 0 takes a free one. `token` is generated unless given,
    `clock` is the system's unless given, `seed` is that of random choices. `front` answers all other requests, such as
    those for a page that shows the phones. `api_version` is the version of the Bot API that the server speaks: methods
    that came later it does not know, and parameters that came later it ignores; ValueError if it is not described.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        token: str | None = None,
        clock: Clock | None = None,
        seed: int = 0,
        name: str = "Meldind",
        username: str = "meldind_local_bot",
        front: Front | None = None,
        api_version: str = NEWEST,
    ) -> None:
        self.token = token or f"{secrets.randbelow(10**9) + 7 * 10**9}:LOCAL-{secrets.token_urlsafe(24)}"
        self.cloud = Cloud.create(self.token, clock=clock or Clock(), seed=seed, name=name, username=username)
        self.cloud.specification = Specification(api_version)
        self.journal = Journal()
        self._port = port
        self._front = front
        self._runner: web.ServerRunner | None = None
        self._hosts: frozenset[str] = frozenset()
        self._phones: Phones | None = None
        self._control = control.Control(self.cloud, self.journal)
        self.cloud.webhook.carry_out = self._carry_out

    @property
    def url(self) -> str:
        """The root of the Bot API, as TELEGRAM_API_URL wants it: `http://127.0.0.1:<port>`."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_version(self) -> str:
        """The version of the Bot API that the server speaks, such as "10.3"."""
        return self.cloud.specification.version

    @property
    def world(self) -> World:
        """The people, chats, messages and files."""
        return self.cloud.world

    @property
    def events(self) -> Events:
        """The event stream that pages listen to; `tell` adds other events."""
        return self._control.events

    @property
    def violations(self) -> list[Violation]:
        """All violations of the specification or a limit by the bot so far."""
        return self.journal.violations

    def phone(
        self,
        language: str | None = "en",
        first_name: str = "Ida",
        *,
        last_name: str | None = None,
        username: str | None = None,
    ) -> Phone:
        """Returns the phone of a new person, in the private chat with the bot."""
        if self._phones is None:
            raise RuntimeError("the server is not running")
        person = self.world.add_person(first_name, last_name=last_name, username=username, language_code=language)
        return Phone(self._phones, person.id, person.id, first_name, self.world.bot["username"])

    async def __aenter__(self) -> Self:
        server = web.Server(self._handle, request_factory=request_of, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=STOPPING)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._hosts = hosts(self._port)
        self._phones = await Phones(self.url).__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.cloud.webhook.stop()
        self._control.close()
        if self._phones is not None:
            await self._phones.__aexit__(kind, error, trace)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer any request to the server."""
        if why := refusal(request, self._hosts):
            return web.Response(status=HTTPStatus.FORBIDDEN, text=why)
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            return await self._call(request, token, method)
        if path.startswith("/control/"):
            return await self._control.handle(request)
        if path.startswith("/file/bot"):
            token, _, file_path = path[9:].partition("/")
            return self._file(token, file_path)
        if self._front is not None:
            return await self._front(request)
        return failure(ApiError(404, "Not Found"))

    async def _call(self, request: web.BaseRequest, token: str, name: str) -> web.StreamResponse:
        """Answer one Bot API call and add it to the journal."""
        started = perf_counter()
        entry = self.journal.begin(name, self.cloud.clock.now())
        try:
            return await self._answer(request, token, name, entry)
        except SpecError as error:
            entry.violations.append(error.description)
            return failed(entry, error)
        except ApiError as error:
            return failed(entry, error)
        finally:
            entry.took = (perf_counter() - started) * 1000
            self.journal.end(entry)

    async def _answer(self, request: web.BaseRequest, token: str, name: str, entry: Entry) -> web.StreamResponse:
        """Apply faults to the call and perform it. Raises ApiError."""
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        method = self._method(name, entry)
        call = self._checked(method, *await incoming.parameters(request), entry)
        lost = False
        for fault in self.cloud.faults.happening(method.name, entry.chat_id):
            entry.faults.append(fault.kind)
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            elif fault.kind == "cut":
                return cut(request)
            elif fault.kind == "page":
                return web.Response(text=PAGE, content_type="text/html")
            elif fault.kind == "bad_gateway":
                entry.status = HTTPStatus.BAD_GATEWAY
                return web.Response(status=HTTPStatus.BAD_GATEWAY, text=BAD_GATEWAY, content_type="text/html")
            elif error := fault.error():
                raise error
            else:
                lost = True
        try:
            result: Any = perform(call)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            if not lost or isinstance(error, SpecError):
                raise
            entry.error = error.description
            return cut(request)
        if lost:
            return cut(request)
        entry.status = HTTPStatus.OK
        return web.Response(body=b'{"ok":true,"result":' + encoded(result) + b"}", headers=JSON)

    async def _carry_out(self, given: dict[str, Any], uploads: dict[str, Upload]) -> None:
        """Carry out a call that came as a webhook's answer, and add it to the journal."""
        name = str(given.pop("method"))
        started = perf_counter()
        entry = self.journal.begin(name, self.cloud.clock.now())
        try:
            result: Any = perform(self._checked(self._method(name, entry), given, uploads, entry))
            if inspect.isawaitable(result):
                await result
            entry.status = HTTPStatus.OK
        except ApiError as error:
            if isinstance(error, SpecError):
                entry.violations.append(error.description)
            failed(entry, error)
        finally:
            entry.took = (perf_counter() - started) * 1000
            self.journal.end(entry)

    def _method(self, name: str, entry: Entry) -> Method:
        """Returns the method `name`; ApiError 404 if there is none, a violation unless it came with a later version."""
        method = self.cloud.specification.method(name)
        if method is None:
            came_later = CURRENT.method(name) is not None
            raise (ApiError if came_later else SpecError)(code=404, description="Not Found: method not found")
        entry.method = method.name
        return method

    def _checked(self, method: Method, given: dict[str, Any], uploads: dict[str, Upload], entry: Entry) -> Call:
        """Returns the checked call, which `entry` then tells. Raises SpecError."""
        entry.params = given
        params, remarks = method.read(given, uploads)
        entry.violations += remarks
        entry.params = params
        call = Call(self.cloud, method, params, uploads)
        entry.chat_id = chat_of(call)
        self._count(method.name, entry.chat_id)
        return call

    def _count(self, method: str, chat_id: int | None) -> None:
        """Add the call to the last interaction in its chat."""
        chat = self.world.chats.get(chat_id) if chat_id is not None else None
        if chat is not None and chat.interactions:
            chat.interactions[-1].calls.append(method)

    def _file(self, token: str, path: str) -> web.Response:
        """Returns the content of a file by the path that getFile returned."""
        if token != self.token:
            return failure(ApiError(401, "Unauthorized"))
        stored = self.world.files_by_path.get(path)
        if stored is None:
            return failure(ApiError(404, "Not Found"))
        return web.Response(body=stored.content, content_type="application/octet-stream")


def request_of(
    message: Any, payload: StreamReader, protocol: Any, writer: AbstractStreamWriter, task: "asyncio.Task[None]"
) -> web.BaseRequest:
    """Returns a request whose body may be as large as the largest upload."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=incoming.LARGEST_BODY)


def chat_of(call: Call) -> int | None:
    """Returns the chat of a call: given directly, or by its press, inline query or file."""
    params, world = call.params, call.world
    if (chat_id := params.get("chat_id")) is not None:
        return chat_id if isinstance(chat_id, int) else None
    if query := world.queries.get(params.get("callback_query_id", "")):
        return query.chat_id
    if query := world.inline_queries.get(params.get("inline_query_id", "")):
        return query.chat_id
    if stored := world.files.get(params.get("file_id", "")):
        return stored.chat_id
    return None


def failed(entry: Entry, error: ApiError) -> web.Response:
    """Returns the answer for `error`, noted in `entry`."""
    entry.status, entry.error = error.code, error.description
    return failure(error)


def failure(error: ApiError) -> web.Response:
    """Returns the answer for `error` in Telegram's form."""
    body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
    headers = dict(JSON)
    if error.parameters:
        body["parameters"] = dict(error.parameters)
        if "retry_after" in error.parameters:
            headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.Response(body=json.dumps(body).encode(), status=error.code, headers=headers)


def cut(request: web.BaseRequest) -> web.Response:
    """Close the connection without an answer; the returned response is not sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
