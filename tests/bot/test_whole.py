"""A conversation with the whole bot."""

from collections.abc import Callable

from tests.bot.reporting import KEPT, reports, sent_reports
from tests.bot.stage import Stage, Talk


async def test_a_report_from_the_first_word_to_the_database(bot_app: Stage, talk: Callable[[str], Talk]) -> None:
    librarian = talk("en")
    await librarian.starts()
    await reports(librarian)
    (answers,) = await bot_app.finds(sent_reports)
    assert answers.items() >= KEPT.items()
    print(await librarian.phone.transcript())
    print(await librarian.phone.interactions())
