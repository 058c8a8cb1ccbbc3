"""Follow-ups as they are sent: not to people for whom the reason is gone, and to whoever looks after a report now."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.jobs.reminders import Reminders
from bot.language.catalogues import Catalogues
from conversations.model.outcomes import (
    Answered,
    FollowUpAnswered,
    FollowUpPutOff,
    Outcome,
    PersonForgotten,
    RemindersChosen,
    ReportHandedOver,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage.models import followups, personal_answers
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, draft, keep, look, own

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CATALOGUES = Catalogues(COPENHAGEN)
CY = 103
SENT = datetime(2026, 11, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LIBRARY = {"key": "dk-0461", "name": "Odense Biblioteker og Borgerservice"}


def at(month: int, day: int, hour: float = 9) -> datetime:
    """That hour of Copenhagen's clocks in 2027."""
    return (datetime(2027, month, day, tzinfo=COPENHAGEN) + timedelta(hours=hour)).astimezone(UTC)


async def published(storage: Storage, report: str = "r1", who: int = ANA, now: datetime = SENT, **told: object) -> None:
    """That person's report is published: a plan for March 2027, if nothing else is told."""
    answers = {"title": report, "status": "planned", "period_start": "2027-03", "sharing": "public", "library": LIBRARY}
    await draft(storage, report, who, now, **{**answers, **told})
    await keep(storage, ReportSubmitted(report), who=who, now=now)
    await keep(storage, ReportPublished(report, 1), who=CY, now=now)


async def does(storage: Storage, *outcomes: Outcome, who: int = ANA, now: datetime) -> None:
    await keep(storage, *outcomes, who=who, now=now)


async def looks(storage: Storage, now: datetime) -> list[tuple[int, str]]:
    """Who is told what, in one line, when a bot that has just started looks at that time."""
    job = Reminders(CATALOGUES, COPENHAGEN)
    await job.plan(storage, now)
    rows = await storage.write(lambda work: job.tell(work, now))
    return [(row.chat_id, row.payload["text"].splitlines()[0]) for row in rows]


async def number(storage: Storage) -> int:
    """The number of the question asked last."""

    def read(work: UnitOfWork) -> int:
        return work._connection.scalars(select(followups.c.id).order_by(followups.c.id.desc())).first() or 0

    return await storage.read(read)


STARTED = "<b>Er ”r1” gået i gang?</b>"


async def test_in_the_month_of_its_start_and_in_the_morning(storage: Storage) -> None:
    await published(storage)
    assert await looks(storage, at(3, 14, 12)) == []
    assert await looks(storage, at(3, 15, 2)) == []
    assert await looks(storage, at(3, 15, 9)) == [(ANA, STARTED)]
    for days in (0, 1, 7, 30, 300, 700):
        assert await looks(storage, at(3, 15, 10) + days * DAY) == []


async def test_not_to_people_who_left_or_want_nothing(storage: Storage) -> None:
    await published(storage)
    await does(storage, RemindersChosen(False), now=SENT + DAY)
    await published(storage, "r2", BO)
    await storage.write(lambda work: work.people.stopped(BO))
    assert await looks(storage, at(3, 15)) == []
    await does(storage, RemindersChosen(True), now=at(3, 16))
    assert await looks(storage, at(3, 16)) == [(ANA, STARTED)]  # it is still worth asking


async def test_the_reason_is_gone_overnight(storage: Storage) -> None:
    await published(storage)
    await published(storage, "r2", BO)
    assert await looks(storage, at(3, 15, 20)) == []  # planned, and waits for the morning
    await does(storage, ReportWithdrawn("r1"), now=at(3, 15, 21))
    await does(storage, Answered("r2", "status", "running"), who=BO, now=at(3, 15, 21))
    assert await looks(storage, at(3, 16)) == []


async def test_the_author_is_forgotten_while_it_waits(storage: Storage) -> None:
    await published(storage)
    assert await looks(storage, at(3, 15, 20)) == []
    await does(storage, PersonForgotten(with_reports=False), now=at(3, 15, 21))
    assert await looks(storage, at(3, 16)) == []


