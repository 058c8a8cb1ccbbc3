"""`/healthz`: green while all is well, red with the reason otherwise."""

import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot import health
from bot.botapi import BotApiServer
from bot.health import Health
from storage.errors import DatabaseAway
from tests.bot.stage import Stage, settings_for, until


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
