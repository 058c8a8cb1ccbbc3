"""Reminders on a simulated calendar: exactly the right people, once, in their waking hours."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from bot.jobs.reminders import Reminders
from bot.language.catalogues import Catalogues
from conversations.context.session import Session, Turn
from conversations.model.outcomes import (
    Answered,
    CallChanged,
    CallReminded,
    CallStarted,
    DraftDiscarded,
    DraftStarted,
    LibraryRemembered,
    Outcome,
    ReminderPutOff,
    RemindersChosen,
    ReportSubmitted,
    TimezoneChosen,
)
from storage.models import reminders
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
CATALOGUES = Catalogues(COPENHAGEN)

AARHUS, ODENSE, AALBORG = ({"key": key, "name": key} for key in ("dk-0751", "dk-0461", "dk-0851"))
KAMNIK = {"key": "si-043", "name": "si-043"}

BEGINNING = datetime(2026, 10, 1, 12, tzinfo=UTC)
DEADLINE = datetime(2026, 10, 27, 23, tzinfo=UTC)  # the end of 27 October, two days after the clocks go back


def at(day: int, hour: float, month: int = 10) -> datetime:
    """That hour of Copenhagen's clocks."""
    return (datetime(2026, month, day, tzinfo=COPENHAGEN) + timedelta(hours=hour)).astimezone(UTC)


async def does(storage: Storage, who: int, *outcomes: Outcome, now: datetime = BEGINNING) -> int:
    """What that person did at that time; their id."""

    def keep(work: UnitOfWork) -> int:
        person = work.people.arrive(who, who, "da", BEGINNING).person
        work.keep(person, Turn(Session(1, None), (), outcomes, language="da"), now)
        return person.id

    return await storage.write(keep)


async def call(storage: Storage, slug: str = "c", *, now: datetime = BEGINNING, deadline: datetime = DEADLINE) -> None:
    await does(
        storage,
        99,
        CallStarted(slug, "da", "Meld jeres erfaringer ind", "Europe/Copenhagen"),
        CallChanged(slug, "deadline", {"at": deadline.isoformat(), "timezone": "Europe/Copenhagen"}),
        CallChanged(slug, "invited", {"countries": ["DK"], "municipalities": []}),
        CallChanged(slug, "status", "open"),
        now=now,
    )


async def answers(storage: Storage, who: int, report: str, library: dict[str, str], *, sends: bool = True) -> int:
    sent = (ReportSubmitted(report),) if sends else ()
    given = Answered(report, "library", library), Answered(report, "campaign", "c")
    return await does(storage, who, DraftStarted(report), *given, *sent)


