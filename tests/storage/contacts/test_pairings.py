"""Pairings on both databases: entered with what was published or confirmed, once for each two, told at most weekly."""

import asyncio
from datetime import datetime

import pytest

from conversations.model.matchmaking import A_WEEK, STANDS, WAITS, Pairing, Said
from conversations.model.outcomes import (
    Answered,
    OrganisationDecided,
    OrganisationRegistered,
    PairingAnswered,
    ProposalsChosen,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
    RolesChanged,
)
from conversations.model.people.organisations import Organisation
from storage.registers import find_libraries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep, later, look

CY, DI = 103, 104


async def number(storage: Storage, who: int) -> int:
    return await storage.write(lambda work: arrive(work, who).id)


async def published(storage: Storage, report: str = "r1", who: int = ANA, **answers: object) -> None:
    """A report of a library in Odense that looks for partners, unless the answers say otherwise."""
    odense = find_libraries("odense").exact
    assert odense is not None
    told = {
        "title": "Sprogcafé",
        "library": {"key": odense.key, "name": odense.name},
        "themes": ["language_cafe"],
        "support_wanted": ["partners"],
        "status": "running",
        "sharing": "public",
        **answers,
    }
    await draft(storage, report, who, NOW, **told)
    await keep(storage, ReportSubmitted(report), who=who)
    await keep(storage, ReportPublished(report, 1), who=CY)


async def partner(storage: Storage, who: int = BO, municipality: str = "DK-0461") -> None:
    """A council there that is confirmed."""
    this = await number(storage, who)
    organisation = Organisation(f"o{who}", this, "integration_council", "Rådet", municipality)
    await keep(storage, OrganisationRegistered(organisation), who=who)
    decided = (OrganisationDecided(f"o{who}", True), RolesChanged(this, frozenset({"partner"})))
    await keep(storage, *decided, who=CY)


def free_now(work: UnitOfWork, now: datetime = NOW) -> list[Pairing]:
    return [each.pairing for each in work.pairings.free(now - A_WEEK, 50)]


async def waiting(storage: Storage, now: datetime = NOW) -> list[Pairing]:
    return await storage.read(lambda work: free_now(work, now))


async def tell(storage: Storage, pairing: Pairing, now: datetime = NOW) -> bool:
    return await storage.write(lambda work: work.pairings.tell(pairing, now - A_WEEK, now))


async def test_publishing_proposes_the_library_and_the_council_of_its_municipality(storage: Storage) -> None:
    await partner(storage)
    assert await waiting(storage) == []
    await published(storage)
    (pairing,) = await waiting(storage)
    ana, bo = await number(storage, ANA), await number(storage, BO)
    assert (pairing.first, pairing.first_report, pairing.second, pairing.second_report) == (ana, "r1", bo, "")
    assert (pairing.reason, pairing.until) == ("partners", NOW + WAITS)


async def test_confirming_a_partner_proposes_them_to_libraries_that_wait(storage: Storage) -> None:
    await published(storage)
    await partner(storage, DI, "DK-0101")
    assert await waiting(storage) == []
    await partner(storage)
    (pairing,) = await waiting(storage)
    assert (pairing.second_report, pairing.reason) == ("r1", "partners")


async def test_nobody_is_proposed_to_the_same_person_twice(storage: Storage) -> None:
    await partner(storage)
    await published(storage)
    await published(storage, "r2")
    await partner(storage)
    await keep(storage, Answered("r1", "support_wanted", ["partners", "volunteers"]))
    assert len(await waiting(storage)) == 1


async def test_what_is_looked_for_may_be_said_after_publication(storage: Storage) -> None:
    await partner(storage)
    await published(storage, support_wanted=None)
    assert await waiting(storage) == []
    await keep(storage, Answered("r1", "support_wanted", ["partners"]))
    assert len(await waiting(storage)) == 1


async def test_what_only_coordinators_may_see_proposes_nobody(storage: Storage) -> None:
    await partner(storage)
    await published(storage, sharing="coordinators")
    assert await waiting(storage) == []


async def test_two_libraries_find_each_other(storage: Storage) -> None:
    await published(storage, "r1", ANA, contribute=["sister_library"])
    kamnik = {"key": None, "name": "Knjižnica Kamnik"}
    await published(storage, "r2", BO, contribute=["sister_library"], library=kamnik)
    (pairing,) = await waiting(storage)
    assert (pairing.first_report, pairing.second_report, pairing.reason) == ("r2", "r1", "sister_library")