async def test_one_question_a_week_the_longest_due_first(storage: Storage) -> None:
    await published(storage)
    await published(storage, "r2", period_start="2027-03-10")
    await published(storage, "r3", period_start="2027-03-14")
    asked = [found for day in range(10, 31) for found in await looks(storage, at(3, day, 9.5))]
    assert [text for _chat, text in asked] == [f"<b>Er ”{each}” gået i gang?</b>" for each in ("r2", "r3", "r1")]


async def test_not_now_asks_once_more_in_a_week(storage: Storage) -> None:
    await published(storage)
    assert await looks(storage, at(3, 15)) == [(ANA, STARTED)]
    await does(storage, FollowUpPutOff(await number(storage)), now=at(3, 15, 10))
    await does(storage, FollowUpPutOff(await number(storage)), now=at(3, 15, 11))  # from another phone
    assert await looks(storage, at(3, 22, 9)) == []
    assert await looks(storage, at(3, 22, 10)) == [(ANA, STARTED)]
    await does(storage, FollowUpPutOff(await number(storage)), now=at(3, 22, 12))
    assert [await looks(storage, at(4, day)) for day in (1, 15, 30)] == [[], [], []]


async def test_an_answer_confirms_and_the_next_question_is_a_year_later(storage: Storage) -> None:
    await published(storage)
    assert await looks(storage, at(3, 15)) == [(ANA, STARTED)]
    this = await number(storage)
    changed = (FollowUpAnswered(this, "r1", "started"), Answered("r1", "status", "running"))
    await does(storage, *changed, now=at(3, 16))
    await does(storage, FollowUpAnswered(this, "r1", "dropped"), now=at(3, 20))  # too late, and so no confirmation
    found = (await storage.read(lambda work: work.initiatives.stored(["r1"])))["r1"]
    assert (found.progress, found.confirmed) == ("running", at(3, 16))
    a_year_later = datetime(2028, 3, 16, 9, tzinfo=COPENHAGEN).astimezone(UTC)
    assert await looks(storage, a_year_later - DAY) == []
    assert await looks(storage, a_year_later) == [(ANA, "<b>Kører ”r1” stadig?</b>")]


async def test_whoever_takes_a_report_over_is_asked(storage: Storage) -> None:
    await published(storage)
    await published(storage, "r2", BO, status="finished")
    assert await looks(storage, at(3, 15)) == [(ANA, STARTED)]
    person = await storage.write(lambda work: work.people.arrive(BO, BO, "da", SENT).person.id)
    await does(storage, ReportHandedOver("r1", person), who=CY, now=at(3, 20))
    assert (await own(storage, "r1", BO)).title == "r1"
    assert await storage.write(lambda work: look(work, ANA).reports.one("r1")) is None
    assert await looks(storage, at(3, 20, 10)) == [(BO, STARTED)]  # Ana had not answered
    assert await looks(storage, at(3, 29)) == []


async def test_what_waits_for_the_morning_goes_to_the_new_author(storage: Storage) -> None:
    await published(storage)
    await published(storage, "r2", BO, status="finished")
    assert await looks(storage, at(3, 15, 20)) == []
    person = await storage.write(lambda work: work.people.arrive(BO, BO, "da", SENT).person.id)
    await does(storage, ReportHandedOver("r1", person), who=CY, now=at(3, 15, 21))
    assert await looks(storage, at(3, 16)) == [(BO, STARTED)]


async def test_the_former_author_takes_their_contact_details_with_them(storage: Storage) -> None:
    await published(storage)
    await published(storage, "r2", BO, status="finished")
    given = Answered("r1", "contact", {"name": "Ana"}, personal=True)
    said = Answered("r1", "summary", "What we do.", "What we do.", 77)
    await does(storage, given, said, now=SENT + DAY)
    person = await storage.write(lambda work: work.people.arrive(BO, BO, "da", SENT).person.id)
    await does(storage, ReportHandedOver("r1", person), who=CY, now=at(3, 1))

    def message(who: int) -> object:
        return lambda work: look(work, who).reports.answer_from(77)

    assert await storage.write(message(BO)) is None  # type: ignore[arg-type]  # a message of another chat
    await does(storage, PersonForgotten(with_reports=True), now=at(3, 2))

    def left(work: UnitOfWork) -> Sequence[object]:
        return list(work._connection.scalars(select(personal_answers.c.report_id)))

    assert await storage.read(left) == []
    assert (await own(storage, "r1", BO)).title == "r1"