class Calendar:
    """A bot that looks every ten minutes, and what it said to whom and when."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.told: list[tuple[int | None, datetime]] = []
        self.texts: list[str] = []

    async def runs(self, *spells: tuple[datetime, datetime], every: float = 10, workers: int = 1) -> None:
        """Between these times; in the gaps it is down. Every look is a new process that remembers nothing."""
        for start, end in spells:
            now = start
            while now < end:
                for _worker in range(workers):
                    job = Reminders(CATALOGUES, COPENHAGEN)
                    await job.plan(self.storage, now)
                    rows = await self.storage.write(lambda work, now=now, it=job: it.tell(work, now))  # type: ignore[misc]
                    self.told += [(row.person_id, now) for row in rows]
                    self.texts += [row.payload["text"] for row in rows]
                now += timedelta(minutes=every)

    def of(self, person: int) -> list[datetime]:
        return [when for who, when in self.told if who == person]


async def people(storage: Storage) -> dict[str, int]:
    """Everybody there is at a call, by what they are."""
    return {
        "silent": await does(storage, 1, LibraryRemembered(AARHUS)),
        "in Nuuk": await does(storage, 2, LibraryRemembered(AARHUS), TimezoneChosen("America/Nuuk")),
        "begun": await answers(storage, 3, "r3", AARHUS, sends=False),
        "answered": await answers(storage, 4, "r4", ODENSE),
        "colleague of one who answered": await does(storage, 5, LibraryRemembered(ODENSE)),
        "not invited": await does(storage, 6, LibraryRemembered(KAMNIK)),
        "wants none": await does(storage, 7, LibraryRemembered(AALBORG), RemindersChosen(False)),
        "without a library": await does(storage, 8),
    }


REMINDED = ("silent", "in Nuuk", "begun")


def only(told: Iterable[tuple[int | None, datetime]], who: dict[str, int]) -> set[str]:
    found = {person for person, _when in told}
    return {name for name, person in who.items() if person in found}


async def test_a_week_and_a_day_before_across_the_clock_change(storage: Storage) -> None:
    await call(storage)
    who = await people(storage)
    await does(storage, 3, DraftDiscarded("none"))
    calendar = Calendar(storage)
    await calendar.runs((at(18, 0), at(29, 0)), every=30)
    assert calendar.of(who["silent"]) == [at(20, 9), at(26, 9)]
    assert calendar.of(who["silent"])[0].hour == 7  # nine in summer time
    assert calendar.of(who["silent"])[1].hour == 8  # nine in winter time
    nuuk = ZoneInfo("America/Nuuk")
    assert [when.astimezone(nuuk).hour for when in calendar.of(who["in Nuuk"])] == [9, 9]
    assert only(calendar.told, who) == set(REMINDED)
    assert any("7 dage" in text for text in calendar.texts)


async def test_two_days_of_outage_are_made_up_for_once(storage: Storage) -> None:
    await call(storage)
    who = await people(storage)
    calendar = Calendar(storage)
    await calendar.runs((at(18, 0), at(19, 23)), (at(21, 23), at(24, 12)), every=30)
    assert calendar.of(who["silent"]) == [at(22, 9)]  # not at night, when the bot was back
    await calendar.runs((at(28, 1), at(29, 0)), every=30)
    assert calendar.of(who["silent"]) == [at(22, 9)]  # what was missed on the last day is past
    assert only(calendar.told, who) == set(REMINDED)


async def test_two_workers_and_restarts_say_it_once(storage: Storage) -> None:
    await call(storage)
    who = await people(storage)
    calendar = Calendar(storage)
    await calendar.runs((at(20, 8.5), at(20, 10)), workers=2)
    await calendar.runs((at(20, 8.5), at(20, 10)))  # the clock went back
    assert calendar.of(who["silent"]) == [at(20, 9)]


async def test_who_answers_meanwhile_is_left_alone(storage: Storage) -> None:
    await call(storage)
    who = await people(storage)
    calendar = Calendar(storage)
    await calendar.runs((at(20, 8), at(20, 12)))
    await answers(storage, 1, "r1", AARHUS)
    await calendar.runs((at(26, 0), at(27, 0)))
    assert only([each for each in calendar.told if each[1] > at(25, 0)], who) == {"begun"}


async def test_who_answers_between_the_plan_and_the_message_is_left_alone(storage: Storage) -> None:
    await call(storage)
    silent, quick = await does(storage, 1, LibraryRemembered(AARHUS)), await does(storage, 2, LibraryRemembered(ODENSE))
    job, due = Reminders(CATALOGUES, COPENHAGEN), at(20, 10)
    await job.plan(storage, due)
    await answers(storage, 2, "r2", ODENSE)
    rows = await storage.write(lambda work: job.tell(work, due))
    assert [row.person_id for row in rows] == [silent]
    assert quick not in [row.person_id for row in rows]


async def test_a_call_opened_late_or_extended_begins_with_the_next_reminder(storage: Storage) -> None:
    await call(storage, now=at(23, 12))
    who = await people(storage)
    calendar = Calendar(storage)
    await calendar.runs((at(23, 12), at(25, 12)), every=30)
    assert calendar.told == []
    later = {"at": at(1, 0, month=12).isoformat(), "timezone": "Europe/Copenhagen"}
    await does(storage, 99, CallChanged("c", "deadline", later), now=at(25, 12))
    await calendar.runs((at(25, 12), at(28, 0)), (at(22, 0, month=11), at(30, 12, month=11)), every=30)
    assert calendar.of(who["silent"]) == [at(23, 9, month=11), at(29, 9, month=11)]


async def test_a_closed_call_reminds_nobody(storage: Storage) -> None:
    await call(storage)
    await people(storage)
    await does(storage, 99, CallChanged("c", "status", "closed"))
    calendar = Calendar(storage)
    await calendar.runs((at(18, 0), at(29, 0)), every=60)
    assert calendar.told == []


async def occasion(storage: Storage) -> int:
    """The id of the one occasion there is."""

    def first(work: UnitOfWork) -> int:
        return int(work._connection.execute(select(func.max(reminders.c.id))).scalar_one())

    return await storage.read(first)


async def test_not_now_is_the_next_morning_and_never_is_never(storage: Storage) -> None:
    await call(storage)
    who = await does(storage, 1, LibraryRemembered(AARHUS))
    calendar = Calendar(storage)
    await calendar.runs((at(20, 8), at(20, 12)))
    this = await occasion(storage)
    for _twice in range(2):
        await does(storage, 1, ReminderPutOff(this), now=at(20, 10))
    await does(storage, 2, ReminderPutOff(this), now=at(20, 10))  # somebody else's
    await calendar.runs((at(20, 12), at(22, 0)), every=30)
    assert calendar.of(who) == [at(20, 9), at(21, 9)]
    await does(storage, 1, RemindersChosen(False), now=at(22, 10))
    await calendar.runs((at(22, 0), at(28, 0)), every=30)
    assert len(calendar.told) == 2


async def test_a_coordinator_has_the_silent_ones_reminded_once_a_day(storage: Storage) -> None:
    await call(storage)
    who = await people(storage)
    for _twice in range(2):
        await does(storage, 99, CallReminded("c"), now=at(5, 20))
    calendar = Calendar(storage)
    await calendar.runs((at(5, 20), at(7, 0)), every=30)
    assert calendar.of(who["silent"]) == [at(6, 9)]
    assert only(calendar.told, who) == set(REMINDED)


async def test_a_draft_is_nudged_after_two_days_and_after_seven_then_never(storage: Storage) -> None:
    who = await does(storage, 1, DraftStarted("r1"), Answered("r1", "title", "Sprogcafé"), now=at(1, 15))
    calendar = Calendar(storage)
    await calendar.runs((at(1, 15), at(31, 0)), every=60)
    assert calendar.of(who) == [at(3, 15), at(8, 15)]
    assert "Sprogcafé" in calendar.texts[0]


async def test_a_draft_left_at_night_is_nudged_in_the_morning_and_many_drafts_once(storage: Storage) -> None:
    drafts = (DraftStarted(f"r{number}") for number in range(16))
    who = await does(storage, 1, *drafts, now=at(1, 22))
    calendar = Calendar(storage)
    await calendar.runs((at(1, 22), at(31, 0)), every=60)
    assert calendar.of(who) == [at(4, 9), at(9, 9)]


async def test_a_draft_that_is_sent_or_thrown_away_is_not_nudged(storage: Storage) -> None:
    await does(storage, 1, DraftStarted("r1"), DraftStarted("r2"), now=at(1, 12))
    await does(storage, 1, ReportSubmitted("r1"), DraftDiscarded("r2"), now=at(2, 12))
    calendar = Calendar(storage)
    await calendar.runs((at(2, 12), at(12, 0)), every=60)
    assert calendar.told == []


def told_to_the_database(storage: Storage, about: str) -> list[str]:
    """The statements that the storage runs from now on and that have these words in them."""
    statements: list[str] = []

    def ran(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if about in statement:
            statements.append(statement)

    def listen(work: UnitOfWork) -> None:
        event.listen(work._connection.engine, "before_cursor_execute", ran)

    storage.write_now(listen)
    return statements


async def test_what_was_planned_is_not_planned_again_every_minute(storage: Storage) -> None:
    for who in range(1, 31):
        await does(storage, who, LibraryRemembered(AARHUS))
    await call(storage)
    job, process = Reminders(CATALOGUES, COPENHAGEN), Reminders(CATALOGUES, COPENHAGEN)
    await job.plan(storage, at(20, 10))
    assert await storage.read(lambda work: work._connection.scalar(select(func.count(reminders.c.id)))) == 30
    inserted, looked_at = (told_to_the_database(storage, words) for words in ("INSERT INTO occasions", "FROM people"))
    await process.plan(storage, at(20, 10))  # it remembers nothing, and finds nobody who is not planned for
    assert (len(inserted), len(looked_at)) == (0, 1)
    for minutes in range(1, 15):
        await job.plan(storage, at(20, 10) + timedelta(minutes=minutes))
    assert (len(inserted), len(looked_at)) == (0, 1)


async def test_who_is_new_and_what_is_changed_is_planned_for_too(storage: Storage) -> None:
    def planned(work: UnitOfWork) -> list[int]:
        return list(work._connection.scalars(select(reminders.c.person_id).order_by(reminders.c.id)))

    one = await does(storage, 1, LibraryRemembered(AARHUS))
    await call(storage)
    job = Reminders(CATALOGUES, COPENHAGEN)
    await job.plan(storage, at(20, 10))
    other = await does(storage, 2, LibraryRemembered(AALBORG))
    await job.plan(storage, at(20, 10.2))
    assert await storage.read(planned) == [one]
    await job.plan(storage, at(20, 10.25))
    assert await storage.read(planned) == [one, other]
    later = {"at": (DEADLINE + timedelta(days=-1)).isoformat(), "timezone": "Europe/Copenhagen"}
    await does(storage, 99, CallChanged("c", "deadline", later), now=at(20, 10.26))
    await job.plan(storage, at(20, 10.27))
    assert await storage.read(planned) == [one, other]  # its own day of the new deadline was yesterday


async def test_many_people_are_looked_through_in_portions(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.timed.call_deadline.LOOKED_THROUGH", 4)
    everybody = [await does(storage, who, LibraryRemembered(AARHUS)) for who in range(1, 10)]
    await call(storage)
    selected = told_to_the_database(storage, "FROM people")
    job = Reminders(CATALOGUES, COPENHAGEN)
    await job.plan(storage, at(20, 10))
    assert len(selected) == 3
    told = await storage.write(lambda work: job.tell(work, at(20, 10)))
    assert sorted(row.person_id or 0 for row in told) == everybody


async def test_an_invited_municipality_without_a_library_counts_with_the_one_that_serves_it(storage: Storage) -> None:
    """Komenda has no library of its own; that of Kamnik serves it."""
    near = await does(storage, 1, LibraryRemembered(KAMNIK))
    await does(storage, 2, LibraryRemembered(AARHUS))
    await call(storage)
    await does(storage, 99, CallChanged("c", "invited", {"countries": [], "municipalities": ["SI-164"]}))

    def stands(work: UnitOfWork) -> tuple[list[int], Sequence[str]]:
        found = work.calls.whole("c")
        assert found is not None
        reminded = [each.person for each in work.call_reports.to_remind(found)]
        return reminded, work.call_reports.standing(found, "sl").silent

    assert await storage.read(stands) == ([near], ["Kamnik"])
