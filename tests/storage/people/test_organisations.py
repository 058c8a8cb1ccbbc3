"""Organisations on both databases: one for each person, decided on once, counting only while one is a partner."""

import asyncio

from conversations.model.outcomes import (
    InvitationMade,
    InvitationUsed,
    LibraryRemembered,
    OrganisationDecided,
    OrganisationRegistered,
    ReportPublished,
    ReportSubmitted,
    RolesChanged,
)
from conversations.model.people.organisations import Organisation, Side
from storage.engine.errors import Overtaken
from storage.session.storage import Storage
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep, later, look

CY = 103


async def registered(storage: Storage, this: str = "o1", who: int = ANA, **given: str) -> Organisation:
    number = await storage.write(lambda work: arrive(work, who).id)
    told = {"kind": "integration_council", "name": "Integrationsrådet", "municipality": "DK-0461", **given}
    organisation = Organisation(this, number, **told)  # type: ignore[arg-type]
    await keep(storage, OrganisationRegistered(organisation), who=who)
    return organisation


async def confirmed(storage: Storage, this: str = "o1", who: int = ANA) -> None:
    number = (await registered(storage, this, who)).person
    await keep(storage, OrganisationDecided(this, True), RolesChanged(number, frozenset({"partner"})), who=BO)


async def side(storage: Storage, who: int = ANA) -> Side | None:
    return await storage.write(lambda work: work.organisations.side(arrive(work, who).id))


async def test_what_is_registered_anew_takes_the_place_of_the_earlier(storage: Storage) -> None:
    await registered(storage)
    second = await registered(storage, "o2", name="Rådet")
    assert await storage.write(lambda work: look(work).partners.own()) == second
    assert await storage.write(lambda work: look(work).partners.registered("o1")) is None
    assert await storage.write(lambda work: look(work, BO).partners.waiting()) == [second]


async def test_of_two_who_decide_at_once_one_does(storage: Storage) -> None:
    await registered(storage)
    await storage.write(lambda work: (arrive(work, BO), arrive(work, CY)))
    both = [keep(storage, OrganisationDecided("o1", who == BO), who=who) for who in (BO, CY)]
    ended = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["NoneType", Overtaken.__name__]


async def test_it_counts_only_as_long_as_one_is_a_partner(storage: Storage) -> None:
    assert await side(storage) is None
    await registered(storage)
    assert await side(storage) is None
    await confirmed(storage, "o2")
    assert await side(storage) == Side("integration_council", "Integrationsrådet", "Odense")
    assert len(await storage.write(lambda work: look(work).partners.confirmed())) == 1
    number = await storage.write(lambda work: arrive(work).id)
    await keep(storage, RolesChanged(number, frozenset()), who=BO)
    assert await side(storage) is None
    assert await storage.write(lambda work: look(work).partners.confirmed()) == []


async def test_confirmed_partners_see_what_is_for_the_network(storage: Storage) -> None:
    await registered(storage)
    assert await storage.write(lambda work: look(work).initiatives.sees()) == {"public"}
    await confirmed(storage, "o2")
    assert await storage.write(lambda work: look(work).initiatives.sees()) == {"public", "network"}


async def test_an_invitation_confirms_what_was_registered_before(storage: Storage) -> None:
    await registered(storage)
    await keep(storage, InvitationMade("i1", "code", "partner", 1, later(days=1)), who=BO)
    await keep(storage, InvitationUsed("i1", "partner"))
    own = await storage.write(lambda work: look(work).partners.own())
    assert own is not None
    assert own.state == "confirmed"


async def test_a_librarian_appears_as_the_library_once_a_report_is_published(storage: Storage) -> None:
    await keep(storage, LibraryRemembered({"key": None, "name": "Bogbussen"}))
    assert await side(storage) is None
    await draft(storage, title="Sprogcafé")
    await keep(storage, ReportSubmitted("r1"))
    await keep(storage, ReportPublished("r1", 1), who=BO)
    assert await side(storage) == Side("library", "Bogbussen", "")


async def test_who_decided_is_told_without_the_name(storage: Storage) -> None:
    await confirmed(storage)
    done = await storage.read(lambda work: work.audit.page(0, 10))
    assert [each.action for each in done] == ["roles", "organisation decided", "organisation"]
    assert "Integrationsrådet" not in str(done)
    assert NOW in {each.at for each in done}
