"""Name and descriptions that Telegram shows of the bot, in each language."""

from bot.language.catalogues import Catalogues
from bot.sending.menus import insist
from bot.telegram.api import BotApi
from conversations.flows.shared.profile import DESCRIPTION, NAME, NAMED, SHORT_DESCRIPTION
from conversations.language.languages import LANGUAGES


async def set_profile(api: BotApi, catalogues: Catalogues) -> None:
    """Tell Telegram what the bot is: in each language, and in English for all other readers.

    A name of its own, other than Meldind, stays as @BotFather was told. What is as it should be is not set again:
    Telegram takes few changes of a name a day.
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
