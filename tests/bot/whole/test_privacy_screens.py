"""What is read on the phone about privacy, in each language.

The transcripts stand beside this file. After a change of wording, write them anew and read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/whole/test_privacy_screens.py
"""

import pytest

from bot.language.catalogues import Catalogues
from conversations.language.words import Words, _
from conversations.model.privacy import KINDS
from tests.bot.comparing import kept_as_read
from tests.bot.stage import Stage

CATALOGUES = Catalogues()


@pytest.mark.parametrize("language", ["da", "sl", "en"])
async def test_what_is_kept_why_and_how_long(bot_app: Stage, language: str) -> None:
    def said(words: Words) -> str:
        return CATALOGUES.say(words, language)

    talk = bot_app.talk(language)
    await talk.starts()
    await talk.writes("/privacy")
    for kind in KINDS:
        await talk.presses(said(kind.title))
        await talk.presses(said(_("‹ Back")))
    kept_as_read(f"privacy.{language}", await bot_app.transcript(talk))
