"""A running server, and the real python-telegram-bot talking to it."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.botapi import BotApiServer, Clock


@pytest.fixture(autouse=True)
def pauses_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's coming way of giving `retry_after`; the old one warns."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until a test moves it."""
    return Clock(1_800_000_000)


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(clock=clock) as running:
        yield running


@pytest.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, base_url=f"{server.url}/bot", base_file_url=f"{server.url}/file/bot") as running:
        yield running
