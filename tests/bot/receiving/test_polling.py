"""Fetching updates, when Telegram has its bad days."""

import asyncio
from pathlib import Path

import pytest

from bot.botapi import BotApiServer
from bot.botapi.cloud.faults import Kind
from bot.receiving import polling
from bot.runtime.errors import Unusable
from bot.telegram.api import BotApi
from storage.engine.errors import NotKept
from tests.bot.stage import Stage, settings_for, until


@pytest.mark.parametrize(
    "kind", ["unauthorized", "not_found", "conflict", "internal_error", "bad_gateway", "cut", "too_many_requests"]
)
async def test_one_bad_answer_does_not_make_the_bot_deaf(bot_app: Stage, kind: Kind) -> None:
    bot_app.server.cloud.faults.add(kind, method="getUpdates", times=2, seconds=0)
    chat = bot_app.talk()
    await chat.starts()
    await chat.writes("/help")
    chat.bot("What I can do")


async def test_updates_that_cannot_be_kept_are_fetched_again(bot_app: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = bot_app.talk()
    await chat.starts()
    storage, failing = bot_app.storage, 2
    write = storage.write

    async def full(change: object) -> object:
        nonlocal failing
        if failing and getattr(getattr(change, "func", None), "__name__", "") == "_store":
            failing -= 1
            raise NotKept("The disk is full.")
        return await write(change)  # type: ignore[arg-type]

    monkeypatch.setattr(storage, "write", full)
    await chat.writes("/help")
    chat.bot("What I can do")
    assert failing == 0


async def test_another_poller_with_the_same_token_ends_the_bot_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "longer", lambda _pause, _longest: 0.001)
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path))
        server.cloud.faults.add("conflict", method="getUpdates", times=None)
        await stage.start()
        assert stage.receiving is not None
        await asyncio.wait([stage.receiving])
        with pytest.raises(Unusable, match="Another program"):
            await stage.stop()


async def test_a_webhook_left_over_is_removed(bot_app: Stage) -> None:
    await bot_app.stop()
    bot_app.server.cloud.updates.webhook_url = "https://elsewhere.example/hook"
    await bot_app.start()
    chat = bot_app.talk()
    await chat.starts()
    chat.bot("Welcome")


async def test_only_the_kinds_of_update_that_are_handled_are_asked_for(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    asked = [entry.params for entry in bot_app.server.journal.entries if entry.method == "getUpdates"]
    assert {tuple(params["allowed_updates"]) for params in asked} == {
        ("message", "edited_message", "callback_query", "my_chat_member", "inline_query")
    }


@pytest.mark.parametrize(
    ("language", "words"), [("da", "Meld et initiativ ind"), ("sl", "dejavnost"), ("en", "Report"), ("de", "Report")]
)
async def test_the_menus_are_set_in_every_language(bot_app: Stage, language: str, words: str) -> None:
    phone = bot_app.talk(language).phone

    async def is_there() -> bool:
        return any(line.startswith("/report") and words in line for line in await phone.commands())

    await until(is_there)


async def test_a_poll_that_hangs_is_connected_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "POLL_SECONDS", 1)
    fetch, left = polling._fetch, 2

    async def hanging(api: BotApi, offset: int | None) -> list[object]:
        nonlocal left
        if left:
            left -= 1
            await asyncio.Event().wait()
        return await fetch(api, offset)

    monkeypatch.setattr(polling, "_fetch", hanging)
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path))
        await stage.start()
        chat = stage.talk()
        await chat.starts()
        chat.bot("Welcome")
        await stage.stop()


async def test_who_loses_the_right_to_fetch_fetches_nothing_more(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path))
        await stage.start()
        assert stage.application is not None
        ours, fetched = [True, True, False], []

        async def is_ours() -> bool:
            return ours.pop(0)

        async def fetch(_api: BotApi, offset: int | None) -> list[object]:
            fetched.append(offset)
            return []

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(polling, "_fetch", fetch)
            application = stage.application
            with pytest.raises(Unusable, match="Another process is already polling"):
                await polling.poll(application.api, application.intake, application.health, is_ours)
        assert len(fetched) == 2
        await stage.stop()
