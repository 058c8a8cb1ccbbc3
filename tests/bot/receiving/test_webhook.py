"""Telegram calls the bot: only it, only with JSON, and 200 means that the update is kept."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import structlog

from bot.receiving import webhook
from bot.runtime.counting import COUNTS
from storage.engine.errors import CommitUnknown, DatabaseAway, NotKept, StorageClosed, StorageError
from tests.bot.stage import Stage, on_stage

SECRET = "a-long-secret"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
async def called(tmp_path: Path, port: int) -> AsyncIterator[Stage]:
    """A bot that Telegram calls."""
    address = f"127.0.0.1:{port}"
    given = {"webhook_url": f"http://{address}/hook", "webhook_listen": address, "webhook_secret": SECRET}
    async with on_stage(tmp_path, mode="webhook", **given) as stage:
        yield stage


async def call(stage: Stage, body: bytes, **headers: str) -> int:
    given = {"Content-Type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    async with (
        aiohttp.ClientSession() as session,
        session.post(str(stage.settings.webhook_url), data=io.BytesIO(body), headers={**HEADERS, **given}) as response,
    ):
        return response.status


async def test_a_conversation(called: Stage) -> None:
    chat = called.talk()
    await chat.starts()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    await chat.presses("Running")
    chat.bot("What is it called?")
    assert called.server.cloud.updates.pending_count() == 0


async def test_only_telegram_is_let_in(called: Stage) -> None:
    assert await call(called, b"{}", X_Telegram_Bot_Api_Secret_Token="wrong") == 403
    assert await call(called, b"{}", X_Telegram_Bot_Api_Secret_Token="") == 403
    assert await call(called, b"{}", X_Telegram_Bot_Api_Secret_Token=SECRET * 1000) in (400, 403)
    assert await call(called, b"{}", Content_Type="text/plain") == 415
    assert await call(called, b"x" * (2 * 1024 * 1024)) == 413


async def test_what_telegram_would_not_send_is_set_aside_once(called: Stage) -> None:
    for body in (b"not json", b"[1]", b"{}", b"[" * 100_000):
        assert await call(called, body) == 200
    await called.settles()
    chat = called.talk()
    await chat.starts()


async def test_what_cannot_be_kept_is_brought_again(called: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(_change: object) -> None:
        raise NotKept("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(called.storage, "write", full)
        assert await call(called, b'{"update_id": 5, "poll": {}, "message": {}}') == 503
    chat = called.talk()
    await chat.starts()
    chat.bot("Welcome")


@pytest.mark.parametrize("error", [NotKept("full"), DatabaseAway("gone"), CommitUnknown("broken"), StorageClosed("")])
async def test_when_to_come_again_is_said_and_never_that_the_hook_is_gone(
    called: Stage, monkeypatch: pytest.MonkeyPatch, error: StorageError
) -> None:
    async def fails(_change: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(called.storage, "write", fails)
        async with (
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.post(str(called.settings.webhook_url), json={"update_id": 5, "message": {}}) as response,
        ):
            assert response.status == 503  # a 410, for a day, would end the webhook for good
            assert 1 <= int(response.headers["Retry-After"]) <= 3600


async def test_a_wrong_secret_is_not_written_down(called: Stage) -> None:
    with structlog.testing.capture_logs() as logs:
        assert await call(called, b"{}", X_Telegram_Bot_Api_Secret_Token="a-guessed-secret") == 403
    assert [entry["event"] for entry in logs] == ["webhook called without the secret"]
    assert "guessed" not in str(logs)


async def test_calls_without_the_secret_are_counted_and_told_of_once_in_a_while(
    called: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = COUNTS["strangers", ""]
    with structlog.testing.capture_logs() as logs:
        for _ in range(20):
            assert await call(called, b"{}", X_Telegram_Bot_Api_Secret_Token="wrong") == 403
        monkeypatch.setattr(webhook, "STRANGERS_SECONDS", 0.0)
        assert await call(called, b"{}", X_Telegram_Bot_Api_Secret_Token="wrong") == 403
    assert COUNTS["strangers", ""] == before + 21
    assert [entry["times"] for entry in logs if entry["event"] == "webhook called without the secret"] == [1, 20]


async def test_nothing_answers_at_another_path(called: Stage) -> None:
    url = str(called.settings.webhook_url).removesuffix("/hook")
    async with aiohttp.ClientSession(headers=HEADERS) as session:
        for path in ("/", "/hook/", "/hook2", "/../hook/x"):
            async with session.post(f"{url}{path}", json={"update_id": 5, "message": {}}) as response:
                assert response.status == 404
        async with session.get(f"{url}/hook") as response:
            assert response.status == 405


async def test_telegram_is_told_where_to_call_once_it_can_be(called: Stage) -> None:
    await called.stop()
    called.server.cloud.updates.webhook_url = ""
    called.server.cloud.faults.add("bad_gateway", method="setWebhook")
    await called.start()
    chat = called.talk()
    await chat.starts()
    chat.bot("Welcome")
