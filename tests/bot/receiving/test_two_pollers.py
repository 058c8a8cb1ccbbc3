"""Two processes that fetch the updates of one bot: one of them ends and says why, the other goes on."""

import asyncio
import random
import signal
from pathlib import Path

import pytest

from bot.botapi import BotApiServer
from storage.session.schema import migrate
from tests.bot.process import BotProcess
from tests.bot.stage import Talk

pytestmark = pytest.mark.timeout(200)

PATIENCE = 60.0


async def answers(server: BotApiServer) -> None:
    """The bot, as somebody new finds."""
    talk = Talk(server.phone("en", "Emily"))
    await talk.phone.types("/help")
    await talk.phone.sees("What I can do", PATIENCE)


async def test_the_second_on_one_database_ends_with_a_line_and_the_first_goes_on(
    postgres_url: str, tmp_path: Path
) -> None:
    migrate(postgres_url)
    async with BotApiServer() as server:
        first, second = (BotProcess(server, tmp_path / name, DATABASE_URL=postgres_url) for name in ("one", "two"))
        await first.start()
        await answers(server)
        await second.start()
        assert await second.waits() == 1
        assert "meldind: Another process is already polling for this bot" in second.log.read_text()
        assert not any(entry.status == 409 for entry in server.journal.entries)
        await answers(server)
        assert await first.ends(signal.SIGTERM) == 0


async def test_after_a_kill_the_next_one_takes_over(postgres_url: str, tmp_path: Path) -> None:
    migrate(postgres_url)
    async with BotApiServer() as server:
        first, second = (BotProcess(server, tmp_path / name, DATABASE_URL=postgres_url) for name in ("one", "two"))
        await first.start()
        await answers(server)
        await first.kill()
        await second.start()
        await answers(server)
        assert await second.ends(signal.SIGTERM) == 0


async def test_of_two_that_know_nothing_of_each_other_one_ends_with_a_line(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        bots = [BotProcess(server, tmp_path / name) for name in ("one", "two")]
        for bot in bots:
            await bot.start()
        ended = [asyncio.create_task(bot.waits()) for bot in bots]
        done, others = await asyncio.wait(ended, timeout=PATIENCE * 2, return_when=asyncio.FIRST_COMPLETED)
        assert {task.result() for task in done} == {1}
        lines = [bot.log.read_text() for bot, task in zip(bots, ended, strict=True) if task in done]
        assert all("Another program fetches updates with this token" in said for said in lines)
        for task in others:
            task.cancel()
        for bot, task in zip(bots, ended, strict=True):
            if task not in done:
                await answers(server)
                await bot.kill()


@pytest.mark.parametrize("seed", range(3))
async def test_asked_to_stop_at_any_moment_it_does_within_fifteen_seconds_and_nothing_is_lost(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    migrate(database_url)
    chance = random.Random(seed)
    async with BotApiServer(seed=seed) as server:
        bot = BotProcess(server, tmp_path / "bot", DATABASE_URL=database_url)
        talks = [Talk(server.phone("en", f"Emily {number}")) for number in range(4)]
        server.cloud.faults.add("delay", times=None, probability=0.3, seconds=0.5)
        for words in ("/report", "Aarhus", "running"):
            for talk in talks:
                await talk.phone.types(words)
            await bot.start()
            await asyncio.sleep(chance.choice((0.3, 0.8, 1.5, 2.5)))
            async with asyncio.timeout(15):
                assert await bot.ends(signal.SIGTERM) in (0, -signal.SIGTERM)  # before it listens to it, it just ends
        server.cloud.faults.clear()
        await bot.start()
        for talk in talks:
            await talk.phone.sees("What is it called?", PATIENCE)
        assert await bot.ends(signal.SIGTERM) in (0, -signal.SIGTERM)  # what they see may be from before this start
