"""What people are told about events, and when: each thing once, in waking hours, and only as long as it is true."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.jobs.match_notices import MatchNotices
from bot.jobs.reminders import Reminders
from bot.language.catalogues import Catalogues
from conversations.context.session import Session, Turn
from conversations.model.events.event import LibraryEvent, When, as_json
from conversations.model.events.visits import VisitWish
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    EventCancelled,
    EventChanged,
    EventPublished,
    EventStarted,
    EventToldOf,
    LibraryRemembered,
    Outcome,
    RemindersChosen,
    ReportPublished,
    ReportSubmitted,
    SignedUp,
    SignUpWithdrawn,
    VisitWished,
    VisitWishEnded,
)
from storage.messages.outbox import OutboxRow
from storage.registers import find_libraries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CATALOGUES = Catalogues(COPENHAGEN)
ORGANISER, ANA, BO, CY = 100, 101, 102, 103
WHEN = When(date(2027, 3, 29), date(2027, 3, 29), time(10), time(15))  # the clocks change on the day before
ANNOUNCED = datetime(2027, 3, 1, 20, tzinfo=UTC)  # in the evening


@dataclass
class Calendar:
    """A database, a clock, and what everybody was told, with the hour where they are."""

    storage: Storage
    now: datetime
    said: list[tuple[datetime, int, str]] = field(default_factory=list)

    async def does(self, who: int, *outcomes: Outcome) -> int:
        """A turn of that person, now."""
        return await self.storage.write(partial(self._kept, who, outcomes))

    def _kept(self, who: int, outcomes: Sequence[Outcome], work: UnitOfWork) -> int:
        person = work.people.arrive(who, who, "en", self.now).person
        work.keep(person, Turn(Session(1, None), (), tuple(outcomes)), self.now)
        return person.id

    async def offers(self, who: int, report: str, offer: str, themes: Sequence[str] = ("language_cafe",)) -> None:
        """That person's library has a published report, with an offer."""
        odense = find_libraries("odense").exact
        assert odense is not None
        library = {"key": odense.key, "name": odense.name}
        told = {
            "title": f"Initiative {report}",
            "library": library,
            "sharing": "network",
            "status": "running",
            "themes": list(themes),
            "contribute": [offer],
        }
        answers = (Answered(report, question, value) for question, value in told.items())
        await self.does(who, LibraryRemembered(library), DraftStarted(report), *answers, ReportSubmitted(report))
        await self.does(ORGANISER, ReportPublished(report, 1))

    async def announces(
        self, this: str = "e1", places: int | None = None, when: When = WHEN, country: str = "DK"
    ) -> None:
        """The organiser publishes a theme day on language cafés."""
        organiser = await self.does(ORGANISER)
        draft = LibraryEvent(
            this, organiser, "theme_day", "en", titles={"en": "Theme day"}, timezone="Europe/Copenhagen"
        )
        await self.does(ORGANISER, EventStarted(draft))
        fields = {
            "when": as_json(when),
            "place": {"place": "Fredericia", "online": False},
            "themes": ["language_cafe"],
            "country": country,
            "places": places,
        }
        changes = (EventChanged(this, what, value) for what, value in fields.items())
        await self.does(ORGANISER, *changes, EventPublished(this))

    async def changes(self, this: str, **fields: object) -> None:
        """The organiser publishes changes."""
        await self.does(
            ORGANISER, *(EventChanged(this, what, value) for what, value in fields.items()), EventPublished(this)
        )

    async def goes_on(self, until: datetime, minutes: int = 60) -> None:
        """Time passes; every look is by a process that has just started."""
        while self.now < until:
            job = Reminders(CATALOGUES, COPENHAGEN, bot_name=lambda: "MeldindBot")
            await job.plan(self.storage, self.now)
            rows = await self.storage.write(lambda work, job=job: job.tell(work, self.now))  # type: ignore[misc]
            self.said += [(self.now, row.chat_id, row.payload["text"]) for row in rows if "text" in row.payload]
            self.now += timedelta(minutes=minutes)

    def told(self, who: int) -> list[str]:
        """The first line of each message to that person."""
        return [
            text.splitlines()[0].replace("<b>", "").replace("</b>", "") for _at, chat, text in self.said if chat == who
        ]


@pytest.fixture
def calendar(storage: Storage) -> Calendar:
    """An evening before anything has happened."""
    return Calendar(storage, ANNOUNCED)


def local(calendar: Calendar) -> set[int]:
    """The hours at which anybody was told anything, in Copenhagen."""
    return {at.astimezone(COPENHAGEN).hour for at, _who, _text in calendar.said}


INVITED = "You offered to take part: Theme day"
CHANGED = "An event that you signed up for has changed: "


