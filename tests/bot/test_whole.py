"""First steps of a conversation with the whole bot."""

from collections.abc import Callable

from tests.bot.stage import Stage, Talk


async def test_a_newcomer_is_greeted_in_the_language_of_the_phone(bot_app: Stage, talk: Callable[[str], Talk]) -> None:
    chat = talk("en")
    await chat.starts()
    print(await chat.phone.transcript())
    await chat.writes("/report")
    await chat.writes("Aarhus")
    print(await chat.phone.transcript())
    print(await chat.phone.interactions())
