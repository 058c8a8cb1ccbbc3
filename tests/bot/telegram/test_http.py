"""Requests over HTTP: what may have arrived is told from what certainly did not."""

import asyncio
import contextlib
import re
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from telegram import InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.botapi import BotApiServer
from bot.cli.checks import telegram_line
from bot.runtime.errors import AnswerTooLarge, Flood, NotSent, NotTelegram, ServerTrouble
from bot.runtime.settings import read_settings
from bot.telegram.api import BotApi
from bot.telegram.http import UNBELIEVED_SECONDS, UNTOLD_SECONDS, Encoded, PooledRequest, _retry_after


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


async def test_the_librarys_own_methods_work_over_it(server: BotApiServer, api: BotApi) -> None:
    assert (await api.get_me()).username == "meldind_local_bot"
    phone = server.phone()
    await phone.starts()
    document = InputFile("æøå".encode(), "rapport.csv")
    sent = await api.send_document(phone.person_id, document, caption="Her & nu")
    assert sent.document is not None
    assert sent.document.file_name == "rapport.csv"
    assert await api.download(sent.document.file_id) == "æøå".encode()
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


@pytest.mark.parametrize(
    ("parameters", "seconds"),
    [
        ('{"retry_after": 86400}', 86_400.0),
        ('{"retry_after": 86401}', UNBELIEVED_SECONDS),
        ('{"retry_after": 1e999}', UNBELIEVED_SECONDS),
        ('{"retry_after": -5}', 0.0),
        ('{"retry_after": "soon"}', UNTOLD_SECONDS),
        ("{}", UNTOLD_SECONDS),
    ],
)
def test_how_long_to_wait_is_what_telegram_says_as_far_as_it_can_be_meant(parameters: str, seconds: float) -> None:
    assert _retry_after(f'{{"ok": false, "parameters": {parameters}}}'.encode()) == seconds


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


async def test_a_server_that_is_silent_may_have_heard() -> None:
    heard = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the other side gives up
        writer.close()
        await writer.wait_closed()
        heard.set()

    listener = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    request = PooledRequest(1, read_timeout=0.05)
    await request.initialize()
    with pytest.raises(TimedOut) as raised:
        await request.post(f"http://127.0.0.1:{port}/", Encoded({}))
    assert not isinstance(raised.value, NotSent)
    await request.shutdown()
    await heard.wait()
    listener.close()


async def test_whoever_is_cancelled_in_a_request_does_not_go_on(server: BotApiServer, api: BotApi) -> None:
    """Also where the answer comes in the same moment, of which there are a good many here."""
    went_on = []

    async def asks() -> None:
        await api.ask("getMe", {})
        went_on.append(True)

    begun = asyncio.get_running_loop().time()
    await api.ask("getMe", {})
    takes = asyncio.get_running_loop().time() - begun
    for each in range(300):
        task = asyncio.create_task(asks())
        await asyncio.sleep(2 * takes * each / 300)
        over = task.done()
        task.cancel()
        went_on.clear()
        await asyncio.wait((task,))
        assert over or (task.cancelled() and not went_on)


NOT_TELEGRAMS = [b"", b"<html>", b"[]", b"[" * 100_000, b"\xff\xfe", b"{}", b'{"ok":true}']


