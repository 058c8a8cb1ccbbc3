"""Requests to the Bot API: what may have arrived is told from what certainly did not."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.api import BotApi, Upload
from bot.botapi import BotApiServer
from bot.errors import (
    AnswerTooLarge,
    BadRequest,
    ChatMigrated,
    Flood,
    Forbidden,
    InvalidToken,
    NetworkError,
    NotSent,
    ServerTrouble,
    TelegramError,
    TimedOut,
)
from bot.http import Connections
from bot.results import result

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running


@pytest.fixture
async def api(server: BotApiServer) -> AsyncIterator[BotApi]:
    api = BotApi(server.token, server.url)
    await api.connect()
    yield api
    await api.disconnect()


async def test_files_go_there_and_come_back(server: BotApiServer, api: BotApi) -> None:
    assert (await api.ask("getMe", {}))["username"] == "meldind_local_bot"
    phone = server.phone()
    await phone.starts()
    document = Upload("æøå".encode(), 'rapport "1".csv')
    keyboard = {"inline_keyboard": [[{"text": "Æ", "callback_data": "-"}]]}
    parameters = {"chat_id": phone.person_id, "document": document, "caption": "Her & nu", "reply_markup": keyboard}
    sent = await api.ask("sendDocument", parameters)
    assert sent["reply_markup"] == keyboard
    assert sent["caption"] == "Her & nu"
    assert sent["document"]["mime_type"] == "text/csv"
    assert await api.download(sent["document"]["file_id"]) == "æøå".encode()
    assert server.violations == []


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("too_many_requests", Flood),
        ("internal_error", ServerTrouble),
        ("bad_gateway", ServerTrouble),
        ("cut", NetworkError),
        ("unauthorized", InvalidToken),
        ("not_found", InvalidToken),
    ],
)
async def test_every_answer_has_its_error(
    server: BotApiServer, api: BotApi, kind: str, error: type[TelegramError]
) -> None:
    server.cloud.faults.add(kind, method="getMe", seconds=7)  # type: ignore[arg-type]
    with pytest.raises(error) as raised:
        await api.ask("getMe", {})
    assert not isinstance(raised.value, NotSent)
    if isinstance(raised.value, Flood):
        assert raised.value.seconds == 7
    assert server.token not in str(raised.value)


async def test_people_who_never_wrote_cannot_be_written_to(server: BotApiServer, api: BotApi) -> None:
    phone = server.phone()
    with pytest.raises((BadRequest, Forbidden)):
        await api.ask("sendMessage", {"chat_id": phone.person_id, "text": "x"})


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        api = BotApi("123:" + "a" * 30, f"http://127.0.0.1:{reserved.getsockname()[1]}")
        await api.connect()
        with pytest.raises(NotSent):
            await api.ask("getMe", {})
        await api.disconnect()
        with pytest.raises(NotSent):
            await api.ask("getMe", {})


@contextlib.asynccontextmanager
async def listening(talk: Talk, most: int = 1) -> AsyncIterator[Connections]:
    """Connections to a server that does `talk` on each."""

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await talk(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    listener = await asyncio.start_server(served, "127.0.0.1", 0)
    connections = Connections(f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}", most)
    connections.open()
    yield connections
    await connections.close()
    listener.close()


async def test_a_server_that_is_silent_may_have_heard() -> None:
    heard = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.read()  # until the other side gives up
        heard.set()

    async with listening(silent) as connections:
        with pytest.raises(TimedOut) as raised:
            await connections.get("/", seconds=0.05)
        assert not isinstance(raised.value, NotSent)
        await heard.wait()


async def test_a_connection_serves_one_request_after_another_and_a_new_one_follows_a_broken_one() -> None:
    asked: list[int] = []

    async def twice_then_cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(0)
        for _time in range(2):
            await reader.readuntil(b"\r\n\r\n")
            asked[-1] += 1
            writer.write(OK)
        await reader.readuntil(b"\r\n\r\n")

    async with listening(twice_then_cut) as connections:
        for _time in range(2):
            assert await asyncio.gather(*(connections.get("/") for _each in range(2))) == [(200, b"OK")] * 2
            with pytest.raises(NetworkError) as raised:
                await connections.get("/")
            assert not isinstance(raised.value, NotSent)
    assert asked == [2, 2]


async def test_who_is_cancelled_leaves_no_answer_to_the_next() -> None:
    began = asyncio.Event()
    connected = 0

    async def slow_at_first(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connected
        connected += 1
        await reader.readuntil(b"\r\n\r\n")
        began.set()
        if connected == 1:
            await reader.read()
        writer.write(OK)

    async with listening(slow_at_first) as connections:
        first = asyncio.create_task(connections.get("/first"))
        await began.wait()
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert await connections.get("/second") == (200, b"OK")
    assert connected == 2


async def test_what_is_no_http_is_told_without_what_it_said() -> None:
    async def other(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 somebody's mail server\r\n\r\n")

    async with listening(other) as connections:
        with pytest.raises(NetworkError) as raised:
            await connections.get("/")
    assert "mail" not in str(raised.value)


async def test_redirects_are_not_followed_and_answers_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if asked.startswith(b"GET /large "):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2048\r\n\r\n" + b"x" * 2048)
        else:
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    monkeypatch.setattr("bot.http.LARGEST_ANSWER", 1024)
    async with listening(answer, most=2) as connections:
        assert (await connections.get("/elsewhere")).status == 302
        with pytest.raises(AnswerTooLarge):
            await connections.get("/large")


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b"[" * 100_000, b"\xff\xfe"])
def test_an_answer_that_is_no_json_is_an_error_and_is_not_logged(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(TelegramError):
        result(200, body)
    assert caplog.records == []


def test_a_group_that_moved_says_where() -> None:
    with pytest.raises(ChatMigrated) as raised:
        result(400, b'{"ok": false, "description": "x", "parameters": {"migrate_to_chat_id": -1005}}')
    assert raised.value.new_chat_id == -1005
