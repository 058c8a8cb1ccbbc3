"""Connections to Telegram break for longer than a moment: at most one message comes twice, and no answer is lost."""

import re
import signal
from pathlib import Path

import pytest

from bot.botapi import BotApiServer
from bot.botapi.cloud.faults import Kind
from bot.receiving import polling
from bot.sending import delivery as delivering
from tests.bot.crew import crew
from tests.bot.failing.test_faults import states
from tests.bot.process import BotProcess
from tests.bot.receiving.test_webhook import SECRET
from tests.bot.reporting import FIRST_ASKED
from tests.bot.stage import NAMES, Stage, Talk, on_stage, until

pytestmark = pytest.mark.timeout(240)

BROKEN: list[Kind] = ["lost_answer", "page", "cut", "bad_gateway"]
"""How a connection may end; only in the first case what was asked for is done."""

PATIENCE = 60.0

HELP = "What I can do"


def breaks(server: BotApiServer, kind: Kind) -> None:
    """Nothing that the bot sends is answered from now on; what people say still reaches it."""
    for method in ("sendMessage", "editMessageText", "sendChatAction"):
        server.cloud.faults.add(kind, method=method, times=None)


def breaks_altogether(server: BotApiServer, kind: Kind) -> None:
    """Nothing is answered."""
    server.cloud.faults.add(kind, times=None)


def times_asked(server: BotApiServer) -> int:
    """How often the bot has asked whether Telegram answers again."""
    return sum(entry.method == "sendChatAction" for entry in server.journal.entries)


async def it_has_asked(server: BotApiServer, times: int) -> None:
    """Wait until the bot has asked so often more."""
    before = times_asked(server)

    async def asked() -> bool:
        return times_asked(server) >= before + times

    await until(asked, PATIENCE)


async def times_seen(chat: Talk, words: str) -> int:
    await chat.phone.looks()
    return sum(words in screen.text for screen in chat.phone.messages if screen.by_bot)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that soon notices that an outage is over."""
    monkeypatch.setattr(delivering, "LONGEST_SILENCE", 0.3)
    monkeypatch.setattr(polling, "LONGEST_PAUSE", 0.3)


async def through_an_outage(stage: Stage, kind: Kind) -> Talk:
    """Somebody asks for help in an outage, and gets it afterwards."""
    chat = stage.talk()
    await chat.starts()
    breaks(stage.server, kind)
    await chat.phone.types("/help")
    await it_has_asked(stage.server, 1)
    breaks_altogether(stage.server, kind)
    await it_has_asked(stage.server, 2)
    stage.server.cloud.faults.clear()
    await stage.settles()
    return chat


@pytest.mark.parametrize("kind", BROKEN)
async def test_an_outage_costs_at_most_one_repeated_message_and_no_answer(
    hurried: None, bot_app: Stage, kind: Kind
) -> None:
    chat = await through_an_outage(bot_app, kind)
    assert await times_seen(chat, HELP) == (2 if kind == "lost_answer" else 1)
    assert await bot_app.finds(states) == ["sent", "sent"]


@pytest.mark.parametrize("kind", ["lost_answer", "page"])
async def test_an_outage_does_no_more_to_a_bot_that_telegram_calls(
    hurried: None, tmp_path: Path, port: int, kind: Kind
) -> None:
    address = f"127.0.0.1:{port}"
    given = {"webhook_url": f"http://{address}/hook", "webhook_listen": address, "webhook_secret": SECRET}
    async with on_stage(tmp_path, mode="webhook", **given) as stage:
        chat = await through_an_outage(stage, kind)
        assert await times_seen(chat, HELP) == (2 if kind == "lost_answer" else 1)


@pytest.mark.parametrize("kind", ["lost_answer", "page"])
async def test_an_outage_outlasts_a_restart_and_what_was_to_be_said_comes_first(
    hurried: None, bot_app: Stage, kind: Kind
) -> None:
    chat = bot_app.talk()
    await chat.starts()
    breaks(bot_app.server, kind)
    await chat.phone.types("/help")
    await it_has_asked(bot_app.server, 2)
    await bot_app.stop()
    await chat.phone.types("/report")
    await bot_app.start()
    await it_has_asked(bot_app.server, 2)
    bot_app.server.cloud.faults.clear()
    await bot_app.settles()
    assert await times_seen(chat, HELP) == (2 if kind == "lost_answer" else 1)
    chat.bot(FIRST_ASKED)
    assert await times_seen(chat, FIRST_ASKED) == 1


@pytest.mark.parametrize("kind", ["lost_answer", "page"])
async def test_killed_in_an_outage_again_and_again_a_message_comes_twice_at_most(tmp_path: Path, kind: Kind) -> None:
    async with BotApiServer() as server:
        bot = BotProcess(server, tmp_path)
        await bot.start()
        chat = Talk(server.phone("en", NAMES["en"]))
        await chat.phone.starts()
        await chat.phone.sees("Welcome", PATIENCE)
        breaks(server, kind)
        await chat.phone.types("/help")

        async def tried() -> bool:
            return any(entry.method == "sendMessage" and entry.faults for entry in server.journal.entries)

        await until(tried)
        for _ in range(2):  # for the first time perhaps before it could note what happened
            await bot.kill()
            await bot.start()
            await it_has_asked(server, 1)
        server.cloud.faults.clear()
        await chat.phone.types("/report")
        await chat.phone.sees(FIRST_ASKED, PATIENCE)
        assert await times_seen(chat, HELP) == (2 if kind == "lost_answer" else 1)
        assert await bot.ends(signal.SIGTERM) == 0
        assert server.violations == []


async def test_after_an_outage_two_workers_say_what_they_have_to_say_in_its_order(
    postgres_url: str, tmp_path: Path
) -> None:
    async with crew(postgres_url, tmp_path) as made:
        chat = Talk(made.server.phone("en", NAMES["en"]))
        await chat.phone.starts()
        await chat.phone.sees("Welcome", PATIENCE)
        await made.settles()
        breaks(made.server, "page")
        for words in ("/report", "Aarhus", "running", "Language café"):
            before = list(made.calls)
            await chat.phone.types(words)

            async def is_kept(before: list[int] = before) -> bool:
                return made.calls != before

            await until(is_kept)
        await it_has_asked(made.server, 4)
        made.server.cloud.faults.clear()
        await chat.phone.sees("What do you do, who is it for, and why?", PATIENCE)
        await made.settles()
        await chat.phone.looks()
        said = [screen.text for screen in chat.phone.messages if screen.by_bot][1:]
        asked = [re.search(r"Tell about it|^.*\?$", text, re.MULTILINE) for text in said]
        assert [found and found[0] for found in asked] == [
            "Tell about it",
            "What stage is it at?",
            "What is it called?",
            "What do you do, who is it for, and why?",
        ]
        assert min(made.calls) > 0, made.calls
