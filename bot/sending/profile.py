"""The bot's name and descriptions in Telegram, in each language."""

from bot.language.catalogues import Catalogues
from bot.sending.menus import insist
from bot.telegram.api import BotApi
from conversations.flows.shared.profile import DESCRIPTION, NAME, NAMED, SHORT_DESCRIPTION
from conversations.language.languages import LANGUAGES


async def set_profile(api: BotApi, catalogues: Catalogues) -> None:
    """Set the bot's name and descriptions: in each language, and in English for all other languages.

    A custom name, other than Meldind, stays as it was set with @BotFather. Correct values are not set again, because
    Telegram accepts few changes of a name a day.
    """
    for language in (None, *LANGUAGES):
        for method, field, words in (
            ("Description", "description", DESCRIPTION),
            ("ShortDescription", "short_description", SHORT_DESCRIPTION),
        ):
            await _set(api, method, field, catalogues.say(words, language or "en"), language)
    if (await insist(api, "getMyName", {}))["name"] == NAME:
        for language in LANGUAGES:
            await _set(api, "Name", "name", catalogues.say(NAMED, language), language)


async def _set(api: BotApi, method: str, field: str, said: str, language: str | None) -> None:
    of = {} if language is None else {"language_code": language}
    if (await insist(api, f"getMy{method}", of))[field] != said:
        await insist(api, f"setMy{method}", {field: said, **of})
