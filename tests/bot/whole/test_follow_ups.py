"""Follow-ups in each language, over HTTP, as they are read on the phone: a plan begins, ends, and one that goes on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.jobs.reminders import Reminders
from bot.jobs.timed.follow_up import FollowUpQuestion
from bot.jobs.timed.message import Look, Part
from bot.jobs.timed.planning import plan_portion
from bot.language.catalogues import Catalogues
from conversations.context.session import Session, Turn
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    Outcome,
    ReportPublished,
    ReportSubmitted,
)
from storage.session.unit_of_work import UnitOfWork
from tests.bot.comparing import kept_as_read
from tests.bot.stage import Stage, Talk

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CATALOGUES = Catalogues(COPENHAGEN)
COORDINATOR = 99
SENT = datetime(2026, 1, 12, 9, tzinfo=UTC)
LIBRARY = {"key": "dk-0461", "name": "Odense Biblioteker og Borgerservice"}

SAYS = {
    "da": {
        "title": "Sprogcafé på torvet",
        "summary": "Naboer og nye borgere taler dansk over en kop kaffe hver tirsdag.",
        "started": "Ja, det er gået i gang",
        "ended": "Det er slut",
        "outcome": "De taler mere dansk på arbejdet.",
        "people": "ca. 30 i alt",
        "next": "Videre",
        "second": "Læseklub for nybegyndere",
        "third": "Højtlæsning i parken",
        "running": "det kører stadig",
    },
    "sl": {
        "title": "Jezikovna kavarna na trgu",
        "summary": "Sosedje in priseljenci se vsak torek ob kavi pogovarjajo v danščini.",
        "started": "Da, se je začela",
        "ended": "Se je končala",
        "outcome": "V službi govorijo več dansko.",
        "people": "okoli 30 skupaj",
        "next": "Naprej",
        "second": "Bralni klub za začetnike",
        "third": "Branje v parku",
        "running": "še vedno poteka",
    },
    "en": {
        "title": "Language café in the square",
        "summary": "Neighbours and newcomers talk Danish over coffee every Tuesday.",
        "started": "Yes, it has started",
        "ended": "It has ended",
        "outcome": "They speak more Danish at work.",
        "people": "about 30 in all",
        "next": "Next",
        "second": "Reading club for beginners",
        "third": "Reading aloud in the park",
        "running": "it is still running",
    },
}


async def is_asked(stage: Stage, talk: Talk, report: str, sent: datetime, now: datetime, **told: object) -> None:
    """The person's report is published when it was sent, and asked about at `now`, before the bot looks by itself."""
    answers = {
        "library": LIBRARY,
        "themes": ["language_cafe"],
        "target_groups": ["immigrants"],
        "partners": {"types": ["none"], "names": []},
        "sharing": "public",
        **told,
    }

    def keep(work: UnitOfWork) -> int:
        given = (Answered(report, question, value) for question, value in answers.items())
        _turn(work, talk.phone.person_id, sent, DraftStarted(report), *given, ReportSubmitted(report))
        _turn(work, COORDINATOR, sent, ReportPublished(report, 1))
        question = FollowUpQuestion()
        plan_portion(Look(work, now, COPENHAGEN), question, Part(""))
        return len(Reminders(CATALOGUES, COPENHAGEN, (question,)).tell(work, now))

    assert await stage.storage.write(keep) == 1
    assert stage.application is not None
    stage.application.sender.look_for_unsent()
    await stage.settles()
    await talk.phone.waits()


def _turn(work: UnitOfWork, who: int, when: datetime, *outcomes: Outcome) -> None:
    person = work.people.arrive(who, who, "en", when).person
    work.keep(person, Turn(Session(), (), outcomes, language=person.language), when)


@pytest.mark.parametrize("language", sorted(SAYS))
async def test_what_becomes_of_three_initiatives(bot_app: Stage, language: str) -> None:
    says = SAYS[language]
    talk = bot_app.talk(language)
    await talk.starts()
    told = {"title": says["title"], "summary": says["summary"]}
    plan = {**told, "status": "planned", "period_start": "2026-03"}
    await is_asked(bot_app, talk, "2345abcdef", SENT, datetime(2026, 3, 16, 9, tzinfo=UTC), **plan)
    await talk.presses(says["started"])
    ended = {**told, "title": says["second"], "status": "running", "period_start": "2026", "period_end": "2026-09"}
    await is_asked(bot_app, talk, "3456abcdef", SENT, datetime(2026, 10, 1, 9, tzinfo=UTC), **ended)
    await talk.presses(says["ended"])
    await talk.writes(says["outcome"])
    await talk.writes(says["people"])
    await talk.presses(next(label for label in talk.labels if not label.startswith(("‹", "🌐"))))
    await talk.presses(says["next"])
    await talk.writes("/cancel")
    yesterday = datetime.now(COPENHAGEN).replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=1)
    going_on = {**told, "title": says["third"], "status": "running", "period_start": "2020"}
    a_year_ago = yesterday.astimezone(UTC) - timedelta(days=400)
    await is_asked(bot_app, talk, "4567abcdef", a_year_ago, yesterday.astimezone(UTC), **going_on)
    await talk.writes(says["running"])
    answers = await bot_app.finds(lambda work: [each.answer for each in work.followups.page(0, 9)])
    assert answers == ["running", "ended", "started"]
    today = CATALOGUES.say(datetime.now(COPENHAGEN).date(), language)
    kept_as_read(f"followups.{language}", (await bot_app.transcript(talk)).replace(today, "30/11"))
