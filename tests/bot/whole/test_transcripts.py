"""A whole report in each language, over HTTP, as it is read on the phone.

The transcripts stand beside this file. After a change of wording, write them anew and read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/whole/test_transcripts.py
"""

import pytest

from tests.bot.comparing import kept_as_read
from tests.bot.scripts import REPORTS, steps
from tests.bot.stage import Stage


@pytest.mark.parametrize("language", sorted(REPORTS))
async def test_a_whole_report(bot_app: Stage, language: str) -> None:
    librarian = bot_app.talk(language)
    await steps(librarian, REPORTS[language])
    interactions = await librarian.phone.interactions()
    assert len(interactions) <= 14
    assert [(what, calls) for what, calls in interactions if len(calls) > 2] == []
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    kept_as_read(f"report.{language}", (await librarian.phone.transcript()).replace(report.id, "2345abcdef"))
