"""People with roles, partners and privacy are looked up alike in memory and in databases."""

from dataclasses import replace

from conversations.model.outcomes import (
    CodeTried,
    ControllerNamed,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    LanguageChosen,
    LibraryRemembered,
    OrganisationDecided,
    OrganisationRegistered,
    RolesChanged,
)
from conversations.model.people.members import Done, Invitation, Member
from conversations.model.people.organisations import Organisation, Side
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, initiative, later, publish

EXPIRES = later(days=3)
COUNCIL = Organisation("o1", BO, "integration_council", "Rådet", "DK-0461")


async def test_invitations(kept: Kept) -> None:
    await kept.keep(InvitationMade("i1", "code-1", "coordinator", 1, EXPIRES), who=CY)
    await kept.keep(InvitationMade("i2", "code-2", "partner", 2, EXPIRES), who=CY, now=later(hours=1))
    one, two = Invitation("i1", "coordinator", 1, 0, EXPIRES), Invitation("i2", "partner", 2, 0, EXPIRES)
    assert await kept.ask(lambda find: list(find.people.invitations(NOW))) == [two, one]
    assert await kept.ask(lambda find: list(find.people.invitations(EXPIRES))) == []
    assert await kept.ask(lambda find: find.people.invitation("code-1")) == one
    assert await kept.ask(lambda find: find.people.invitation("code-1"), now=EXPIRES) is None
    assert await kept.ask(lambda find: find.people.invitation("code-3")) is None
    await kept.keep(InvitationUsed("i1", "coordinator"), now=later(hours=2))
    await kept.keep(InvitationUsed("i2", "partner"), who=BO, now=later(hours=2))
    assert await kept.ask(lambda find: find.people.invitation("code-1")) is None
    assert await kept.ask(lambda find: find.people.followed("code-1")) == "coordinator"
    assert await kept.ask(lambda find: find.people.followed("code-1"), who=BO) is None
    assert await kept.ask(lambda find: find.people.followed("code-2")) is None
    assert await kept.ask(lambda find: list(find.people.invitations(NOW))) == [replace(two, used=1)]
    await kept.keep(InvitationRevoked("i2"), who=CY, now=later(hours=3))
    assert await kept.ask(lambda find: find.people.invitation("code-2")) is None
    assert await kept.ask(lambda find: list(find.people.invitations(NOW))) == []
    assert await kept.ask(lambda find: find.people.followed("code-2"), who=BO) == "partner"


async def test_codes_that_open_nothing(kept: Kept) -> None:
    await kept.keep(CodeTried())
    await kept.keep(CodeTried(), now=later(minutes=30))
    await kept.keep(CodeTried(), who=BO, now=later(minutes=30))
    assert await kept.ask(lambda find: find.people.tries(later(minutes=40))) == 2
    assert await kept.ask(lambda find: find.people.tries(later(minutes=60))) == 1
    assert await kept.ask(lambda find: find.people.tries(later(minutes=90))) == 0


async def test_members(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.people.member(BO)) == Member(BO, "", frozenset(), None, "da")
    assert await kept.ask(lambda find: find.people.member(9)) is None
    await kept.keep(RolesChanged(BO, frozenset({"coordinator"})), who=CY)
    await kept.keep(RolesChanged(ANA, frozenset({"coordinator", "partner"})), who=CY)
    await kept.keep(LanguageChosen("sl"), LibraryRemembered(ODENSE), who=BO)
    bo = Member(BO, "", frozenset({"coordinator"}), ODENSE, "sl")
    ana = Member(ANA, "", frozenset({"coordinator", "partner"}), None, "da")
    assert await kept.ask(lambda find: find.people.member(BO)) == bo
    assert await kept.ask(lambda find: list(find.people.members("coordinator"))) == [ana, bo]
    assert await kept.ask(lambda find: list(find.people.members("partner"))) == [ana]
    assert await kept.ask(lambda find: list(find.people.members("owner"))) == []


async def test_the_first_owner(kept: Kept) -> None:
    assert not await kept.ask(lambda find: find.people.awaits_owner())
    await kept.keep(InvitationMade("i1", "code-1", "owner", 1, EXPIRES))
    assert await kept.ask(lambda find: find.people.awaits_owner())
    await kept.keep(InvitationRevoked("i1"))
    assert await kept.ask(lambda find: find.people.awaits_owner())
    await kept.keep(RolesChanged(BO, frozenset({"owner"})))
    assert not await kept.ask(lambda find: find.people.awaits_owner())
    await kept.keep(RolesChanged(BO, frozenset()), who=BO)  # which would leave nobody as owner
    assert await kept.ask(lambda find: [each.id for each in find.people.members("owner")]) == [BO]


