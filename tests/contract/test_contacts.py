"""What brings people in touch is looked up alike in memory and in databases."""

from dataclasses import replace

from conversations.model.contacts import EXPERT, Note, Subject
from conversations.model.experts import Expert
from conversations.model.matchmaking import A_WEEK, STANDS, Pairing, Seeker
from conversations.model.outcomes import Answered, ExpertDescribed, NoteMoved, NoteSent, PairingAnswered
from conversations.model.people.organisations import Side
from storage.session.unit_of_work import UnitOfWork
from tests.contract.kept import ANA, BO, CY, NOW, ODENSE, Kept, draft, later

NOTE = Note("n1", "r1", BO, ANA, {"said": "May I visit you?"})


async def test_notes(kept: Kept) -> None:
    await draft(kept, "r1", title="Sprogcafé", library=ODENSE)
    await kept.keep(NoteSent(NOTE, "bo@example.org"), who=BO, now=later(hours=1))
    assert await kept.ask(lambda find: find.contacts.note("n1"), who=CY) == NOTE
    assert await kept.ask(lambda find: find.contacts.note("n2")) is None
    assert await kept.ask(lambda find: find.contacts.open_note("r1"), who=BO) == NOTE
    assert await kept.ask(lambda find: find.contacts.open_note("r2"), who=BO) is None
    assert await kept.ask(lambda find: find.contacts.open_note("r1"), who=CY) is None
    assert await kept.ask(lambda find: find.contacts.sent_since(NOW), who=BO) == 1
    assert await kept.ask(lambda find: find.contacts.sent_since(later(hours=1)), who=BO) == 0
    assert await kept.ask(lambda find: find.contacts.sent_since(NOW), who=ANA) == 0
    assert await kept.ask(lambda find: find.contacts.given("n1", BO)) == "bo@example.org"
    assert await kept.ask(lambda find: find.contacts.given("n1", ANA)) == ""
    accepted = replace(NOTE, state="connected")
    await kept.keep(NoteMoved(accepted, "sent", "ana@example.org"), now=later(hours=2))
    assert await kept.ask(lambda find: find.contacts.note("n1")) == accepted
    assert await kept.ask(lambda find: find.contacts.open_note("r1"), who=BO) is None
    assert await kept.ask(lambda find: find.contacts.given("n1", ANA)) == "ana@example.org"


async def test_a_note_that_was_reported_stops_its_sender(kept: Kept) -> None:
    await draft(kept, "r1")
    await kept.keep(NoteSent(NOTE, "bo@example.org"), who=BO)
    assert not await kept.ask(lambda find: find.contacts.is_stopped(), who=BO)
    await kept.keep(NoteMoved(replace(NOTE, state="reported"), "sent"))
    assert await kept.ask(lambda find: find.contacts.is_stopped(), who=BO)
    assert not await kept.ask(lambda find: find.contacts.is_stopped(), who=ANA)
    await kept.keep(NoteMoved(replace(NOTE, state="cleared"), "reported"), who=CY)
    assert not await kept.ask(lambda find: find.contacts.is_stopped(), who=BO)


async def test_how_a_person_may_be_reached(kept: Kept) -> None:
    assert await kept.ask(lambda find: list(find.contacts.contacts_of("r1")), who=BO) == []
    await draft(kept, "r1")
    await draft(kept, "r2")
    await kept.keep(Answered("r1", "contact", {"name": "Ana", "email": "ana@example.org"}, personal=True))
    await kept.given("contacts.reporter", lambda memory: memory.contacts.reporters.update(r1=ANA, r2=ANA))
    await kept.given("contacts.contacts_of", lambda memory: memory.contacts.desks.update(r1="Ana, ana@example.org"))
    await kept.keep(NoteSent(NOTE, "bo@example.org"), who=BO, now=later(hours=1))
    await kept.keep(NoteSent(replace(NOTE, id="n2", report="r2"), "12 34 56 78"), who=BO, now=later(hours=2))
    await kept.keep(NoteMoved(replace(NOTE, state="asked"), "sent", "At the desk"), now=later(hours=3))
    await kept.keep(NoteMoved(replace(NOTE, state="connected"), "asked", "Elsewhere"), now=later(hours=4))
    assert await kept.ask(lambda find: list(find.contacts.contacts_of("r1")), who=BO) == ["12 34 56 78"]
    assert await kept.ask(lambda find: list(find.contacts.contacts_of("r1"))) == ["At the desk", "Ana, ana@example.org"]
    assert await kept.ask(lambda find: list(find.contacts.contacts_of("r2"))) == ["At the desk"]


