"""The bot's identity, requested from Telegram."""

import asyncio

from telegram.error import TelegramError

from bot.runtime.settings import Settings
from bot.telegram.api import BotApi

ASKING_SECONDS = 5.0


async def bot_name(settings: Settings) -> str:
    """Returns the bot's name in links; "" if Telegram cannot be reached."""
    if settings.token is None:
        return ""
    api = BotApi(settings.token, settings.api_url, settings.way_out)
    await api.connect()
    try:
        async with asyncio.timeout(ASKING_SECONDS):
            found = await api.ask("getMe", {})
    except (TelegramError, TimeoutError):
        return ""
    finally:
        await api.disconnect()
    return str(found.get("username") or "")
