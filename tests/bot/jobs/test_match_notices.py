"""Two who look for each other are told at the same time, in waking hours, and of what is still there."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.jobs.match_notices import MatchNotices
from bot.language.catalogues import Catalogues
from conversations.context.session import Session, Turn
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    OrganisationDecided,
    OrganisationRegistered,
    Outcome,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
    RolesChanged,
    TimezoneChosen,
)
from conversations.model.people.organisations import Organisation
from storage.messages.outbox import OutboxRow
from storage.registers import find_libraries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

LIBRARY, COUNCIL, COORDINATOR = 101, 102, 103
NIGHT, MORNING = datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
PROPOSALS = MatchNotices(Catalogues(), ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
async def storage(storage: Storage) -> Storage:
    """A library that looks for partners, and a council of its municipality, who have just become known."""
    odense = find_libraries("odense").exact
    assert odense is not None
    answers = {
        "title": "Sprogcafé",
        "library": {"key": odense.key, "name": odense.name},
        "sharing": "network",
        "status": "running",
        "support_wanted": ["partners"],
    }
    told = (Answered("r1", question, value) for question, value in answers.items())
    await does(storage, LIBRARY, DraftStarted("r1"), *told, ReportSubmitted("r1"))
    await does(storage, COORDINATOR, ReportPublished("r1", 1))
    council = await does(storage, COUNCIL)
    organisation = Organisation("o1", council, "integration_council", "Integrationsrådet", "DK-0461")
    await does(storage, COUNCIL, OrganisationRegistered(organisation))
    decided = (OrganisationDecided("o1", True), RolesChanged(council, frozenset({"partner"})))
    await does(storage, COORDINATOR, *decided)
    return storage


async def does(storage: Storage, who: int, *outcomes: Outcome) -> int:
    def keep(work: UnitOfWork) -> int:
        person = work.people.arrive(who, who, "sl" if who == COUNCIL else "da", NIGHT).person
        work.keep(person, Turn(Session(1, None), (), outcomes), NIGHT)
        return person.id

    return await storage.write(keep)


async def told(storage: Storage, now: datetime) -> list[OutboxRow]:
    return await storage.write(lambda work: PROPOSALS.tell(work, now))


async def waiting(storage: Storage) -> list[object]:
    return await storage.read(lambda work: list(work.pairings.free(NIGHT, 5)))


async def test_both_are_told_in_the_morning_each_in_their_language_and_once(storage: Storage) -> None:
    assert await told(storage, NIGHT) == []
    rows = await told(storage, MORNING)
    texts = {row.chat_id: row.payload["text"] for row in rows}
    assert set(texts) == {LIBRARY, COUNCIL}
    assert "Måske søger I hinanden." in texts[LIBRARY]
    assert "Integrationsråd: Integrationsrådet, Odense" in texts[LIBRARY]
    assert "Morda se iščete." in texts[COUNCIL]
    assert "»Sprogcafé«" in texts[COUNCIL]
    assert await told(storage, MORNING) == []


async def test_the_one_who_sleeps_is_waited_for(storage: Storage) -> None:
    await does(storage, COUNCIL, TimezoneChosen("America/New_York"))
    assert await told(storage, MORNING) == []
    assert len(await told(storage, MORNING.replace(hour=15))) == 2


@pytest.mark.parametrize("gone", ["report", "partner"])
async def test_what_is_no_longer_there_is_not_proposed(storage: Storage, gone: str) -> None:
    assert len(await waiting(storage)) == 1
    if gone == "report":
        await does(storage, LIBRARY, ReportWithdrawn("r1"))
    else:
        await does(storage, COORDINATOR, RolesChanged(await does(storage, COUNCIL), frozenset()))
    assert await told(storage, MORNING) == []
    assert await waiting(storage) == []