async def test_who_reported_what(kept: Kept) -> None:
    await draft(kept, "r1", title="Sprogcafé", library=ODENSE)
    subject = Subject("Sprogcafé", Side("library", ODENSE["name"], "Odense"))
    await kept.given("contacts.reporter", lambda memory: memory.contacts.reporters.update(r1=ANA))
    await kept.given("contacts.subject", lambda memory: memory.contacts.subjects.update(r1=subject))
    assert await kept.ask(lambda find: find.contacts.reporter("r1"), who=BO) == ANA
    assert await kept.ask(lambda find: find.contacts.reporter("r9"), who=BO) is None
    assert await kept.ask(lambda find: find.contacts.subject("r1"), who=BO) == subject
    assert await kept.ask(lambda find: find.contacts.subject("r9"), who=BO) == Subject("", Side("library", "", ""))


async def test_who_can_be_written_to(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.contacts.reaches(BO))
    await kept.given(
        "contacts.reaches", lambda memory: memory.contacts.left.add(BO), lambda work: work.people.stopped(100 + BO)
    )
    assert not await kept.ask(lambda find: find.contacts.reaches(BO))


async def test_a_pairing_and_what_both_say(kept: Kept) -> None:
    pairing = Pairing(1, ANA, BO, "r1", "", "partners", NOW + STANDS)

    def told(work: UnitOfWork) -> None:
        work.pairings.add(Seeker(ANA, "library", "r1"), [(Seeker(BO, "ngo"), "partners")], NOW)
        assert work.pairings.tell(pairing, NOW - A_WEEK, NOW)

    assert await kept.ask(lambda find: find.contacts.pairing(1)) is None
    await draft(kept, "r1")
    await kept.given("contacts.pairing", lambda memory: memory.contacts.pairings.update({1: pairing}), told)
    assert await kept.ask(lambda find: find.contacts.pairing(1)) == pairing
    await kept.keep(PairingAnswered(1, "yes", "bo@example.org"), who=BO)
    await kept.keep(PairingAnswered(1, "no"))
    answered = replace(pairing, first_said="no", second_said="yes")
    assert await kept.ask(lambda find: find.contacts.pairing(1), who=BO) == answered
    assert await kept.ask(lambda find: find.contacts.given("pairing:1", BO)) == "bo@example.org"
    assert await kept.ask(lambda find: list(find.contacts.contacts_of("")), who=ANA) == []


async def test_a_note_to_a_contact_person(kept: Kept) -> None:
    about = f"{EXPERT}e1"
    await kept.keep(ExpertDescribed(Expert("e1", ANA, "The host", ("advice",), contact="host@example.org")))
    note = Note("n1", about, BO, ANA, {"chosen": "ask_advice"})
    await kept.keep(NoteSent(note, "bo@example.org"), who=BO, now=later(hours=1))
    assert await kept.ask(lambda find: find.contacts.note("n1")) == note
    assert await kept.ask(lambda find: find.contacts.open_note(about), who=BO) == note
    assert await kept.ask(lambda find: find.contacts.open_note("e1"), who=BO) is None
    await kept.given("contacts.reporter", lambda memory: memory.contacts.reporters.update({about: ANA}))
    await kept.given(
        "contacts.subject",
        lambda memory: memory.contacts.subjects.update({about: Subject("The host", Side("library", "", ""))}),
    )
    assert await kept.ask(lambda find: find.contacts.reporter(about), who=BO) == ANA
    assert await kept.ask(lambda find: find.contacts.subject(about), who=BO) == Subject(
        "The host", Side("library", "", "")
    )
