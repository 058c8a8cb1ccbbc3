"""The page to be printed has what was asked for, also where the wish waited from an earlier version."""

import asyncio
import json

import pytest

from bot.files.making import made
from conversations.context.session import Session, Turn
from conversations.model.outcomes import Answered, CallChanged, CallStarted, DraftStarted, ReportSubmitted
from storage.session.unit_of_work import UnitOfWork
from tests.bot.files.test_files import WEEK
from tests.bot.stage import Stage

TOLD = {
    "status": "running",
    "themes": ["language_cafe"],
    "sharing": "network",
    "evidence_types": ["statistics"],
}


def reported(work: UnitOfWork) -> None:
    work.calls.start(CallStarted("rooms", "en", "Rooms for all", "UTC"), WEEK)
    work.calls.change(CallChanged("rooms", "status", "open"), WEEK)
    person = work.people.arrive(1, 1, "en", WEEK).person
    for report, outcome, call in (("r1", "They found work.", "rooms"), ("r2", "They read more.", None)):
        told = {**TOLD, "title": report, "outcome": outcome, "campaign": call}
        answers = (Answered(report, question, value) for question, value in told.items())
        work.keep(person, Turn(Session(1, None), (), (DraftStarted(report), *answers, ReportSubmitted(report))), WEEK)


def packed(**topic: str) -> str:
    return json.dumps({"theme": "", "group": "", "country": "", "call": "", "words": "", "in": "en", **topic})


@pytest.mark.parametrize(
    ("data", "title", "told"),
    [
        (packed(), "What we know", {"r1", "r2"}),
        (packed(words="found work"), "What we know: “found work”", {"r1"}),
        (packed(call="rooms"), "What we know: Rooms for all", {"r1"}),
        (packed(theme="language_cafe", words="read"), "What we know: Language café, “read”", {"r2"}),
        ("language_cafe..en", "What we know: Language café", {"r1", "r2"}),
    ],
)
async def test_the_page_has_just_that(bot_app: Stage, data: str, title: str, told: set[str]) -> None:
    await bot_app.storage.write(reported)
    await bot_app.storage.write(lambda work: work.summaries.refresh())
    page = (await asyncio.to_thread(made, "evidence", data, bot_app.storage)).decode()
    assert f"<h1>{title}</h1>" in page
    assert {report for report in ("r1", "r2") if f'class="title">{report}</h4>' in page} == told
