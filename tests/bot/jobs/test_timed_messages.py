"""The registry of timed messages: a new one is its file and a line, and what plans and tells it stays as it is."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select

from bot.jobs.reminders import Reminders
from bot.jobs.timed.message import Due, Found, Issue, Look, Making, Means, Part, Reminder
from bot.jobs.timed.planning import reminders_of
from bot.jobs.timed.registry import TIMED_MESSAGES
from bot.jobs.weekly_digests import WeeklyDigests
from bot.language.catalogues import Catalogues
from bot.sending.notices import notify
from conversations.context.session import Notice
from conversations.language.screen import Screen, note
from conversations.language.words import _
from conversations.model.outcomes import RemindersChosen, ReportSubmitted
from conversations.model.reminders import Window, next_waking
from storage.calls.reminders import DueReminder
from storage.messages.outbox import OutboxRow
from storage.models import people, reminders, reports
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, draft, keep

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SENT = datetime(2026, 10, 1, 19, tzinfo=UTC)  # in the evening
A_YEAR, HOLDS = timedelta(days=365), timedelta(days=14)


class FollowUp(StrEnum):
    """The kind of message that asks how an initiative went on."""

    YEAR = "year-after"


_SENT_BETWEEN = (
    select(reports.c.id, people.c.id, reports.c.submitted_at, people.c.timezone)
    .join(people, people.c.id == reports.c.person_id)
    .where(reports.c.submitted_at > bindparam("after"), reports.c.submitted_at <= bindparam("before"))
    .order_by(reports.c.submitted_at, reports.c.id)
)


class YearAfter(Reminder):
    """A message that nobody but this test has."""

    kinds = FollowUp

    def who(self, look: Look, part: Part) -> Found:
        before = look.now - A_YEAR
        found = look.work.reminders.candidates(_SENT_BETWEEN, after=before - HOLDS, before=before)
        return Found(
            Due(
                f"{part.kind}:{each.subject}",
                part.kind,
                each.person,
                each.subject,
                Window(next_waking(each.since + A_YEAR, look.zone_of(each.timezone)), each.since + A_YEAR + HOLDS),
            )
            for each in found
        )

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        title = look.work.reports.current_answer(row.subject, "title")
        return Screen((note(_("{title}", title=str(title))),))


class WantedOrNot(YearAfter):
    """The same, told to everybody."""

    told_to_all = True


async def told(storage: Storage, message: Reminder, now: datetime) -> list[tuple[str, datetime]]:
    """What is said in the two days from `now` on, and when; looked for every half hour, by a process that remembers."""
    job = Reminders(Catalogues(COPENHAGEN), COPENHAGEN, (*TIMED_MESSAGES, message))
    said = []
    for minutes in range(0, 2 * 24 * 60, 30):
        then = now + timedelta(minutes=minutes)
        await job.plan(storage, then)
        rows = await storage.write(lambda work, then=then: job.tell(work, then))  # type: ignore[misc]
        said += [(row.payload["text"], then) for row in rows]
    return said


async def sent(storage: Storage) -> None:
    """Two have sent a report; one of them wants no reminders."""
    await draft(storage, "r1", ANA, SENT, title="Sprogcafé", status="running")
    await keep(storage, ReportSubmitted("r1"), who=ANA, now=SENT)
    await draft(storage, "r2", BO, SENT, title="Bogbus", status="running")
    await keep(storage, ReportSubmitted("r2"), RemindersChosen(False), who=BO, now=SENT)


async def test_a_new_message_is_its_file_and_a_line_in_the_registry(storage: Storage) -> None:
    await sent(storage)
    morning = datetime(2027, 10, 2, 9, tzinfo=COPENHAGEN).astimezone(UTC)
    assert await told(storage, YearAfter(), SENT + A_YEAR - timedelta(hours=12)) == [("Sprogcafé", morning)]
    assert await told(storage, YearAfter(), SENT + A_YEAR - timedelta(hours=12)) == []  # it was said

    def kept(work: UnitOfWork) -> set[str]:
        found = work._connection.execute(select(reminders.c.kind, reminders.c.state))
        return {f"{kind} {state}" for kind, state in found}

    assert await storage.read(kept) == {"year-after told", "year-after passed"}


async def test_a_message_says_whether_it_is_told_to_people_who_want_no_reminders(storage: Storage) -> None:
    await sent(storage)
    said = await told(storage, WantedOrNot(), SENT + A_YEAR - timedelta(hours=12))
    assert [text for text, _when in said] == ["Sprogcafé", "Bogbus"]


class Anniversary(Issue):
    """A message that is made at once, a year after a certain report."""

    def due(self, work: UnitOfWork, now: datetime) -> Sequence[Making]:
        found = select(people.c.id).where(
            people.c.id == reports.c.person_id, reports.c.id == "r1", reports.c.submitted_at <= now - A_YEAR
        )
        return [Making(partial(self._put, person)) for person in work._connection.scalars(found)]

    def _put(self, person: int, means: Means, work: UnitOfWork, _counted: None) -> list[OutboxRow]:
        key = f"year:{person}"
        if not work.reminders.add(key, "year", person, "", means.now, means.now):
            return []
        screen = Screen((note(_("A year with {name}", name=means.bot_name)),))
        return notify(work, [Notice(person, screen, key)], means.catalogues, means.now)


async def test_a_new_message_that_is_made_at_once_is_its_file_and_a_line_too(storage: Storage) -> None:
    await sent(storage)
    said: list[str] = []
    for days, expected in ((364, []), (366, ["A year with MeldindBot"]), (366, ["A year with MeldindBot"])):
        now = SENT + timedelta(days=days)
        job = WeeklyDigests(
            storage,
            Catalogues(COPENHAGEN),
            hand_on=lambda rows: said.extend(row.payload["text"] for row in rows),
            bot_name=lambda: "MeldindBot",
            clock=partial(lambda now: now, now),
            messages=(*TIMED_MESSAGES, Anniversary()),
        )
        await job.look()
        assert said == expected


async def test_a_kind_that_no_message_has_is_passed(storage: Storage) -> None:
    await sent(storage)
    now = SENT + A_YEAR + timedelta(hours=1)
    await Reminders(Catalogues(COPENHAGEN), COPENHAGEN, (YearAfter(),)).plan(storage, now)
    job = Reminders(Catalogues(COPENHAGEN), COPENHAGEN)
    assert await storage.write(lambda work: job.tell(work, now + timedelta(days=1))) == []
    states = select(reminders.c.state).distinct()
    assert await storage.read(lambda work: list(work._connection.scalars(states))) == ["passed"]


def test_every_kind_belongs_to_one_message() -> None:
    counts = Counter(kind.value for message in reminders_of(TIMED_MESSAGES) for kind in message.kinds)
    assert counts == dict.fromkeys(
        (
            *("call-7", "call-1", "call-now", "call-closed", "draft-2", "draft-7", "draft-30", "away"),
            *("expert-still", "expert-hidden"),
            *("event-new", "event-place", "event-changed", "event-off", "event-1", "event-after"),
            *("followup-start", "followup-result", "followup-yearly"),
        ),
        1,
    )  # stored: these stay for ever