async def test_one_a_week_for_each_of_the_two(storage: Storage) -> None:
    await published(storage)
    await partner(storage)
    await partner(storage, DI)
    first, second = await waiting(storage)
    assert await tell(storage, first)
    assert not await tell(storage, first)
    assert not await tell(storage, second, later(days=6))
    assert await waiting(storage, later(days=6)) == []
    assert await waiting(storage, later(days=8)) == [second]
    assert await tell(storage, second, later(days=8))
    told = await storage.write(lambda work: look(work).contacts.pairing(first.id))
    assert told is not None
    assert told.until == NOW + STANDS


async def test_two_workers_tell_one_person_of_one(storage: Storage) -> None:
    await published(storage)
    await partner(storage)
    await partner(storage, DI)
    told = await asyncio.gather(*(tell(storage, each) for each in await waiting(storage) * 2))
    assert told.count(True) == 1


async def test_who_wants_none_or_has_left_is_told_of_nobody(storage: Storage) -> None:
    await published(storage)
    await partner(storage)
    await keep(storage, ProposalsChosen(False), who=BO)
    assert await waiting(storage) == []
    assert not (await storage.write(lambda work: arrive(work, BO))).proposals
    await keep(storage, ProposalsChosen(True), who=BO)
    assert len(await waiting(storage)) == 1
    await storage.write(lambda work: work.people.stopped(ANA))
    assert await waiting(storage) == []


async def test_what_waits_too_long_is_never_told(storage: Storage) -> None:
    await published(storage)
    await partner(storage)
    (pairing,) = await waiting(storage)
    await storage.write(lambda work: work.pairings.end_old(NOW + WAITS))
    assert await waiting(storage) == []
    assert not await tell(storage, pairing)


async def test_two_who_say_yes_at_once_are_both_in_touch(storage: Storage) -> None:
    await published(storage)
    await partner(storage)
    (pairing,) = await waiting(storage)
    assert await storage.write(lambda work: look(work).contacts.pairing(pairing.id)) is None
    await tell(storage, pairing)

    async def says(who: int, contact: str) -> bool:
        """Whether it was this yes that put them in touch."""

        def turn(work: UnitOfWork) -> bool:
            person = arrive(work, who).id
            found = work.pairings.told(pairing.id)
            assert found is not None
            work.pairings.answer(pairing.id, person, "yes")
            work.notes.give(found.about, person, contact, NOW)
            return found.answered(person, "yes").is_connected

        return await storage.write(turn)

    assert sorted(await asyncio.gather(says(ANA, "ana@example.org"), says(BO, "bo@example.org"))) == [False, True]
    found = await storage.write(lambda work: look(work).contacts.pairing(pairing.id))
    assert found is not None
    assert found.is_connected
    bo = await number(storage, BO)
    assert await storage.write(lambda work: look(work).contacts.given(found.about, bo)) == "bo@example.org"


async def test_an_answer_may_change_and_the_audit_says_only_which(storage: Storage) -> None:
    await published(storage)
    await partner(storage)
    (pairing,) = await waiting(storage)
    await tell(storage, pairing)
    answers: tuple[tuple[Said, str], ...] = (("yes", "bo@example.org"), ("no", ""))
    for said, contact in answers:
        await keep(storage, PairingAnswered(pairing.id, said, contact), who=BO)
    found = await storage.write(lambda work: look(work).contacts.pairing(pairing.id))
    assert found is not None
    assert found.said_by(await number(storage, BO)) == "no"
    done = [each for each in await storage.read(lambda work: work.audit.page(0, 30)) if each.action == "pairing"]
    assert [each.new for each in done] == ["no", "yes"]
    assert "example.org" not in str(done)


async def test_a_withdrawn_report_is_no_reason_any_more(storage: Storage) -> None:
    await published(storage)
    await keep(storage, ReportWithdrawn("r1"))
    await partner(storage)
    assert await waiting(storage) == []


@pytest.mark.parametrize("who", [ANA, BO])
async def test_of_two_neither_is_told_where_one_wants_none_or_has_left(storage: Storage, who: int) -> None:
    await published(storage)
    await partner(storage)
    await keep(storage, ProposalsChosen(False), who=who)
    assert await waiting(storage) == []
    await keep(storage, ProposalsChosen(True), who=who)
    assert len(await waiting(storage)) == 1
    await storage.write(lambda work: work.people.stopped(who))
    assert await waiting(storage) == []
