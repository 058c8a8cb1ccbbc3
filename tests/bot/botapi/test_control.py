"""Who may look in, what there is to see, and the server in a process of its own."""

import asyncio
import json
import signal
import sys
from typing import Any

import aiohttp
import pytest
from telegram import Bot

from bot.botapi import BotApiServer, Phones, transcript

FOREIGN = [
    {"Host": "evil.example"},
    {"Host": "evil.example:80"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["control/state", "bot{token}/getMe", "control/events", "file/bot{token}/x"])
async def test_pages_from_elsewhere_are_kept_out(server: BotApiServer, headers: dict[str, str], path: str) -> None:
    url = f"{server.url}/{path.format(token=server.token)}"
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        assert response.status == 403


async def test_its_own_page_is_let_in(server: BotApiServer) -> None:
    port = server.url.rpartition(":")[2]
    for name in ("127.0.0.1", "localhost"):
        headers = {
            "Host": f"{name}:{port}",
            "Origin": f"http://{name}:{port}",
            "Sec-Fetch-Site": "same-origin",
        }
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{server.url}/control/state", headers=headers) as response,
        ):
            assert (await response.json())["bot"]["username"] == "meldind_local_bot"


async def test_the_stream_of_events(server: BotApiServer, bot: Bot) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/control/events") as stream:
        await stream.content.readline()
        ida = server.phone()
        await ida.types("Hej")
        await bot.send_message(ida.person_id, "Dag")
        events = [await next_event(stream) for _ in range(3)]
    kinds = [(kind, data.get("kind") or data.get("method")) for kind, data in events]
    assert kinds == [("change", "message"), ("change", "message"), ("call", "sendMessage")]
    call = events[2][1]
    assert call["params"] == {"chat_id": ida.person_id, "text": "Dag"}
    assert call["status"] == 200
    assert call["took_ms"] > 0


async def next_event(stream: aiohttp.ClientResponse) -> tuple[str, dict[str, Any]]:
    kind = ""
    async with asyncio.timeout(5):
        while True:
            line = (await stream.content.readline()).decode().strip()
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                return kind, json.loads(line.removeprefix("data: "))


async def test_what_there_is_to_see(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone(language="da")
    await ida.types("Hej")
    state = await ida.phones.get("state")
    assert state["people"][0]["language_code"] == "da"
    assert (state["pending_update_count"], state["violations"]) == (1, 0)
    assert await ida.phones.get("violations") == []
    await bot.get_me()
    assert [call["method"] for call in await ida.phones.get("calls")] == ["getMe", "getMe"]
    assert await ida.phones.get("calls", after=2) == []
    assert (await ida.phones.post("flood", {"on": True})) == {"ignored": 0}
    assert (await ida.phones.post("clock", {"advance": 5}))["now"] == 1_800_000_005
    assert transcript(server.world, server.world.chats[ida.person_id]) == "Ida: Hej\n"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "nothing", 404),
        ("GET", "chats/9/changes", 404),
        ("GET", "chats/x/changes", 400),
        ("POST", "people/9/types", 400),
        ("POST", "people/501/flies", 404),
        ("POST", "people/501/types", 404),
        ("POST", "people", 404),
        ("GET", "files/x", 404),
        ("PUT", "state", 404),
    ],
)
async def test_requests_for_nothing(server: BotApiServer, method: str, path: str, status: int) -> None:
    server.phone()
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{server.url}/control/{path}") as response,
    ):
        assert response.status == status


async def test_a_process_of_its_own() -> None:
    token = "7000000000:LOCAL-test"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.botapi", "--token", token, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        where = json.loads(await asyncio.wait_for(process.stdout.readline(), 20))
        assert where["token"] == token
        async with Phones(where["url"]) as phones, Bot(token, base_url=f"{where['url']}/bot") as bot:
            ida = await phones.add(language="sl", first_name="Ana")
            await ida.command("/start")
            (update,) = await bot.get_updates(timeout=5)
            assert update.message
            await update.message.reply_text("Pozdravljeni")
            assert (await ida.sees("Pozdrav")).text == "Pozdravljeni"
    finally:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