async def test_who_offered_it_in_that_country_and_theme_is_told_once(calendar: Calendar) -> None:
    await calendar.offers(ANA, "r1", "theme_day")
    await calendar.offers(ANA, "r2", "theme_day")
    await calendar.offers(BO, "r3", "study_visit")
    await calendar.offers(CY, "r4", "theme_day", themes=["reading_group"])
    await calendar.offers(ORGANISER, "r5", "theme_day")
    await calendar.announces()
    await calendar.announces("e2", country="SI")
    await calendar.goes_on(ANNOUNCED + timedelta(days=2))
    await calendar.changes("e1", place={"place": "Kolding", "online": False})
    await calendar.goes_on(ANNOUNCED + timedelta(days=4))
    assert [chat for _at, chat, _text in calendar.said] == [ANA]
    assert calendar.told(ANA) == [INVITED]
    assert local(calendar) == {9}


async def test_who_offers_it_later_is_told_too_but_nobody_who_has_signed_up(calendar: Calendar) -> None:
    await calendar.announces()
    await calendar.offers(BO, "r1", "theme_day")
    await calendar.does(BO, SignedUp("e1", "coming"))
    await calendar.goes_on(ANNOUNCED + timedelta(days=2))
    await calendar.offers(ANA, "r2", "theme_day")
    await calendar.goes_on(ANNOUNCED + timedelta(days=4))
    assert (calendar.told(ANA), calendar.told(BO)) == ([INVITED], [])


async def test_who_signs_up_before_the_morning_or_wants_no_reminders_is_not_invited(calendar: Calendar) -> None:
    await calendar.offers(ANA, "r1", "theme_day")
    await calendar.offers(BO, "r2", "theme_day")
    await calendar.does(BO, RemindersChosen(False))
    await calendar.announces()
    await calendar.goes_on(ANNOUNCED + timedelta(hours=1))
    await calendar.does(ANA, SignedUp("e1", "coming"))
    await calendar.goes_on(ANNOUNCED + timedelta(days=2))
    assert calendar.said == []


async def test_a_place_from_the_waiting_list_is_told_once(calendar: Calendar) -> None:
    await calendar.announces(places=1)
    await calendar.does(ANA, SignedUp("e1", "coming"))
    await calendar.does(BO, SignedUp("e1", "waiting"), RemindersChosen(False))
    await calendar.does(ANA, SignUpWithdrawn("e1"))
    await calendar.goes_on(ANNOUNCED + timedelta(days=3))
    assert calendar.told(BO) == ["A place is free, and it is yours."]
    assert local(calendar) == {9}


async def test_a_place_that_is_given_back_before_the_morning_is_no_news(calendar: Calendar) -> None:
    await calendar.announces(places=1)
    await calendar.does(ANA, SignedUp("e1", "coming"))
    await calendar.does(BO, SignedUp("e1", "waiting"))
    await calendar.does(ANA, SignUpWithdrawn("e1"))
    await calendar.goes_on(ANNOUNCED + timedelta(hours=2))
    await calendar.does(BO, SignUpWithdrawn("e1"))
    await calendar.goes_on(ANNOUNCED + timedelta(days=3))
    assert calendar.said == []


async def test_who_gets_a_place_twice_before_the_morning_is_told_once(calendar: Calendar) -> None:
    await calendar.announces(places=1)
    for number in range(2):
        await calendar.does(ANA, SignedUp("e1", "coming"))
        await calendar.does(BO, SignedUp("e1", "waiting"))
        await calendar.does(ANA, SignUpWithdrawn("e1"))
        await calendar.goes_on(ANNOUNCED + timedelta(hours=number + 1))
        if number == 0:
            await calendar.does(BO, SignUpWithdrawn("e1"))
    await calendar.goes_on(ANNOUNCED + timedelta(days=3))
    assert calendar.told(BO) == ["A place is free, and it is yours."]


async def test_changes_are_told_once_each_to_those_who_did_not_know_them(calendar: Calendar) -> None:
    await calendar.announces()
    await calendar.does(ANA, SignedUp("e1", "coming"))
    await calendar.changes("e1", place={"place": "Kolding", "online": False})
    await calendar.does(BO, SignedUp("e1", "coming"))
    await calendar.changes("e1", link="https://example.org")
    await calendar.changes("e1", places=50)
    await calendar.goes_on(ANNOUNCED + timedelta(days=2))
    assert calendar.told(ANA) == [f"{CHANGED}place, link"]
    assert calendar.told(BO) == [f"{CHANGED}link"]
    await calendar.changes("e1", when=as_json(When(date(2027, 3, 30), date(2027, 3, 30))))
    await calendar.goes_on(ANNOUNCED + timedelta(days=4))
    assert calendar.told(ANA) == [f"{CHANGED}place, link", f"{CHANGED}time"]
    assert calendar.told(BO) == [f"{CHANGED}link", f"{CHANGED}time"]


async def test_a_cancellation_is_told_once_to_those_who_signed_up_and_nothing_else_any_more(calendar: Calendar) -> None:
    await calendar.offers(CY, "r1", "theme_day")
    await calendar.announces(places=1)
    await calendar.does(ANA, SignedUp("e1", "coming"), RemindersChosen(False))
    await calendar.does(BO, SignedUp("e1", "waiting"))
    await calendar.changes("e1", place={"place": "Kolding", "online": False})
    await calendar.does(ORGANISER, EventCancelled("e1"))
    await calendar.goes_on(ANNOUNCED + timedelta(days=35), minutes=240)
    cancelled = "An event that you signed up for has been cancelled."
    assert [calendar.told(who) for who in (ANA, BO, CY, ORGANISER)] == [[cancelled], [cancelled], [], []]


