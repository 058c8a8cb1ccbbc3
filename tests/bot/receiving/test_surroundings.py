"""What a conversation is handed besides what happened."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.receiving.surroundings import surroundings
from conversations.model.outcomes import CallChanged, CallStarted
from conversations.model.people.person import Person
from storage.registers.port import StoredRegisters
from storage.session.storage import Storage, in_english
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import keep

NEW_YEARS_EVE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("timezone", "today"),
    [("", date(2027, 1, 1)), ("America/Nuuk", date(2026, 12, 31)), ("Europe/Ljubljana", date(2027, 1, 1))],
)
async def test_today_is_the_date_where_the_person_is(storage: Storage, timezone: str, today: date) -> None:
    def found(work: UnitOfWork) -> date:
        person = replace(Person(0, "da"), timezone=timezone)
        return surroundings(
            work, person, NEW_YEARS_EVE, ZoneInfo("Europe/Copenhagen"), StoredRegisters(in_english), "meldind_bot"
        ).today

    assert await storage.read(found) == today


async def test_a_call_is_open_at_the_time_of_the_turn_and_not_at_that_of_the_clock(storage: Storage) -> None:
    deadline = {"at": NEW_YEARS_EVE.isoformat(), "timezone": "Europe/Copenhagen"}
    started = CallStarted("c", "da", "Meld jeres erfaringer ind", "Europe/Copenhagen")
    await keep(storage, started, CallChanged("c", "deadline", deadline), CallChanged("c", "status", "open"))

    def slugs(work: UnitOfWork, now: datetime) -> list[str]:
        return [each.slug for each in work.lookup(Person(0, "da"), now).calls.open()]

    before, after = NEW_YEARS_EVE.replace(hour=23, minute=29), NEW_YEARS_EVE.replace(minute=31)
    assert await storage.read(lambda work: slugs(work, before)) == ["c"]
    assert await storage.read(lambda work: slugs(work, after)) == []
