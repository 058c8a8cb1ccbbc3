"""The command menus that Telegram shows, in each language."""

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from telegram.error import TelegramError

from bot.language.catalogues import Catalogues
from bot.runtime.errors import Flood
from bot.runtime.timers import longer
from bot.telegram.api import BotApi
from conversations.engine.commands import COMMANDS
from conversations.language.languages import LANGUAGES

log = structlog.get_logger("meldind.menus")

LONGEST_PAUSE = 300.0


async def set_menus(api: BotApi, catalogues: Catalogues) -> None:
    """Set the commands for everybody: in each language, and in English for all other languages."""
    for language in (None, *LANGUAGES):
        await insist(api, "setMyCommands", _menu(catalogues, language))


def _menu(catalogues: Catalogues, language: str | None) -> dict[str, Any]:
    commands = [
        {"command": command.name, "description": catalogues.say(command.description, language or "en")}
        for command in COMMANDS
        if not command.roles
    ]
    scope = {"commands": commands, "scope": {"type": "all_private_chats"}}
    return scope if language is None else {**scope, "language_code": language}


async def insist(api: BotApi, method: str, parameters: Mapping[str, Any]) -> Any:
    """Call `method` with retries until Telegram answers; returns the result."""
    pause = 0.0
    while True:
        try:
            return await api.ask(method, parameters)
        except TelegramError as error:
            pause = longer(pause, LONGEST_PAUSE, first=1.0)
            log.warning("not answered, trying again", method=method, seconds=pause, reason=error.message)
            await asyncio.sleep(error.seconds if isinstance(error, Flood) else pause)
