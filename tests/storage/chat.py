"""Short ways to say what happens in a chat."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from conversations.context.context import Lookup
from conversations.context.session import Position, Session, Turn
from conversations.model.outcomes import Answered, DraftStarted, Outcome
from conversations.model.people.person import Person
from conversations.model.reports import Report
from storage.models import outbox
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)
ANA = 101
BO = 102


def later(**time: float) -> datetime:
    """Some time after `NOW`."""
    return NOW + timedelta(**time)


def arrive(work: UnitOfWork, who: int = ANA) -> Person:
    """The person of that Telegram id writes."""
    return work.people.arrive(who, who, "da", NOW).person


async def keep(
    storage: Storage,
    *outcomes: Outcome,
    who: int = ANA,
    now: datetime = NOW,
    at: Position | None = None,
    step: int = 1,
    language: str = "da",
) -> None:
    """One turn of that person, with what came of it."""
    turn = Turn(Session(step, at), (), outcomes, language=language)
    await storage.write(lambda work: work.keep(arrive(work, who), turn, now))


async def draft(storage: Storage, report: str = "r1", who: int = ANA, now: datetime = NOW, **answers: object) -> None:
    """That person has begun a draft with these answers."""
    answered = (Answered(report, question, value) for question, value in answers.items())
    await keep(storage, DraftStarted(report), *answered, who=who, now=now)


def next_due_at(work: UnitOfWork) -> datetime | None:
    """When the earliest of the unsent messages is or was due; None: nothing waits."""
    return work._connection.scalar(select(func.min(outbox.c.due_at)).where(outbox.c.state == "pending"))


def look(work: UnitOfWork, who: int = ANA) -> Lookup:
    """What that person's conversation may look up."""
    return work.lookup(arrive(work, who), NOW)


async def own(storage: Storage, report: str = "r1", who: int = ANA) -> Report:
    """That person's report, as they see it."""
    found = await storage.write(lambda work: look(work, who).reports.one(report))
    assert found is not None
    return found
