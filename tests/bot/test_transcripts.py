"""A whole report in each language, over HTTP, as it is read on the phone.

The transcripts stand beside this file. After a change of wording, write them anew and read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/test_transcripts.py
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.stage import Talk

TRANSCRIPTS = Path(__file__).parent / "transcripts"

# What a librarian does, step by step: writes a text, or presses the button in square brackets.
REPORTS = {
    "da": """
/report
odense
[I gang]
Lektiecafé om onsdagen
Hver onsdag hjælper frivillige børn med lektierne, mens forældrene mødes over en kop kaffe.
[Færdig]
[Lektiehjælp]
[Videre]
[Flygtninge]
[Videre]
marts 2026
[Ingen andre]
[Alle]
[Send nu]
""",
    "sl": """
/report
crnomelj
[V teku]
Bralni klub ob sredah
Vsako sredo s prostovoljci beremo v slovenščini; pridejo priseljenke, priseljenci in domačini.
[Končano]
[Bralna skupina]
[Naprej]
[Priseljenci]
[Naprej]
marec 2026
[Brez partnerjev]
[Vsi]
[Pošljite zdaj]
""",
    "en": """
/report
kobenhavn
[Running]
Language café in the park
Every Tuesday newcomers and neighbours meet to talk Danish over coffee in the park.
[Done]
[Language café]
[Next]
[Immigrants]
[Next]
March 2026
[Nobody else]
[Anyone]
[Send now]
""",
}


@pytest.mark.parametrize("language", sorted(REPORTS))
async def test_a_whole_report(talk: Callable[[str], Talk], language: str) -> None:
    librarian = talk(language)
    steps = REPORTS[language].strip().splitlines()
    for step in steps:
        await (librarian.presses(step[1:-1]) if step.startswith("[") else librarian.writes(step))
    interactions = await librarian.phone.interactions()
    assert len(interactions) <= 14
    assert [done.calls for done in interactions if len(done.calls) > 2] == []
    written = without_ids(await librarian.phone.transcript())
    kept = TRANSCRIPTS / f"report.{language}.txt"
    if os.environ.get("MELDIND_WRITE_TRANSCRIPTS"):
        kept.write_text(written, encoding="utf-8")
    assert written == kept.read_text(encoding="utf-8")


def without_ids(transcript: str) -> str:
    """The transcript with every report's number as the same."""
    return re.sub(r"\b[2-9a-hjkmnp-z]{10}\b(?=\.|$| )", "2345abcdef", transcript, flags=re.MULTILINE)
