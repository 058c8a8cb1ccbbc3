"""The start of `meldind run`: what it says, and what it cannot begin with."""

import asyncio
import contextlib
import signal
import socket
from pathlib import Path

import pytest

from bot.botapi import BotApiServer
from storage.session.schema import schema_state
from tests.bot.process import BotProcess
from tests.bot.stage import on_stage


async def refused(process: BotProcess) -> str:
    """What a start that cannot be says on standard error."""
    await process.start()
    assert await process.waits() == 1
    assert process.said.read_text() == ""
    return process.log.read_text()


async def served(process: BotProcess, server: BotApiServer) -> list[str]:
    """The log of a start that went well, and of the end after somebody was answered."""
    await process.start()
    phone = server.phone()
    await phone.starts()
    await phone.waits(timeout=60)
    assert await process.ends(signal.SIGTERM) == 0
    return process.log.read_text().splitlines()


async def test_a_token_that_is_refused_is_one_line_and_nobody_is_told_a_code(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        process = BotProcess(server, tmp_path, BOT_TOKEN="123456789:" + "x" * 35)
        said = await refused(process)
    assert said == f"meldind: {server.url} does not take the token in BOT_TOKEN; copy it again from @BotFather.\n"


async def test_the_first_line_has_the_name_of_the_bot(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        lines = await served(BotProcess(server, tmp_path), server)
    assert "event='starting'" in lines[0]
    assert "bot='@meldind_local_bot'" in lines[0]


async def test_an_empty_postgresql_is_set_up(tmp_path: Path, postgres_url: str) -> None:
    async with BotApiServer() as server:
        await served(BotProcess(server, tmp_path, DATABASE_URL=postgres_url), server)
    assert await asyncio.to_thread(schema_state, postgres_url) == "current"


async def test_work_that_loses_a_cancellation_does_not_hold_up_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.WORK_SECONDS", (0.1, 20.0))
    ended = []

    async def loses_one() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)

    async with on_stage(tmp_path) as stage:
        assert stage.application is not None
        stage.application._start(loses_one())
        await stage.talk().starts()
    assert ended


@pytest.mark.parametrize("setting", ["MELDIND_HTTP", "WEBHOOK_LISTEN"])
async def test_a_port_that_is_taken_is_one_line(tmp_path: Path, setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        given = {setting: address}
        if setting == "WEBHOOK_LISTEN":
            given |= {"MELDIND_MODE": "webhook", "WEBHOOK_URL": "https://bot.example.org", "WEBHOOK_SECRET": "secret"}
        async with BotApiServer() as server:
            process = BotProcess(server, tmp_path, **given)
            await process.start()
            assert await process.waits() == 1
    line = process.log.read_text().splitlines()[-1]
    assert line == (
        f"meldind: {setting}: nothing can listen on {address} (another program listens there); set another host:port."
    )
