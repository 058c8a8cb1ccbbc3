"""`/healthz`: green while all is well, red with the reason otherwise."""

import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from sqlalchemy import text

from bot.botapi import BotApiServer
from bot.runtime import health
from bot.runtime.health import Health
from storage.engine.errors import DatabaseAway
from storage.engine.sqlite import driver
from storage.session.unit_of_work import UnitOfWork
from tests.bot.stage import Stage, on_stage, settings_for, until


async def healthz(stage: Stage) -> tuple[int, dict[str, Any]]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://{stage.settings.http}/healthz") as response,
    ):
        return response.status, await response.json()


async def test_all_is_well_until_it_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{made.getsockname()[1]}"
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path, http=address))
        await stage.start()
        await stage.talk().starts()
        await stage.settles()
        status, told = await healthz(stage)
        assert (status, told["status"]) == (200, "ok")
        assert told["last_sent_seconds"] is not None
        assert told["oldest_inbox_seconds"] is None

        async def away(_look: object) -> None:
            raise DatabaseAway("The database is away.")

        with monkeypatch.context() as broken:
            broken.setattr(stage.storage, "read", away)
            status, told = await healthz(stage)
        assert (status, told["trouble"]) == (503, "the database does not answer (DatabaseAway)")

        server.cloud.faults.add("unauthorized", method="getUpdates", times=None)
        await stage.talk().phone.starts()

        async def red() -> bool:
            # What was fetched before is still answered, which Telegram takes: it is red again after the next poll.
            status, told = await healthz(stage)
            return (status, told["trouble"]) == (503, "Telegram refuses the token")

        await until(red)
        await stage.stop()


def test_a_bot_that_has_not_heard_for_long_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    state = Health()
    assert state.trouble(polling=True) == ""
    monkeypatch.setattr(health, "OLDEST_POLL", -1.0)
    assert state.trouble(polling=True) == "no poll has been answered for a while"
    assert state.trouble(polling=False) == ""


def test_a_bot_that_is_not_let_in_is_not_well_because_its_messages_go_out() -> None:
    state = Health()
    state.locked_out(deaf=True)
    state.sent()
    assert state.trouble(polling=True) == "Telegram refuses the token"
    state.received()
    assert state.trouble(polling=True) == ""
    state.locked_out()
    state.sent()
    assert state.trouble(polling=True) == ""


async def test_a_pause_beyond_ten_minutes_is_red_and_told_once_also_after_a_restart(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    bot_app.server.cloud.faults.add("too_many_requests", method="sendMessage", seconds=86_400)
    with structlog.testing.capture_logs() as logs:
        await chat.phone.types("/help")

        async def red() -> bool:
            assert bot_app.application is not None
            return bot_app.application.health.trouble(polling=True).startswith("Telegram wants to hear nothing for")

        await until(red)
        await until(lambda: bot_app.finds(a_pause_is_kept))
        await bot_app.restart()
        assert await red()
    told = [entry for entry in logs if entry["event"] == "Telegram wants to hear nothing for long"]
    assert len(told) == 2  # once in each life
    assert bot_app.application is not None
    assert "more minutes (429)" in bot_app.application.health.trouble(polling=False)


def test_a_pause_of_ten_minutes_is_no_trouble_and_a_longer_one_is() -> None:
    state = Health()
    state.asked_to_wait(health.LONGEST_QUIET)
    assert state.trouble(polling=False) == ""
    state.asked_to_wait(health.LONGEST_QUIET + 1)
    assert state.trouble(polling=False) == "Telegram wants to hear nothing for 11 more minutes (429)"


def a_pause_is_kept(work: UnitOfWork) -> bool:
    return bool(work.outbox._connection.scalar(text("SELECT count(*) FROM pauses")))


async def test_a_pause_that_cannot_be_meant_is_not_believed(bot_app: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.http.UNBELIEVED_SECONDS", 0.2)
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add("too_many_requests", method="sendMessage", seconds=10**9)
    await chat.starts()
    chat.bot("Welcome")
    assert bot_app.application is not None
    assert bot_app.application.health.trouble(polling=True) == ""


async def test_it_answers_while_somebody_else_has_locked_the_database(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.runtime.health_page.ANSWER_SECONDS", 0.2)
    async with on_stage(tmp_path, http=f"127.0.0.1:{port}") as stage:
        chat = stage.talk()
        await chat.starts()
        locking = driver.connect(str(stage.settings.data_dir / "meldind.db"), isolation_level=None)
        locking.execute("BEGIN EXCLUSIVE")
        await chat.phone.types("/help")  # which waits for the lock, and all that is read behind it

        async def red() -> bool:
            status, told = await healthz(stage)
            return (status, told["trouble"]) == (503, "the database does not answer (TimeoutError)")

        await until(red)
        locking.execute("ROLLBACK")
        locking.close()
        await chat.phone.sees("What I can do")
