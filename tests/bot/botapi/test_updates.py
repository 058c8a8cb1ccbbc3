"""getUpdates: confirming, limits, kinds, life times, conflicts, and unreliable delivery."""

import asyncio
from time import perf_counter

import pytest
from telegram import Bot
from telegram.error import Conflict

from bot.botapi import BotApiServer, Clock

from .asking import ask


async def test_an_update_comes_until_it_is_confirmed(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone()
    for text in ("one", "two", "three"):
        await ida.types(text)
    first = await bot.get_updates()
    assert [update.message.text for update in first if update.message] == ["one", "two", "three"]
    assert await bot.get_updates(limit=2) == first[:2]
    assert await bot.get_updates(offset=first[1].update_id) == first[1:]
    assert (await bot.get_webhook_info()).pending_update_count == 2
    assert await bot.get_updates(offset=-1) == first[2:]
    assert await bot.get_updates(offset=first[2].update_id + 1) == ()
    assert server.violations == []


async def test_waiting_ends_when_something_comes(server: BotApiServer, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    await server.phone().types("Hej")
    assert len(await waiting) == 1
    assert await bot.get_updates(offset=100_000_002, timeout=0) == ()


async def test_only_the_kinds_asked_for(server: BotApiServer, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    ida = server.phone()
    message_id = await ida.types("Hej")
    await ida.press_data(message_id, "x")
    assert [update.callback_query is not None for update in await bot.get_updates()] == [True]
    await bot.get_updates(allowed_updates=[])
    await ida.types("Hej")
    assert len(await bot.get_updates()) == 2


async def test_updates_live_for_a_day(server: BotApiServer, bot: Bot, clock: Clock) -> None:
    await server.phone().types("Hej")
    clock.advance(86399)
    assert len(await bot.get_updates()) == 1
    clock.advance(1)
    assert await bot.get_updates() == ()


async def test_two_pollers_conflict(server: BotApiServer) -> None:
    first = asyncio.create_task(ask(server, "getUpdates", timeout=30))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(ask(server, "getUpdates", timeout=30))
    answer = await first
    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    await server.phone().types("Hej")
    assert len((await second)["result"]) == 1
    assert server.violations == []


async def test_the_second_of_two_conflicts_is_answered_late(
    server: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.botapi.methods.receiving.CONFLICT_PAUSE", 0.3)
    await ask(server, "setWebhook", url="http://127.0.0.1:9/")
    begun = perf_counter()
    assert (await ask(server, "getUpdates"))["error_code"] == 409
    assert perf_counter() - begun < 0.3
    assert (await ask(server, "getUpdates"))["error_code"] == 409
    assert perf_counter() - begun >= 0.3


async def test_a_webhook_ends_polling(server: BotApiServer, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.1)
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await polling
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_no_polling_beside_a_webhook(server: BotApiServer, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    await server.phone().types("Hej")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_confirmed_updates_come_again(server: BotApiServer, bot: Bot) -> None:
    server.cloud.updates.delivery.redeliver = 1.0
    await server.phone().types("Hej")
    (update,) = await bot.get_updates()
    assert await bot.get_updates(offset=update.update_id + 1) == (update,)
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_presses_are_repeated_and_events_change_places(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone()
    await ida.phones.post("delivery", {"repeat_presses": 1.0})
    message_id = await ida.types("one")
    await ida.press_data(message_id, "x")
    _, first, second = await bot.get_updates()
    assert first.callback_query
    assert second.callback_query
    assert first.update_id != second.update_id
    assert first.callback_query.id == second.callback_query.id

    await ida.phones.post("delivery", {"repeat_presses": 0, "permute": 1.0, "hold": True})
    for text in ("a", "b", "c"):
        await ida.types(text)
    assert await bot.get_updates(offset=second.update_id + 1) == ()
    await ida.phones.post("delivery", {"hold": False})
    permuted = await bot.get_updates(offset=second.update_id + 1)
    assert sorted(update.message.text or "" for update in permuted if update.message) == ["a", "b", "c"]
    assert [update.message.text for update in permuted if update.message] != ["a", "b", "c"]
    assert [update.update_id for update in permuted] == sorted(update.update_id for update in permuted)


async def test_updates_nobody_understands(server: BotApiServer) -> None:
    ida = server.phone()
    await ida.phones.post("updates", {"update": {"message": {"text": 5}}})
    await ida.types("lone \ud83d half")
    poison, lone = (await ask(server, "getUpdates"))["result"]
    assert poison == {"update_id": 100_000_001, "message": {"text": 5}}
    assert lone["message"]["text"] == "lone \ud83d half"