async def test_a_cancellation_in_the_night_before_does_not_wait_for_the_morning(calendar: Calendar) -> None:
    await calendar.announces(when=When(date(2027, 3, 2), date(2027, 3, 2), time(8)))
    await calendar.does(ANA, SignedUp("e1", "coming"))
    await calendar.does(ORGANISER, EventCancelled("e1"))
    await calendar.goes_on(ANNOUNCED + timedelta(hours=2))
    assert len(calendar.told(ANA)) == 1


async def test_the_day_before_is_told_in_the_morning_to_those_who_come(calendar: Calendar) -> None:
    await calendar.announces(places=1)
    await calendar.does(ANA, SignedUp("e1", "coming"))
    await calendar.does(BO, SignedUp("e1", "waiting"))
    morning = datetime(2027, 3, 28, 9, tzinfo=COPENHAGEN).astimezone(UTC)
    calendar.now = morning - timedelta(days=3)
    await calendar.goes_on(morning + timedelta(hours=5))
    await calendar.does(CY, SignedUp("e1", "coming"))
    await calendar.goes_on(morning + timedelta(hours=24))
    assert [(at, chat) for at, chat, _text in calendar.said] == [(morning, ANA)]
    assert calendar.told(ANA) == ["Tomorrow: Theme day"]


async def test_a_day_that_is_moved_is_reminded_of_anew(calendar: Calendar) -> None:
    await calendar.announces()
    await calendar.does(ANA, SignedUp("e1", "coming"))
    calendar.now = datetime(2027, 3, 28, 6, tzinfo=UTC)
    await calendar.goes_on(datetime(2027, 3, 28, 12, tzinfo=UTC))
    await calendar.changes("e1", when=as_json(When(date(2027, 4, 5), date(2027, 4, 5), time(10))))
    await calendar.goes_on(datetime(2027, 4, 6, tzinfo=UTC), minutes=120)
    assert calendar.told(ANA) == ["Tomorrow: Theme day", f"{CHANGED}time", "Tomorrow: Theme day"]


async def test_the_organiser_is_asked_once_what_came_of_it(calendar: Calendar) -> None:
    await calendar.announces()
    await calendar.announces("e2")
    calendar.now = datetime(2027, 3, 29, 14, tzinfo=UTC)
    await calendar.does(ORGANISER, EventToldOf("e2", "It was good."))
    await calendar.goes_on(datetime(2027, 4, 3, tzinfo=UTC))
    assert [(at.astimezone(COPENHAGEN), chat) for at, chat, _text in calendar.said] == [
        (datetime(2027, 3, 30, 9, tzinfo=COPENHAGEN), ORGANISER)
    ]
    assert calendar.told(ORGANISER) == ["What came of it?"]


async def paired(calendar: Calendar) -> list[OutboxRow]:
    """What two people who fit are told of each other, looked for twice."""
    job = MatchNotices(CATALOGUES, COPENHAGEN)
    at = datetime(2027, 3, 2, 10, tzinfo=UTC)
    rows = await calendar.storage.write(lambda work: job.tell(work, at))
    assert await calendar.storage.write(lambda work: job.tell(work, at)) == []
    return rows


async def test_a_host_and_a_guest_who_fit_are_told_of_each_other(calendar: Calendar) -> None:
    await calendar.offers(ANA, "r1", "study_visit")
    await calendar.offers(BO, "r2", "study_visit")
    ana, bo = await calendar.does(ANA), await calendar.does(BO)
    host = VisitWish(ana, "host", "dk-0461", "DK", ("2027-04", "2027-05"), ("language_cafe",))
    guest = VisitWish(bo, "guest", "si-kamnik", "SI", ("2027-05",), (), ("DK",))
    await calendar.does(ANA, VisitWished(host))
    await calendar.does(BO, VisitWished(guest))
    rows = await paired(calendar)
    assert {row.chat_id for row in rows} == {ANA, BO}
    for row in rows:
        assert "One can receive a study visit, and the other would like to make one." in row.payload["text"]
        assert "When: May 2027. Themes: Language café" in row.payload["text"]


def _matched(now: datetime, work: UnitOfWork) -> None:
    for new, found in work.visits.matched(now):
        work.pairings.add(new, found, now)


async def test_a_wish_that_is_gone_is_proposed_to_nobody(calendar: Calendar) -> None:
    await calendar.offers(ANA, "r1", "study_visit")
    await calendar.offers(BO, "r2", "study_visit")
    ana, bo = await calendar.does(ANA), await calendar.does(BO)
    await calendar.does(ANA, VisitWished(VisitWish(ana, "host", "a", "DK")))
    await calendar.does(BO, VisitWished(VisitWish(bo, "guest", "b", "SI")))
    await calendar.storage.write(partial(_matched, calendar.now))
    await calendar.does(ANA, VisitWishEnded("host"))
    assert await paired(calendar) == []
