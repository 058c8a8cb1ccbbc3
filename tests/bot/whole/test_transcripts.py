"""A whole report in each language, over HTTP, as it is read on the phone.

The transcripts stand beside this file. After a change of wording, write them anew and read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/whole/test_transcripts.py
"""

from collections.abc import Awaitable, Callable

import pytest

from tests.bot.comparing import kept_as_read
from tests.bot.scripts import REPORTS, steps
from tests.bot.stage import Stage, Talk
from tests.bot.telling import TOLD, is_asked, tells


@pytest.mark.parametrize("language", sorted(REPORTS))
async def test_a_whole_report(bot_app: Stage, language: str) -> None:
    librarian = bot_app.talk(language)
    await steps(librarian, REPORTS[language])
    interactions = await librarian.phone.interactions()
    assert len(interactions) <= 14
    assert [(what, calls) for what, calls in interactions if len(calls) > 2] == []
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    kept_as_read(f"report.{language}", (await bot_app.transcript(librarian)).replace(report.id, "2345abcdef"))


@pytest.mark.parametrize("language", sorted(TOLD))
@pytest.mark.parametrize(("name", "reports", "most"), [("told", tells, 10), ("asked", is_asked, 14)])
async def test_the_same_initiative_told_and_asked(
    bot_app: Stage, language: str, name: str, reports: Callable[[Talk, str], Awaitable[None]], most: int
) -> None:
    librarian = bot_app.talk(language)
    await reports(librarian, language)
    interactions = await librarian.phone.interactions()
    calls = [len(each) for _what, each in interactions]
    assert len(interactions) <= most
    assert max(calls) <= 2
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    counted = f"\n{len(interactions)} messages and presses, {sum(calls)} calls of the Bot API\n"
    kept_as_read(
        f"{name}.{language}", (await bot_app.transcript(librarian)).replace(report.id, "2345abcdef").rstrip() + counted
    )
