"""The campaign *Knjižnice povezujejo* to its end: six libraries measure, the association hands the result on."""

import asyncio
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from docx import Document

from bot.files.reports.exports import Wish, write_reports
from bot.jobs.reminders import Reminders
from bot.jobs.timed.call_closed import CallClosed
from bot.language.catalogues import Catalogues
from conversations.context.session import Session, Turn
from conversations.model.outcomes import CallChanged, ReportPublished
from storage.session.unit_of_work import UnitOfWork
from tests.bot.calls import answers, opens_example
from tests.bot.files.test_files import file_behind, sheets
from tests.bot.reviewing import coordinator, sees
from tests.bot.stage import Stage, Talk
from tests.bot.whole.test_seeds import SIX

SOON = date.today() + timedelta(days=14)  # noqa: DTZ011 - any day that is not past
TITLES = [title for _place, title, *_rest in SIX]
LIBRARIES = [library for *_rest, library in SIX]


async def test_six_measured_services_become_one_report(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, "sl")
    slug = await opens_example(bot_app, ann, "povezujejo", "sl", SOON)
    for place, title, *_rest in SIX:
        await answers(bot_app, bot_app.talk("sl"), slug, "sl", title, place)
    sent = await asyncio.to_thread(exported, bot_app, slug)
    await bot_app.storage.write(lambda work: published(work, sent))

    await ann.writes("/evidence poziv: knjižnice povezujejo")
    ann.bot("Kaj vemo: Knjižnice povezujejo", "Podlaga: 6 prispevkov iz 6 knjižnic.")
    ann.bot(
        "Kako zanesljivo je to: prešteto v knjižnici (6).", "Udeleženci: 180 (6 prispevkov: prešteto v knjižnici (6))."
    )

    await closes(bot_app, slug)
    await sees(bot_app, ann, "Poziv je zaključen: Knjižnice povezujejo")
    told = Document(io.BytesIO(await gets(ann, "Prenesi poročilo o pozivu")))
    text = "\n".join(each.text for each in told.paragraphs)
    assert all(title in text for title in TITLES)
    assert all(library in text for library in LIBRARIES)
    assert "Začasno" not in text
    page = (await gets(ann, "Za tiskanje")).decode()
    assert page.count('<article class="entry">') == 12, "six answers, and six results with their sources"
    book = sheets(await gets(ann, "Preglednica"))

    records = await asyncio.to_thread(exported, bot_app, slug)
    assert {row[-1] for row in book["Odgovori"][1:]} == {record["id"] for record in records}
    assert {row[-1] for row in book["Rezultati"][1:]} == {record["id"] for record in records}
    assert {row[5] for row in book["Rezultati"][1:]} == {f"80\u00a0% ({date.today().year})"}  # noqa: DTZ011
    assert [row[1] for row in book["Knjižnice"][1:]] == sorted(LIBRARIES)


async def gets(ann: Talk, label: str) -> bytes:
    """The file that comes when the coordinator taps the button."""
    return await file_behind(ann, await ann.presses(label))


def published(work: UnitOfWork, records: list[dict[str, Any]]) -> None:
    """A coordinator publishes all of these reports."""
    now = datetime.now(UTC)
    who = work.people.arrive(900, 900, "sl", now).person
    for record in records:
        outcome = ReportPublished(record["id"], record["revision"])
        work.keep(who, Turn(Session(1, None), (), (outcome,)), now)


async def closes(stage: Stage, slug: str) -> None:
    """The call is closed, and a little later coordinators are told, where it is noon now."""
    now = datetime.now(UTC)

    def close(work: UnitOfWork) -> None:
        work.calls.change(CallChanged(slug, "status", "closed"), now)

    await stage.storage.write(close)
    job = Reminders(Catalogues(), ZoneInfo(f"Etc/GMT{now.hour - 12:+}"), (CallClosed(),))
    await job.plan(stage.storage, now)
    await stage.storage.write(lambda work: job.tell(work, now))
    assert stage.application is not None
    stage.application.sender.look_for_unsent()
    await stage.settles()


def exported(stage: Stage, slug: str) -> list[dict[str, Any]]:
    """What `meldind export --call` gives."""
    file = io.BytesIO()
    write_reports(stage.storage, Wish(call=slug), file)
    return [json.loads(line) for line in file.getvalue().decode().splitlines()]
