"""The call of 2016 to its end: experiences, resource persons who agreed, and the will to join national projects."""

import asyncio
import io
from datetime import UTC, datetime

from docx import Document

from conversations.model.experts import Sought
from tests.bot.calls import answers, opens_example
from tests.bot.reviewing import coordinator, says, sees, taps
from tests.bot.stage import Stage, Talk
from tests.bot.whole.test_experts import link_in
from tests.bot.whole.test_povezujejo import SOON, closes, exported, gets, published

HOST, OFFICE = "Sprogcaféens vært", "Praktikkontoret"


async def names(stage: Stage, librarian: Talk, title: str, name: str) -> Talk:
    """The librarian names somebody in the published report, who opens the link."""
    await librarian.writes("/myreports")
    await librarian.presses(f"Godkendt · ”{title}”")
    await librarian.presses("Foreslå en ressourceperson")
    if "Foreslå en til" in librarian.labels:
        await librarian.presses("Foreslå en til")
    await says(stage, librarian, name)
    asked = Talk(stage.server.phone("da", name))
    await asked.starts(await link_in(librarian))
    return asked


async def test_experiences_and_those_who_know_are_handed_on(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "da")
    slug = await opens_example(bot_app, ann, "integration", "da", SOON)
    odense, gentofte = bot_app.talk("da"), bot_app.talk("da")
    await answers(bot_app, odense, slug, "da", "Sprogcafé om onsdagen", "odense")
    await answers(bot_app, gentofte, slug, "da", "Praktik på biblioteket", "gentofte")
    sent = await asyncio.to_thread(exported, bot_app, slug)
    await bot_app.storage.write(lambda work: published(work, sent))

    host = await names(bot_app, odense, "Sprogcafé om onsdagen", HOST)
    office = await names(bot_app, gentofte, "Praktik på biblioteket", OFFICE)
    quiet = await names(bot_app, gentofte, "Praktik på biblioteket", "Den stille")
    await says(bot_app, host, "oplæg og nationalt projekt")
    await taps(bot_app, host, "Ja, sæt mig på listen")
    await says(bot_app, quiet, "nej tak")

    # Whom a theme day on refugees and a national project may ask: nobody who has not agreed.
    await ann.writes("/experts oplægsholder om sprogcafé")
    ann.bot(HOST, buttons=[f"1. {HOST}"])
    agreed = await bot_app.finds(lambda work: work.experts.found(Sought(uses=("national_project",)), datetime.now(UTC)))
    assert [each.name for each in agreed] == [HOST]
    await ann.writes("/experts")
    ann.bot("Én person har sagt ja", "Har sagt ja: 1. Spurgt, intet svar endnu: 1.")

    await invites_to_a_theme_day(bot_app, ann, host)
    await closes(bot_app, slug)
    await sees(bot_app, ann, "Fokus på integration")
    report = await text_of(ann)
    assert "Sprogcafé om onsdagen" in report
    assert "Praktik på biblioteket" in report
    assert HOST in report
    assert OFFICE not in report
    assert "Den stille" not in report

    await says(bot_app, office, "råd")
    await office.presses("Videre")
    await taps(bot_app, office, "Ja, sæt mig på listen")
    await host.writes("/experts")
    await host.presses("Mine oplysninger")
    await taps(bot_app, host, "Fjern mig")
    report = await text_of(ann)
    assert HOST not in report
    assert OFFICE in report


async def invites_to_a_theme_day(stage: Stage, ann: Talk, host: Talk) -> None:
    """The task force posts a theme day, and asks the person who agreed to speak, without knowing how to reach them."""
    await ann.writes("/events")
    await taps(stage, ann, "Slå et arrangement op")
    for words in ("temadag", "Temadag om sprogcaféer", "om tre uger kl. 10-15", "Odense Hovedbibliotek"):
        await says(stage, ann, words)
    await taps(stage, ann, "Forslag til oplægsholdere")
    ann.bot(HOST)
    await taps(stage, ann, HOST)
    await taps(stage, ann, "Kontakt")
    for label in ("Vælg organisation", "En anden slags ›", "Statslig styrelse"):  # whose name the person asked reads
        await taps(stage, ann, label)
    await says(stage, ann, "Kulturstyrelsen")
    await taps(stage, ann, "Hele landet")
    await taps(stage, ann, "Ja, tilmeld den")
    await taps(stage, ann, "Godkend")
    await ann.writes("/experts oplæg")
    await taps(stage, ann, f"1. {HOST}")
    await taps(stage, ann, "Kontakt")
    await says(stage, ann, "Vil du fortælle om jeres sprogcafé på temadagen i Odense?")
    await says(stage, ann, "temadag@example.org")
    await taps(stage, ann, "Send")
    await sees(stage, host, "temadagen i Odense")


async def text_of(ann: Talk) -> str:
    """What the call's report says, as it is made now."""
    document = Document(io.BytesIO(await gets(ann, "Hent opfordringens rapport")))
    tables = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(each.text for each in document.paragraphs), *tables])
