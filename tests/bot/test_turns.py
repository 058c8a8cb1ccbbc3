"""What a turn is given: the time where the person is."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from bot.catalogues import Catalogues
from bot.turns import Turns
from conversations.outcomes import TimezoneChosen
from conversations.session import Session, Turn
from storage.storage import Storage
from storage.work import Work

LATE = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""Sunday in UTC and in Nuuk, Monday in Copenhagen."""


async def test_today_is_the_day_where_the_person_is(storage: Storage) -> None:
    turns = Turns(storage, Catalogues(), ZoneInfo("Europe/Copenhagen"), clock=lambda: LATE)

    def todays(work: Work) -> list[date]:
        ida = work.people.arrive(7, 7, "da", LATE).person
        before = turns._here(work, ida, LATE).today
        work.keep(ida, Turn(Session(), (), (TimezoneChosen("America/Nuuk"),)), LATE)
        return [before, turns._here(work, work.people.arrive(7, 7, "da", LATE).person, LATE).today]

    assert await storage.write(todays) == [date(2026, 11, 23), date(2026, 11, 22)]