@pytest.mark.parametrize(
    ("body", "status"),
    [(b'{"ok":false}', 200), *((body, status) for body in NOT_TELEGRAMS for status in (200, 302, 400, 401, 403, 404))],
)
async def test_what_something_on_the_way_answers_is_not_taken_for_telegrams_word_and_is_not_logged(
    body: bytes, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """A page that says 403 must not end the messages to a person, nor one that says 401 those of the bot."""

    async def answer(_request: web.BaseRequest) -> web.Response:
        return web.Response(body=body, status=status)

    runner = web.ServerRunner(web.Server(answer, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api = BotApi("123:" + "a" * 30, f"http://127.0.0.1:{runner.addresses[0][1]}")
    await api.connect()
    try:
        with pytest.raises(NotTelegram):
            await api.ask("sendMessage", {"chat_id": 1, "text": "x"})
    finally:
        await api.disconnect()
        await runner.cleanup()
    assert caplog.records == []


async def test_redirects_are_not_followed_and_answers_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/large":
            return web.Response(body=b"x" * 2048)
        raise web.HTTPFound("/large")

    application = web.Application()
    application.router.add_get("/{any}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    root = f"http://127.0.0.1:{runner.addresses[0][1]}"
    request = PooledRequest(1)
    await request.initialize()
    assert (await request.do_request(f"{root}/elsewhere", "GET"))[0] == 302
    monkeypatch.setattr("bot.telegram.http.LARGEST_ANSWER", 1024)
    with pytest.raises(AnswerTooLarge):
        await request.retrieve(f"{root}/large")
    await request.shutdown()
    await runner.cleanup()


@contextlib.asynccontextmanager
async def little_proxy(asked: list[str]) -> AsyncIterator[str]:
    """A proxy for HTTP, which notes what it is asked for; HTTPS it refuses. Its address, with a password."""

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        line = head.partition("\r\n")[0]
        asked.append(line if "proxy-authorization: basic " in head.lower() else f"a stranger: {line}")
        target = urlsplit(line.split()[1])
        if target.hostname is None or line.startswith("CONNECT"):
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        else:
            there, back = await asyncio.open_connection(target.hostname, target.port)
            back.write(head.replace(f"{target.scheme}://{target.netloc}", "", 1).encode())
            length = re.search(r"content-length: (\d+)", head.lower())
            back.write(await reader.readexactly(int(length[1]) if length else 0))
            answer = await there.readuntil(b"\r\n\r\n")
            length = re.search(r"content-length: (\d+)", answer.decode().lower())
            writer.write(answer + await there.readexactly(int(length[1]) if length else 0))
            back.close()
        await writer.drain()
        writer.close()

    listener = await asyncio.start_server(carry, "127.0.0.1", 0)
    async with listener:
        yield f"http://name:password@127.0.0.1:{listener.sockets[0].getsockname()[1]}"


async def test_requests_go_through_the_proxy(server: BotApiServer) -> None:
    asked: list[str] = []
    async with little_proxy(asked) as proxy:
        api = BotApi(server.token, server.url, proxy)
        await api.connect()
        assert (await api.ask("getMe", {}))["username"] == "meldind_local_bot"
        await api.disconnect()
    assert [line.replace(server.token, "TOKEN") for line in asked] == [f"POST {server.url}/botTOKEN/getMe HTTP/1.1"]


async def test_what_the_proxy_refuses_was_not_sent() -> None:
    asked: list[str] = []
    async with little_proxy(asked) as proxy:
        api = BotApi("123:" + "a" * 30, "https://api.telegram.org", proxy)
        await api.connect()
        with pytest.raises(NotSent):
            await api.ask("getMe", {})
        await api.disconnect()
    assert asked == ["CONNECT api.telegram.org:443 HTTP/1.1"]


async def test_check_names_the_proxy_and_not_its_password(
    server: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", server.token)
    monkeypatch.setenv("TELEGRAM_API_URL", server.url)
    async with little_proxy([]) as proxy:
        monkeypatch.setenv("MELDIND_PROXY", proxy)
        good, line = await asyncio.to_thread(telegram_line, read_settings())
    assert good
    assert f"through the proxy {proxy.replace('name:password@', '')} knows" in line
    assert "password" not in line


@pytest.mark.parametrize(
    ("given", "way_out"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://p:3128"}, "http://p:3128"),
        ({"https_proxy": "http://p:3128"}, "http://p:3128"),
        ({"ALL_PROXY": "socks5://p:1080"}, "socks5://p:1080"),
        ({"HTTP_PROXY": "http://p:3128"}, None),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "example.org,.telegram.org"}, None),
        ({"HTTPS_PROXY": "http://p:3128", "NO_PROXY": "telegram.example"}, "http://p:3128"),
        ({"HTTPS_PROXY": "http://p:3128", "MELDIND_PROXY": "http://q:8080"}, "http://q:8080"),
        ({"HTTPS_PROXY": "http://p:3128", "TELEGRAM_API_URL": "http://127.0.0.1:8081"}, None),
    ],
)
def test_the_way_out_is_the_settings_or_the_environments(
    given: dict[str, str], way_out: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "MELDIND_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert read_settings().way_out == way_out


HELD_INSIDE_PYTHON = """
import asyncio.selector_events, sys, time
from bot.telegram.http import PooledRequest, run_requests

woken = asyncio.selector_events.BaseSelectorEventLoop._write_to_self

def wakes_slowly(loop):
    woken(loop)
    ends = time.monotonic() + 0.5
    while time.monotonic() < ends:
        time.sleep(0)  # lets the others go on, and wants to go on itself

asyncio.selector_events.BaseSelectorEventLoop._write_to_self = wakes_slowly

async def ask():
    request = PooledRequest(1)
    await request.initialize()
    status, _answer = await request.do_request(sys.argv[1], "GET")
    await request.shutdown()
    return status

print(run_requests(ask()))
"""


async def test_a_process_ends_only_once_the_thread_that_woke_it_has_gone(server: BotApiServer) -> None:
    """That thread is not Python's own, and Python aborts where it ends it in the middle of what it does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HELD_INSIDE_PYTHON, f"{server.url}/", stdout=PIPE, stderr=PIPE
    )
    out, err = await process.communicate()
    assert (process.returncode, err.decode()) == (0, "")
    assert out.strip().isdigit()


async def test_however_many_messages_hang_updates_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connections that fetch are others than those that send."""
    monkeypatch.setattr("bot.telegram.api.OTHER_CONNECTIONS", 3)
    async with BotApiServer() as server:
        api = BotApi(server.token, server.url)
        await api.connect()
        person = server.phone("en", "Emily").person_id
        server.cloud.faults.add("delay", method="sendMessage", times=None, seconds=60)
        hanging = [asyncio.create_task(api.ask("sendMessage", {"chat_id": person, "text": "?"})) for _ in range(9)]
        await asyncio.sleep(0.2)
        async with asyncio.timeout(3):
            assert await api.ask("getUpdates", {"timeout": 0}) == []
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        await api.disconnect()
