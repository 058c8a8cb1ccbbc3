"""One request to a webhook: what counts as taken, and what a hostile or broken receiver can do."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from bot.webhooks.guard import Guard, UnknownHost
from bot.webhooks.posting import Poster, PostResult
from tests.bot.webhooks.receivers import listening, local_guard, receiving, request

HEADERS = {"content-type": "application/json", "webhook-id": "msg_1"}


async def post(url: str, seconds: float = 5.0) -> PostResult:
    return await Poster(local_guard(), seconds=seconds).post(url, HEADERS, b"{}")


@pytest.mark.parametrize("status", [200, 202, 204])
async def test_what_is_answered_with_success_is_taken(status: int) -> None:
    async with receiving(status=status) as receiver:
        assert await post(receiver.url) == PostResult(status)
    ((headers, body),) = receiver.got
    assert (headers["webhook-id"], headers["content-type"], body) == ("msg_1", "application/json", b"{}")


@pytest.mark.parametrize("status", [400, 404, 410, 429, 500, 503])
async def test_other_answers_are_trouble(status: int) -> None:
    async with receiving(status=status) as receiver:
        result = await post(receiver.url)
    assert result == PostResult(status, "status")
    assert result.is_gone == (status == 410)


@pytest.mark.parametrize("status", [429, 503])
async def test_how_long_a_receiver_wants_to_be_left_alone(status: int) -> None:
    async with receiving(status=status) as receiver:

        async def asked(retry_after: str) -> timedelta:
            receiver.headers = f"Retry-After: {retry_after}\r\n"
            return (await post(receiver.url)).asked

        assert await asked("120") == timedelta(minutes=2)
        then = datetime.now(UTC) + timedelta(hours=2)
        assert timedelta(minutes=118) < await asked(format_datetime(then)) <= timedelta(hours=2)
        assert await asked("99999999") == await asked("9" * 30) == timedelta(days=1)
        assert await asked("-5") == await asked("soon") == await asked("Wed, 99") == timedelta()
        assert await asked(format_datetime(then - timedelta(days=1))) == timedelta()
        receiver.status = 500
        assert await asked("120") == timedelta()


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_is_not_followed(status: int) -> None:
    async with receiving() as other, receiving(status=status, headers=f"Location: {other.url}\r\n") as receiver:
        assert await post(receiver.url) == PostResult(status, "redirect")
    assert other.got == []


async def test_nobody_there() -> None:
    async with receiving() as receiver:
        pass
    assert await post(receiver.url) == PostResult(trouble="unreachable")


async def test_what_drips_for_ever_is_left_after_the_time_for_all() -> None:
    async def headers_drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-A: b\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with listening(headers_drip) as port:
        assert await post(f"http://127.0.0.1:{port}/", seconds=0.5) == PostResult(trouble="slow")


async def test_of_the_answer_only_the_status_is_read() -> None:
    wrote = 0

    async def body_without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal wrote
        await request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n")
        while wrote < 200_000_000:
            writer.write(b"x" * 65_536)
            await writer.drain()
            wrote += 65_536

    async with listening(body_without_end) as port:
        assert await post(f"http://127.0.0.1:{port}/") == PostResult(200)
        await asyncio.sleep(0.1)
    assert wrote < 50_000_000


async def test_a_connection_that_is_taken_and_never_answered() -> None:
    async def silent(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    async with listening(silent) as port:
        assert await post(f"http://127.0.0.1:{port}/", seconds=0.3) == PostResult(trouble="slow")


async def test_an_answer_that_is_none() -> None:
    async def noise(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request(reader)
        writer.write(b"\x00\xff" * 2_000)
        await writer.drain()

    async with listening(noise) as port:
        assert (await post(f"http://127.0.0.1:{port}/")).trouble == "unreachable"


async def test_a_name_that_leads_inside_is_not_called() -> None:
    async with receiving() as receiver:
        for address in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "100.64.0.1", "fd00::1"):

            async def lead(_host: str, _port: int, to: str = address) -> Sequence[str]:
                return ["93.184.215.14", to]

            poster = Poster(Guard(lead, https_only=False))
            url = f"http://hooks.example.org:{receiver.port}/"
            assert await poster.post(url, HEADERS, b"{}") == PostResult(trouble="private")
    assert receiver.got == []


async def test_the_address_that_was_looked_up_is_the_one_that_is_called() -> None:
    asked: list[str] = []

    async def lead(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async with receiving() as receiver:
        poster = Poster(Guard(lead, lambda _address: True, https_only=False))
        assert await poster.post(f"http://hooks.example.org:{receiver.port}/", HEADERS, b"{}") == PostResult(200)
    assert asked == ["hooks.example.org"]
    assert receiver.got[0][0]["host"] == f"hooks.example.org:{receiver.port}"


async def test_without_a_name_or_without_encryption_nothing_is_called() -> None:
    async def unknown(host: str, _port: int) -> Sequence[str]:
        raise UnknownHost(host)

    assert await Poster(Guard(unknown)).post("https://nowhere.example.org/", HEADERS, b"{}") == PostResult(
        trouble="unknown_host"
    )
    async with receiving() as receiver:
        assert await Poster(Guard()).post(receiver.url, HEADERS, b"{}") == PostResult(trouble="private")
    assert receiver.got == []


async def test_a_real_name_server_is_asked() -> None:
    poster = Poster(Guard())
    assert (await poster.post("https://localhost/", HEADERS, b"{}")).trouble == "private"
    assert (await poster.post("https://127.0.0.1/", HEADERS, b"{}")).trouble == "private"
    assert (await poster.post("https://[::1]/", HEADERS, b"{}")).trouble == "private"


async def test_a_server_without_a_valid_certificate() -> None:
    async def plain(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        await writer.drain()

    async with listening(plain) as port:
        result = await Poster(local_guard()).post(f"https://127.0.0.1:{port}/", HEADERS, b"{}")
    assert result.trouble in ("unreachable", "certificate")


async def test_a_proxy_is_asked_to_connect_and_what_leads_inside_is_refused_before() -> None:
    lines: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(await reader.readline())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 502 -\r\n\r\n")
        await writer.drain()

    async def unknown(host: str, _port: int) -> Sequence[str]:
        raise UnknownHost(host)

    async def inside(_host: str, _port: int) -> Sequence[str]:
        return ["10.0.0.7"]

    async with listening(proxy) as port:
        way_out = f"http://127.0.0.1:{port}"
        result = await Poster(Guard(unknown), lambda _host: way_out).post("https://a.example.org/", HEADERS, b"{}")
        assert result.trouble == "unreachable"
        result = await Poster(Guard(inside), lambda _host: way_out).post("https://b.example.org/", HEADERS, b"{}")
        assert result.trouble == "private"
    assert lines == [b"CONNECT a.example.org:443 HTTP/1.1\r\n"]
