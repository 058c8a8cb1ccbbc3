"""Delivery to a webhook: the secret, order, repetition and pauses."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from bot.botapi import PIXEL, BotApiServer, Clock


class Receiver:
    """A webhook that answers as told (200 when nothing is told) and remembers what came."""

    def __init__(self) -> None:
        self.answers: list[web.Response | Exception] = []
        self.got: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.url = ""
        self.gate: asyncio.Event | None = None
        self.came = asyncio.Event()

    async def handle(self, request: web.BaseRequest) -> web.Response:
        self.got.append(json.loads(await request.read()))
        self.came.set()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.gate is not None and self.got[-1]["message"]["text"] == "slow":
            await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else web.Response()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]

    async def until(self, count: int) -> list[str]:
        """What came by the time `count` updates are there, and shortly after: one too many is noticed as well."""
        async with asyncio.timeout(5):
            while len(self.got) < count:
                self.came.clear()
                await self.came.wait()
        await asyncio.sleep(0.02)
        return self.texts()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    runner = web.ServerRunner(web.Server(receiver.handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    await runner.cleanup()


async def test_updates_arrive_in_order_with_the_secret(server: BotApiServer, bot: Bot, receiver: Receiver) -> None:
    ida = server.phone()
    await ida.types("before")
    await bot.set_webhook(receiver.url, secret_token="s3cret_", max_connections=5)
    await ida.types("after")
    assert await receiver.until(2) == ["before", "after"]
    assert receiver.secrets == ["s3cret_", "s3cret_"]
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.max_connections) == (receiver.url, 0, 5)
    await bot.delete_webhook()
    await ida.types("later")
    assert [update.message.text for update in await bot.get_updates() if update.message] == ["later"]
    assert server.violations == []


async def test_one_person_waits_for_nobody_else(server: BotApiServer, bot: Bot, receiver: Receiver) -> None:
    receiver.gate = asyncio.Event()
    ida, ana = server.phone(), server.phone(first_name="Ana")
    await bot.set_webhook(receiver.url)
    await ida.types("slow")
    await receiver.until(1)
    await ida.types("Ida's second")
    await ana.types("Ana's first")
    assert await receiver.until(2) == ["slow", "Ana's first"]
    receiver.gate.set()
    assert await receiver.until(3) == ["slow", "Ana's first", "Ida's second"]


async def test_refused_updates_come_again_after_growing_pauses(
    server: BotApiServer, bot: Bot, receiver: Receiver, clock: Clock
) -> None:
    receiver.answers = [web.Response(status=status) for status in (500, 401, 302, 503)]
    ida = server.phone()
    await bot.set_webhook(receiver.url)
    await ida.types("Hej")
    assert len(await receiver.until(2)) == 2  # the first repetition is immediate
    info = await bot.get_webhook_info()
    assert info.pending_update_count == 1
    assert info.last_error_message == "Wrong response from the webhook: 401 Unauthorized"
    clock.advance(1.9)
    assert len(await receiver.until(2)) == 2
    clock.advance(0.1)
    assert len(await receiver.until(3)) == 3
    clock.advance(3.9)
    assert len(await receiver.until(3)) == 3
    clock.advance(0.1)
    assert len(await receiver.until(4)) == 4
    clock.advance(8)
    assert await receiver.until(5) == ["Hej"] * 5
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_retry_after_is_honoured(server: BotApiServer, bot: Bot, receiver: Receiver, clock: Clock) -> None:
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "600"})]
    await bot.set_webhook(receiver.url)
    await server.phone().types("Hej")
    await receiver.until(1)
    clock.advance(599)
    assert len(await receiver.until(1)) == 1
    clock.advance(1)
    assert len(await receiver.until(2)) == 2


async def test_a_webhook_that_nobody_listens_on(server: BotApiServer, bot: Bot, clock: Clock) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    await server.phone().types("Hej")
    async with asyncio.timeout(5):
        while (info := await bot.get_webhook_info()).last_error_message is None:
            pass
    assert info.last_error_message.startswith("ClientConnectorError: Cannot connect to host 127.0.0.1:9")
    clock.advance(86400)
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_23_hours_of_410_end_the_webhook(
    server: BotApiServer, bot: Bot, receiver: Receiver, clock: Clock
) -> None:
    receiver.answers = [web.Response(status=410) for _ in range(9)]
    await bot.set_webhook(receiver.url)
    ida = server.phone()
    await ida.types("Hej")
    await receiver.until(2)
    clock.advance(23 * 3600 + 1)
    await receiver.until(3)
    assert (await bot.get_webhook_info()).url == ""
    assert len(await bot.get_updates()) == 1


async def test_accepted_updates_may_come_again(server: BotApiServer, bot: Bot, receiver: Receiver) -> None:
    server.cloud.updates.delivery.redeliver = 1.0
    await bot.set_webhook(receiver.url)
    await server.phone().types("Hej")
    await server.phone().types("Dag")
    await receiver.until(4)
    assert sorted(update["update_id"] for update in receiver.got) == [100_000_001] * 2 + [100_000_002] * 2


async def test_nothing_is_sent_to_other_machines(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bad webhook: only addresses on this machine"):
        await bot.set_webhook("https://example.org/hook")


def as_form(**fields: Any) -> web.Response:
    body = aiohttp.FormData(fields)()
    return web.Response(body=body, content_type="application/x-www-form-urlencoded")


def as_parts(picture: bytes, **fields: str) -> web.Response:
    with aiohttp.MultipartWriter("form-data") as parts:
        for name, value in fields.items():
            parts.append(value).set_content_disposition("form-data", name=name)
        parts.append(picture, {"Content-Type": "image/png"}).set_content_disposition(
            "form-data", name="photo", filename="a.png"
        )
    return web.Response(body=parts, headers={"Content-Type": f"multipart/form-data; boundary={parts.boundary}"})


async def test_a_call_in_the_answer_is_carried_out(server: BotApiServer, bot: Bot, receiver: Receiver) -> None:
    ida = server.phone()
    await bot.set_webhook(receiver.url)
    bold = {"method": "sendMessage", "chat_id": ida.person_id, "text": "<b>Hej</b>", "parse_mode": "HTML"}
    receiver.answers = [
        web.json_response(bold),
        as_form(method="sendmessage", chat_id=str(ida.person_id), text="form"),
        as_parts(PIXEL, method="sendPhoto", chat_id=str(ida.person_id), caption="parts"),
    ]
    for said in ("Hej", "form", "parts"):
        await ida.types("?")
        assert (await ida.sees(said)).by_bot
    done = [entry.method for entry in server.journal.entries]
    assert done == ["getMe", "setWebhook", "sendMessage", "sendMessage", "sendPhoto"]
    assert server.violations == []
    assert (await ida.interactions())[-1] == ("types “?”", ["sendPhoto"])


async def test_an_answer_that_is_no_call_does_nothing(server: BotApiServer, bot: Bot, receiver: Receiver) -> None:
    ida = server.phone()
    await bot.set_webhook(receiver.url)
    receiver.answers = [
        web.json_response({"ok": True}),
        web.json_response([]),
        web.Response(text="{", content_type="application/json"),
        web.Response(text="method=sendMessage"),
        web.json_response({"method": "sendMessage", "chat_id": 7, "text": "x"}),
        web.json_response({"method": "sendNothing"}),
        web.json_response({"method": "deleteWebhook"}),
    ]
    count = len(receiver.answers)
    for number in range(count):
        await ida.types(str(number))
    assert await receiver.until(count) == [str(number) for number in range(count)]
    done = [(entry.method, int(entry.status)) for entry in server.journal.entries]
    assert done[2:] == [("sendMessage", 400), ("sendNothing", 404), ("deleteWebhook", 200)]
    assert [violation.method for violation in server.violations] == ["sendNothing"]
    assert not (await bot.get_webhook_info()).url
