"""Notes on both databases: two who press at once, what is kept, and what the audit does not say."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from conversations.model.contacts import Note, NoteState, Subject
from conversations.model.matchmaking import Seeker
from conversations.model.outcomes import (
    Answered,
    NoteMoved,
    NoteSent,
    OrganisationRegistered,
    ReportPublished,
    ReportSubmitted,
)
from conversations.model.people.organisations import Organisation, Side
from storage.engine.database import make_engine
from storage.engine.errors import Overtaken
from storage.engine.urls import normalise_url
from storage.models import notes, organisations, pairings
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep, later, look

CY = 103


async def number(storage: Storage, who: int) -> int:
    return await storage.write(lambda work: arrive(work, who).id)


async def published(storage: Storage, report: str = "r1") -> None:
    """Ana's report."""
    await draft(storage, report, title="Sprogcafé", library={"key": None, "name": "Bogbussen"})
    contact = {"name": "Bogbussen", "email": "bus@example.org", "phone": ""}
    await keep(storage, Answered(report, "contact", contact, personal=True))
    await keep(storage, ReportSubmitted(report))
    await keep(storage, ReportPublished(report, 1), who=CY)


async def sent(storage: Storage, this: str = "n1", report: str = "r1") -> Note:
    """Bo's note to Ana."""
    note = Note(this, report, await number(storage, BO), await number(storage, ANA), {"said": "May we come along?"})
    await keep(storage, NoteSent(note, "bo@example.org"), who=BO)
    return note


async def moved(storage: Storage, note: Note, state: NoteState, who: int = ANA, contact: str = "") -> Note:
    now = replace(note, state=state)
    await keep(storage, NoteMoved(now, note.state, contact), who=who)
    return now


async def test_a_note_is_kept_with_all_that_is_said(storage: Storage) -> None:
    await published(storage)
    note = await sent(storage)
    assert await storage.write(lambda work: look(work).contacts.note("n1")) == note
    assert await storage.write(lambda work: look(work, BO).contacts.open_note("r1")) == note
    assert await storage.write(lambda work: look(work).contacts.open_note("r1")) is None
    asked = replace(note, state="asked", question="Hvor mange?")
    await keep(storage, NoteMoved(asked, "sent"))
    answered = replace(asked, state="answered", answer="Fire")
    await keep(storage, NoteMoved(answered, "asked"), who=BO)
    assert await storage.write(lambda work: look(work, BO).contacts.open_note("r1")) == answered


async def test_of_a_yes_and_a_taking_back_at_once_one_counts(storage: Storage) -> None:
    await published(storage)
    note = await sent(storage)
    both = (moved(storage, note, "connected", ANA, "ana@example.org"), moved(storage, note, "taken_back", BO))
    ended = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["Note", Overtaken.__name__]
    kept = await storage.write(lambda work: look(work).contacts.note("n1"))
    assert kept is not None
    given = await storage.write(lambda work: look(work, BO).contacts.given("n1", kept.recipient))
    assert bool(given) == (kept.state == "connected")


async def test_whoever_looks_at_it_has_it_alone_until_the_turn_is_over(
    postgres_url: str, postgres_storage: Storage
) -> None:
    """A second turn waits for the first, and so sees what became of a note, a pairing or a registration."""
    await published(postgres_storage)
    await sent(postgres_storage)
    ana = await number(postgres_storage, ANA)
    await keep(postgres_storage, OrganisationRegistered(Organisation("o1", ana, "ngo", "Frivilligcentret")))
    engine = make_engine(normalise_url(postgres_url))

    def propose(work: UnitOfWork) -> None:
        work.pairings.add(Seeker(ana, "library", "r1"), [(Seeker(2, "ngo"), "partners")], NOW)
        work.pairings.tell(next(iter(work.pairings.free(later(days=-7), 1))).pairing, later(days=-7), NOW)

    def look_and_count(work: UnitOfWork) -> list[int]:
        assert work.notes.of("n1")
        assert work.organisations.registered("o1")
        assert work.pairings.told(1)
        with engine.connect() as other:
            tables = (notes, organisations, pairings)
            return [len(other.execute(select(each).with_for_update(skip_locked=True)).all()) for each in tables]

    await postgres_storage.write(propose)
    assert await postgres_storage.write(look_and_count) == [0, 0, 0]


async def test_a_second_open_note_about_the_same_is_refused_by_the_database(storage: Storage) -> None:
    await published(storage)
    note = await sent(storage)
    with pytest.raises(IntegrityError):
        await sent(storage, "n2")
    await moved(storage, note, "declined")
    await sent(storage, "n3")


async def test_the_notes_of_a_day_are_counted(storage: Storage) -> None:
    for report in ("r1", "r2"):
        await published(storage, report)
        await sent(storage, f"n{report}", report)
    assert await storage.write(lambda work: look(work, BO).contacts.sent_since(later(days=-1))) == 2
    assert await storage.write(lambda work: look(work, BO).contacts.sent_since(later(hours=1))) == 0
    assert await storage.write(lambda work: look(work).contacts.sent_since(later(days=-1))) == 0


async def test_a_reported_note_stops_its_sender_until_it_is_cleared(storage: Storage) -> None:
    await published(storage)
    reported = await moved(storage, await sent(storage), "reported")
    assert await storage.write(lambda work: look(work, BO).contacts.is_stopped())
    assert not await storage.write(lambda work: look(work).contacts.is_stopped())
    await moved(storage, reported, "cleared", CY)
    assert not await storage.write(lambda work: look(work, BO).contacts.is_stopped())


async def test_what_is_offered_is_what_was_said_before_and_the_reports_own_contact(storage: Storage) -> None:
    await published(storage)
    assert await storage.write(lambda work: look(work).contacts.contacts_of("r1")) == ["Bogbussen, bus@example.org"]
    assert await storage.write(lambda work: look(work, BO).contacts.contacts_of("r1")) == []
    note = await sent(storage)
    assert await storage.write(lambda work: look(work, BO).contacts.contacts_of("r1")) == ["bo@example.org"]
    await moved(storage, note, "connected", ANA, "@bogbussen")
    offered = await storage.write(lambda work: look(work).contacts.contacts_of("r1"))
    assert offered == ["@bogbussen", "Bogbussen, bus@example.org"]


async def test_who_reported_is_known_and_who_left_is_not_reached(storage: Storage) -> None:
    await published(storage)
    ana = await number(storage, ANA)
    assert await storage.write(lambda work: look(work, BO).contacts.reporter("r1")) == ana
    assert await storage.write(lambda work: look(work, BO).contacts.reporter("r9")) is None
    assert await storage.write(lambda work: look(work, BO).contacts.subject("r1")) == Subject(
        "Sprogcafé", Side("library", "Bogbussen", "")
    )
    assert await storage.write(lambda work: look(work, BO).contacts.reaches(ana))
    await storage.write(lambda work: work.people.stopped(ANA))
    assert not await storage.write(lambda work: look(work, BO).contacts.reaches(ana))


async def test_the_audit_tells_what_happened_and_not_what_was_written(storage: Storage) -> None:
    await published(storage)
    await moved(storage, await sent(storage), "connected", ANA, "@bogbussen")
    done = [each for each in await storage.read(lambda work: work.audit.page(0, 20)) if each.action == "note"]
    assert [(each.about, each.old, each.new) for each in done] == [("n1", "sent", "connected"), ("n1", None, "sent")]
    assert not any(word in str(done) for word in ("May we", "bogbussen", "bo@example.org"))