async def test_the_audit_trail(kept: Kept) -> None:
    await kept.keep(RolesChanged(BO, frozenset({"partner"})), who=CY)
    await kept.keep(ControllerNamed("The library"), who=CY, now=later(hours=1))
    trail = [
        Done(NOW, "#3", "roles", "2", old=[], new=["partner"]),
        Done(later(hours=1), "#3", "controller named", "", new="The library"),
    ]
    await kept.given("people.done", lambda memory: memory.people.trail.extend(trail))
    assert await kept.ask(lambda find: list(find.people.done(0, 5))) == trail[::-1]
    assert await kept.ask(lambda find: list(find.people.done(0, 1))) == trail[::-1]
    assert await kept.ask(lambda find: list(find.people.done(1, 1))) == trail[:1]


async def test_organisations(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.partners.own(), who=BO) is None
    await kept.keep(OrganisationRegistered(COUNCIL), who=BO)
    centre = Organisation("o2", ANA, "volunteer_centre", "Frivilligcentret")
    await kept.keep(OrganisationRegistered(centre), now=later(hours=1))
    assert await kept.ask(lambda find: find.partners.own(), who=BO) == COUNCIL
    assert await kept.ask(lambda find: find.partners.registered("o1"), who=CY) == COUNCIL
    assert await kept.ask(lambda find: list(find.partners.waiting()), who=CY) == [COUNCIL, centre]
    again = replace(COUNCIL, id="o3", name="Integrationsrådet")
    await kept.keep(OrganisationRegistered(again), who=BO, now=later(hours=2))
    assert await kept.ask(lambda find: find.partners.registered("o1"), who=CY) is None
    assert await kept.ask(lambda find: list(find.partners.waiting()), who=CY) == [centre, again]
    await kept.keep(OrganisationDecided("o2", confirmed=False), who=CY)
    await kept.keep(OrganisationDecided("o3", confirmed=True), RolesChanged(BO, frozenset({"partner"})), who=CY)
    confirmed = replace(again, state="confirmed")
    assert await kept.ask(lambda find: find.partners.own()) == replace(centre, state="declined")
    assert await kept.ask(lambda find: list(find.partners.waiting()), who=CY) == []
    assert await kept.ask(lambda find: list(find.partners.confirmed()), who=CY) == [confirmed]
    await kept.keep(RolesChanged(BO, frozenset()), who=CY)
    left = [confirmed] if kept.is_less("partners.confirmed") else []
    assert await kept.ask(lambda find: list(find.partners.confirmed()), who=CY) == left


async def test_an_invitation_for_partners_confirms_what_was_registered(kept: Kept) -> None:
    await kept.keep(InvitationMade("i1", "code-1", "partner", 1, EXPIRES), who=CY)
    await kept.keep(OrganisationRegistered(COUNCIL), who=BO)
    await kept.keep(InvitationUsed("i1", "partner"), who=BO)
    assert await kept.ask(lambda find: find.partners.own(), who=BO) == replace(COUNCIL, state="confirmed")


async def test_how_people_appear(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.partners.side(BO)) is None
    await kept.keep(OrganisationRegistered(COUNCIL), RolesChanged(BO, frozenset({"partner"})), who=BO)
    await kept.keep(OrganisationDecided("o1", confirmed=True), who=CY)
    place = "DK-0461" if kept.is_less("partners.side") else "Odense"
    assert await kept.ask(lambda find: find.partners.side(BO)) == Side("integration_council", "Rådet", place)
    await kept.keep(LibraryRemembered(ODENSE))
    assert await kept.ask(lambda find: find.partners.side(ANA)) is None
    await publish(kept, initiative("r1", "Sprogcafé"))
    side = Side("library", ODENSE["name"], "Odense")
    await kept.given("partners.side", lambda memory: memory.partners.libraries.update({ANA: side}))
    assert await kept.ask(lambda find: find.partners.side(ANA)) == side


async def test_who_answers_for_what_is_kept(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.privacy.controller()) == ""
    await kept.keep(ControllerNamed("The library"), who=CY)
    await kept.keep(ControllerNamed("The municipality"), who=CY, now=later(hours=1))
    assert await kept.ask(lambda find: find.privacy.controller()) == "The municipality"
