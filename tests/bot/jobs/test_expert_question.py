"""Contact persons are asked once a year, in waking hours; who does not answer is not found any more, and told once."""

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.jobs.reminders import Reminders
from bot.language.catalogues import Catalogues
from conversations.model.experts import A_YEAR, ANSWER_WITHIN, FORGOTTEN_AFTER, LINK_HOLDS, Expert, Nomination, Sought
from conversations.model.outcomes import (
    ExpertConfirmed,
    ExpertDescribed,
    ExpertNamed,
    ExpertRemoved,
    RemindersChosen,
    TimezoneChosen,
)
from storage.messages.outbox import OutboxRow
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AGREED = datetime(2026, 3, 27, 21, 30, tzinfo=UTC)  # a year later this is the evening before the clocks change
STILL, HIDDEN = "Må andre stadig spørge dig?", "Du kan ikke længere findes som ressourceperson."


def expert(this: str, person: int) -> Expert:
    return Expert(this, person, f"Person {this}", ("advice",), ("language_cafe",), (), ("da",))


async def listed(storage: Storage, this: str, who: int = ANA, now: datetime = AGREED) -> int:
    """The number of somebody who agreed."""
    person = (await storage.write(partial(arrive, who=who))).id
    await keep(storage, ExpertDescribed(expert(this, person)), who=who, now=now)
    return person


async def told(storage: Storage, start: datetime, days: float, hours: float = 4) -> list[tuple[str, str, datetime]]:
    """What is said in so many days, to whom, and when. Every look is that of a process that has just started."""
    said: list[tuple[str, str, datetime]] = []
    now = start
    while now < start + timedelta(days=days):
        job = Reminders(Catalogues(COPENHAGEN), COPENHAGEN)
        await job.plan(storage, now)
        rows = await storage.write(partial(_told, job, now))
        said += [(_said(row), _about(row), now) for row in rows]
        now += timedelta(hours=hours)
    return said


def _told(job: Reminders, now: datetime, work: UnitOfWork) -> list[OutboxRow]:
    return job.tell(work, now)


def _said(row: OutboxRow) -> str:
    return next((each for each in (STILL, HIDDEN) if each in row.payload["text"]), row.payload["text"])


def _about(row: OutboxRow) -> str:
    (this,) = {each for each in ("e1", "e2") if each in str(row.payload)}
    return this


async def found(storage: Storage, now: datetime) -> list[str]:
    there = await storage.read(lambda work: work.experts.found(Sought(), now))
    return [each.id for each in there]


async def test_asked_in_the_morning_after_a_year_and_hidden_after_four_weeks_of_silence(storage: Storage) -> None:
    await listed(storage, "e1")
    await keep(storage, RemindersChosen(False), TimezoneChosen("Europe/Ljubljana"), now=AGREED)
    due = AGREED + A_YEAR
    assert await told(storage, due - timedelta(days=20), 20) == []
    assert await found(storage, due) == ["e1"]
    ((what, whom, at),) = await told(storage, due - timedelta(hours=1.5), 27)
    local = at.astimezone(COPENHAGEN)
    assert (what, whom) == (STILL, "e1")
    assert (local.date().isoformat(), 9 <= local.hour < 18) == ("2027-03-28", True)
    silent = at + ANSWER_WITHIN
    assert await found(storage, silent - timedelta(seconds=1)) == ["e1"]
    assert await found(storage, silent) == []
    again = await told(storage, silent, 300, hours=44)
    assert [(what, whom) for what, whom, _at in again] == [(HIDDEN, "e1")]
    await keep(storage, ExpertConfirmed("e1"), now=silent + timedelta(days=300))
    assert await found(storage, silent + timedelta(days=300)) == ["e1"]


async def test_who_is_hidden_while_the_bot_is_away_is_told_when_it_is_back(storage: Storage) -> None:
    await listed(storage, "e1")
    ((_what, _whom, at),) = await told(storage, AGREED + A_YEAR - timedelta(hours=1.5), 1)
    back = at + ANSWER_WITHIN + timedelta(days=3)
    assert [(what, whom) for what, whom, _at in await told(storage, back, 2)] == [(HIDDEN, "e1")]


async def test_whoever_answers_is_asked_again_a_year_later_and_nobody_else(storage: Storage) -> None:
    """Two years: one confirms and later changes something, the other removes their entry."""
    await listed(storage, "e1")
    await listed(storage, "e2", BO, AGREED + timedelta(days=30))
    ((what, whom, at),) = await told(storage, AGREED, 370, hours=44)
    assert (what, whom) == (STILL, "e1")
    await keep(storage, ExpertConfirmed("e1"), now=at + timedelta(days=1))
    await keep(storage, ExpertRemoved("e2"), who=BO, now=at + timedelta(days=2))
    assert await told(storage, at + timedelta(days=3), 300, hours=44) == []
    own = await storage.read(lambda work: work.experts.of("e1"))
    assert own is not None
    await keep(storage, ExpertDescribed(own), now=at + timedelta(days=303))
    second = await told(storage, at + timedelta(days=304), 370, hours=44)
    assert [(what, whom) for what, whom, _when in second] == [(STILL, "e1")]
    assert second[0][2] >= at + timedelta(days=303) + A_YEAR


async def test_two_processes_ask_once(storage: Storage) -> None:
    await listed(storage, "e1")
    now = (AGREED + A_YEAR).replace(hour=10)
    now += timedelta(days=1)
    jobs = [Reminders(Catalogues(COPENHAGEN), COPENHAGEN) for _each in range(2)]
    for job in jobs:
        await job.plan(storage, now)
    rows = [await storage.write(partial(_told, job, now)) for job in jobs]
    assert [len(each) for each in rows] == [1, 0]


async def test_an_entry_left_unanswered_for_a_year_and_names_without_an_answer_are_erased(storage: Storage) -> None:
    await listed(storage, "e1")
    await draft(storage, "r1", BO)
    person = (await storage.write(partial(arrive, who=BO))).id
    named = Nomination("n1", "r1", person, "Somebody", NOW + LINK_HOLDS)
    await keep(storage, ExpertNamed(named, "secret"), who=BO)
    await storage.write(lambda work: work.experts.asked_again("e1", AGREED + A_YEAR))
    ends = AGREED + A_YEAR + ANSWER_WITHIN + FORGOTTEN_AFTER

    def night(now: datetime, work: UnitOfWork) -> tuple[int, int]:
        return work.retention.experts(now, 0).number, work.retention.nominations(now, 0).number

    before, after = NOW + LINK_HOLDS, ends + timedelta(seconds=1)
    assert await storage.write(partial(night, before)) == (0, 0)
    assert await storage.write(partial(night, before + timedelta(seconds=1))) == (0, 1)
    assert await storage.write(partial(night, ends)) == (0, 0)
    assert await storage.write(partial(night, after)) == (1, 0)
    nomination = await storage.write(lambda work: work.nominations.of("n1"))
    assert nomination is not None
    assert (nomination.name, nomination.state) == ("", "taken_back")
    assert await storage.read(lambda work: work.experts.of("e1")) is None
    kinds = await storage.read(lambda work: [each.kind for each in work.forgetting.journal()])
    assert kinds == ["named", "expert"]
