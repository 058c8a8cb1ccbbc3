"""Invitations on both databases: one use is one use, whoever comes at the same moment."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from conversations.context.context import Context
from conversations.context.session import Turn
from conversations.engine.engine import take_turn
from conversations.language.events import Commanded
from conversations.model.outcomes import CodeTried, InvitationMade, InvitationRevoked, RolesChanged
from conversations.model.people.members import Done, Member
from conversations.model.people.person import Person
from storage.engine.clock import utc_now
from storage.models import invitations
from storage.registers.port import StoredRegisters
from storage.session.storage import Storage, in_english
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, keep

CODE = "w3q4Zk0fT0m1b2c3d4e5fg"


async def made(storage: Storage, role: str = "coordinator", uses: int = 1, days: float = 3, by: int = ANA) -> None:
    invitation = InvitationMade("i1", CODE, role, uses, utc_now() + timedelta(days=days))
    await keep(storage, invitation, who=by)


def follow(work: UnitOfWork, who: int, code: str = CODE) -> Turn:
    """That person sends /start with the code: the whole turn, in one transaction."""
    now = utc_now()
    standing = work.people.arrive(who, who, "en", now)
    context = Context(
        standing.person, now, now.date(), lambda: "x", work.lookup(standing.person, now), StoredRegisters(in_english)
    )
    turn = take_turn(standing.session, Commanded("start", f"i_{code}"), context)
    work.keep(standing.person, turn, now)
    return turn


async def person(storage: Storage, who: int) -> Person:
    return await storage.write(lambda work: work.people.arrive(who, who, "en", utc_now()).person)


async def trail(storage: Storage) -> list[Done]:
    return await storage.read(lambda work: work.audit.page(0, 50))


async def test_the_code_itself_is_nowhere_in_the_database(storage: Storage) -> None:
    await made(storage)
    rows = await storage.read(lambda work: [tuple(row) for row in work._connection.execute(select(invitations))])
    assert CODE not in str(rows)
    assert CODE not in str(await storage.read(lambda work: list(work.audit.lines())))


async def test_of_many_who_come_at_once_one_gets_the_role(storage: Storage, url: str) -> None:
    await made(storage)
    other = Storage.open(url)
    people = range(200, 212)
    await asyncio.gather(
        *((storage, other)[who % 2].write(lambda work, who=who: follow(work, who)) for who in people)  # type: ignore[misc]
    )
    await other.close()
    roles = [(await person(storage, who)).roles for who in people]
    assert sum(bool(each) for each in roles) == 1
    assert len([done for done in await trail(storage) if done.action == "joined"]) == 1


async def test_one_for_three_is_for_three(storage: Storage) -> None:
    await made(storage, "partner", uses=3)
    for who in (201, 201, 202, 203, 201, 204):
        await storage.write(lambda work, who=who: follow(work, who))  # type: ignore[misc]
    joined = [who for who in range(201, 205) if (await person(storage, who)).roles]
    assert joined == [201, 202, 203]
    assert len([done for done in await trail(storage) if done.action == "joined"]) == 3


async def test_what_somebody_has_followed_is_known_of_them_alone_and_when_it_is_over(storage: Storage) -> None:
    await made(storage)
    await storage.write(lambda work: follow(work, 201))
    who, other = (await person(storage, 201)).id, (await person(storage, 202)).id
    assert await storage.read(lambda work: work.invitations.followed(CODE, who)) == "coordinator"
    assert await storage.read(lambda work: work.invitations.followed(CODE, other)) is None
    assert await storage.read(lambda work: work.invitations.followed("nothing", who)) is None


async def test_used_expired_revoked_and_wrong_say_the_same(storage: Storage) -> None:
    await made(storage)
    await storage.write(lambda work: follow(work, 201))
    used = await storage.write(lambda work: follow(work, 202))
    wrong = await storage.write(lambda work: follow(work, 203, "nothing"))
    await keep(storage, InvitationMade("i2", "late", "partner", 1, utc_now() - timedelta(seconds=1)))
    expired = await storage.write(lambda work: follow(work, 204, "late"))
    await keep(storage, InvitationMade("i3", "gone", "partner", 1, utc_now() + timedelta(days=1)))
    await keep(storage, InvitationRevoked("i3"))
    revoked = await storage.write(lambda work: follow(work, 205, "gone"))
    assert used.screens == wrong.screens == expired.screens == revoked.screens
    assert all(turn.outcomes == (CodeTried(), *used.outcomes[1:]) for turn in (used, wrong, expired, revoked))


async def test_guessing_ends_after_five_tries_in_an_hour(storage: Storage) -> None:
    await made(storage)
    for number in range(7):
        await storage.write(lambda work, number=number: follow(work, BO, f"guess{number}"))  # type: ignore[misc]
    refused = await storage.write(lambda work: follow(work, BO))
    assert refused.outcomes == ()
    assert not (await person(storage, BO)).roles
    bo = (await person(storage, BO)).id
    assert await storage.read(lambda work: work.invitations.tries(bo, utc_now())) == 5
    await storage.write(lambda work: follow(work, 300))
    assert (await person(storage, 300)).roles == {"coordinator"}


async def test_the_first_owner_ends_all_other_offers_to_be_the_first(storage: Storage) -> None:
    for number in range(3):
        offer = InvitationMade(f"o{number}", f"first{number}", "owner", 1, utc_now() + timedelta(days=3))
        await storage.write(lambda work, offer=offer: work.invitations.make(offer, None, utc_now()))  # type: ignore[misc]
    await storage.write(lambda work: follow(work, 201, "first1"))
    await storage.write(lambda work: follow(work, 202, "first0"))
    assert (await person(storage, 201)).roles == {"owner"}
    assert (await person(storage, 202)).roles == frozenset()


async def test_a_bot_waits_for_its_owner_from_the_first_offer_until_there_is_one(storage: Storage) -> None:
    async def waits() -> bool:
        return await storage.read(lambda work: work.lookup(Person(0, "en"), utc_now()).people.awaits_owner())

    await made(storage)
    assert not await waits()
    late = InvitationMade("o1", "first", "owner", 1, utc_now() - timedelta(seconds=1))
    await storage.write(lambda work: work.invitations.make(late, None, utc_now()))
    assert await waits()
    again = InvitationMade("o2", "second", "owner", 1, utc_now() + timedelta(days=3))
    await storage.write(lambda work: work.invitations.make(again, None, utc_now()))
    await storage.write(lambda work: follow(work, 201, "second"))
    assert not await waits()


async def test_the_last_owner_cannot_be_taken_away_by_two_at_once(storage: Storage, url: str) -> None:
    ann, bo = await person(storage, 201), await person(storage, 202)
    for each in (ann, bo):
        await storage.write(lambda work, each=each: work.members.become(each.id, frozenset({"owner"})))  # type: ignore[misc]
    other = Storage.open(url)
    await asyncio.gather(
        keep(storage, RolesChanged(bo.id, frozenset()), who=201),
        keep(other, RolesChanged(ann.id, frozenset()), who=202),
    )
    await other.close()
    assert len(await storage.read(lambda work: work.members.with_role("owner"))) == 1


async def test_a_change_is_written_down_with_old_and_new(storage: Storage) -> None:
    bo = await person(storage, BO)
    await keep(storage, RolesChanged(bo.id, frozenset({"partner", "coordinator"})))
    (done,) = await trail(storage)
    assert (done.action, done.about, done.old, done.new) == ("roles", str(bo.id), [], ["coordinator", "partner"])
    assert await storage.read(lambda work: work.members.with_role("partner")) == [
        Member(bo.id, "", frozenset({"partner", "coordinator"}), None, "en")
    ]


async def test_the_first_owner_ends_no_invitation_to_another_role(storage: Storage) -> None:
    for this, role in (("o1", "owner"), ("c1", "coordinator"), ("p1", "partner")):
        offer = InvitationMade(this, f"code {this}", role, 1, utc_now() + timedelta(days=3))
        await storage.write(lambda work, offer=offer: work.invitations.make(offer, None, utc_now()))  # type: ignore[misc]
    await storage.write(lambda work: follow(work, 201, "code o1"))
    assert {each.id for each in await storage.read(lambda work: work.invitations.open_at(utc_now()))} == {"c1", "p1"}
