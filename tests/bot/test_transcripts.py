"""A whole report in each language, over HTTP, as it is read on the phone.

The transcripts stand beside this file. After a change of wording, write them anew and read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/test_transcripts.py
"""

import os
from pathlib import Path

import pytest

from tests.bot.stage import Stage

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
[Pošlji]
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
async def test_a_whole_report(bot_app: Stage, language: str) -> None:
    librarian = bot_app.talk(language)
    steps = REPORTS[language].strip().splitlines()
    for step in steps:
        await (librarian.presses(step[1:-1]) if step.startswith("[") else librarian.writes(step))
    interactions = await librarian.phone.interactions()
    assert len(interactions) <= 14
    assert [(what, calls) for what, calls in interactions if len(calls) > 2] == []
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    written = (await librarian.phone.transcript()).replace(report.id, "2345abcdef")
    kept = TRANSCRIPTS / f"report.{language}.txt"
    if os.environ.get("MELDIND_WRITE_TRANSCRIPTS"):
        kept.write_text(written, encoding="utf-8")
    assert written == kept.read_text(encoding="utf-8")
