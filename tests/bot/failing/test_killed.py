"""The process is killed in the middle of a conversation: nothing acknowledged is missing, and there is one report."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.botapi import BotApiServer
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.process import BotProcess
from tests.bot.reporting import FIRST_ASKED, KEPT, acts, sent_reports
from tests.bot.stage import Stage, Talk, until
from tests.storage.chat import next_due_at

PATIENCE = 30.0


async def found(folder: Path) -> list[dict[str, object]]:
    """The reports that are in the database now that nobody serves from it."""
    storage = Storage.open(f"sqlite:///{folder / 'meldind.db'}")
    try:
        return await storage.read(sent_reports)
    finally:
        await storage.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(3))
async def test_killed_again_and_again_it_goes_on_where_it_was(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    async with BotApiServer(seed=seed) as server:
        bot = BotProcess(server, tmp_path)
        await bot.start()
        chat = Talk(server.phone("en", "Emily"))
        await chat.phone.types("/report")
        await chat.phone.waits(PATIENCE)
        kills = 0
        for _ in range(60):
            if "Thank you" in chat.screen.text:
                break
            assert await acts(chat), f"she does not know what to do here:\n{chat.screen.text}"
            if chance.random() < 0.4:
                # From before the bot hears of it to after its answer: most turns take a few milliseconds.
                await asyncio.sleep(chance.choice((0, 0.002, 0.005, 0.01, 0.02, 0.05)))
                await bot.kill()
                kills += 1
                await bot.start()
            await chat.phone.waits(PATIENCE)
        await bot.kill()
        transcript = await chat.phone.transcript()
        assert "Thank you" in chat.screen.text, transcript
        assert kills > 0
        assert server.violations == []
    (answers,) = await found(tmp_path)
    # Shown the question once more, she may have told her story twice; it was all kept.
    assert str(answers.pop("summary")).startswith(KEPT["summary"])
    assert {key: answers[key] for key in KEPT if key != "summary"} == {
        key: value for key, value in KEPT.items() if key != "summary"
    }, transcript


async def test_what_was_said_while_the_bot_was_away_is_answered_when_it_is_back(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        chat = Talk(server.phone("en", "Emily"))
        await chat.phone.types("/report")
        await chat.phone.types("Aarhus")
        bot = BotProcess(server, tmp_path)
        await bot.start()
        await chat.phone.sees("What stage is it at?", PATIENCE)
        assert await bot.ends(signal.SIGTERM) == 0


async def test_what_was_left_unsent_comes_before_what_is_answered_after_the_start(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    await bot_app.settles()
    await bot_app.stop()
    # As a kill leaves it: a reply that was not sent, and a message that was not handled.
    now, person = datetime.now(UTC), chat.phone.person_id
    told = Outgoing(chat_id=person, method="sendMessage", payload={"text": "Said before"}, kind="reply", due_at=now)
    await chat.phone.types("/help")
    (update,) = bot_app.server.cloud.updates.waiting.values()
    storage = Storage.open(bot_app.settings.database)
    await storage.write(lambda work: work.outbox.add(told))
    number = int(bot_app.server.token.partition(":")[0])
    await storage.write(
        lambda work: work.inbox.receive_many(number, [(update.id, person, update.encoded().decode())], now)
    )
    await storage.close()
    await bot_app.start()
    await chat.phone.sees("What I can do")
    await bot_app.settles()
    await chat.phone.looks()
    said = [screen.text for screen in chat.phone.messages if screen.by_bot]
    assert ["Said before" in text for text in said] == [False, True, False]


async def test_what_is_sent_while_the_outbox_is_searched_is_not_sent_again(
    bot_app: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat = bot_app.talk()
    await chat.starts()
    await bot_app.settles()
    storage, read, searched = bot_app.storage, bot_app.storage.read, asyncio.Event()

    async def late(look: Callable[[UnitOfWork], Any]) -> Any:
        found = await read(look)
        if isinstance(found, list) and any(isinstance(row, OutboxRow) for row in found):
            while await read(next_due_at) is not None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            searched.set()
        return found

    monkeypatch.setattr(storage, "read", late)
    bot_app.server.cloud.faults.add("delay", method="sendMessage", seconds=0.5)
    await chat.phone.types("/help")
    while not searched.is_set():
        assert bot_app.application is not None
        bot_app.application.sender.look_for_unsent()
        await asyncio.sleep(0.02)
    await chat.phone.waits(quiet=0.5)
    assert sum("What I can do" in screen.text for screen in chat.phone.messages) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_an_orderly_stop_in_the_middle_of_everything(tmp_path: Path, number: int) -> None:
    async with BotApiServer() as server:
        bot = BotProcess(server, tmp_path)
        await bot.start()
        chats = [Talk(server.phone("en", f"Emily {number}")) for number in range(5)]
        for chat in chats:
            await chat.phone.types("/report")
        await chats[0].phone.waits(PATIENCE)
        async with asyncio.timeout(15):
            assert await bot.ends(number) == 0
        await bot.start()
        for chat in chats:
            await chat.phone.sees(FIRST_ASKED, PATIENCE)
            said = [screen for screen in chat.phone.messages if screen.by_bot]
            assert len(said) <= 2  # a crash, not to speak of a stop, repeats one message at most
        await bot.kill()
        assert server.token.partition(":")[2] not in bot.log.read_text()


async def test_a_second_bot_on_the_same_database_is_refused_with_a_line(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        first, second = BotProcess(server, tmp_path), BotProcess(server, tmp_path)
        await first.start()
        chat = Talk(server.phone("en", "Emily"))
        await chat.phone.starts()
        await chat.phone.waits(PATIENCE)
        await second.start()
        assert await second.waits() == 1
        assert "meldind: Another process" in first.log.read_text()
        assert await first.ends(signal.SIGTERM) == 0


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(3))
async def test_killed_between_the_pictures_of_an_album_all_are_there_and_it_is_acknowledged_once(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    async with BotApiServer(seed=seed) as server:
        bot = BotProcess(server, tmp_path)
        await bot.start()
        chat = Talk(server.phone("en", "Emily"))
        await chat.phone.starts()
        await chat.phone.waits(PATIENCE)
        before = chat.count
        server.cloud.updates.delivery.permute = 0.5
        await chat.phone.sends_album([b"\xff\xd8\xff" + bytes([number]) for number in range(8)], caption="In the park")
        await asyncio.sleep(chance.choice((0.01, 0.03, 0.08)))
        await bot.kill()
        await bot.start()
        await chat.phone.waits(PATIENCE, quiet=3)
        assert before + 1 <= chat.count <= before + 2  # a kill repeats one message at most
        await bot.kill()
    storage = Storage.open(f"sqlite:///{tmp_path / 'meldind.db'}")
    try:
        states = await storage.read(_inbox)
    finally:
        await storage.close()
    assert states == {"done": 9}


def _inbox(work: UnitOfWork) -> Counter[str]:
    return Counter(work.inbox._connection.scalars(text("SELECT state FROM inbox")))


async def test_what_telegram_has_not_confirmed_is_shown_again_after_the_start(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    await bot_app.settles()
    faults = bot_app.server.cloud.faults
    faults.add("delay", method="sendMessage", seconds=60)
    await chat.phone.types("/help")

    async def is_on_its_way() -> bool:
        return not faults.active

    await until(is_on_its_way)
    waits = await bot_app.finds(lambda work: [row.payload["text"] for row in work.outbox.due(datetime.now(UTC), 9)])
    assert ["What I can do" in text for text in waits] == [True]
    faults.add("cut", method="sendMessage", times=None)  # nothing arrives any more
    await bot_app.stop()
    faults.clear()
    await bot_app.start()
    await chat.phone.sees("What I can do")
    await bot_app.settles()
