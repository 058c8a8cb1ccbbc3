from datetime import timedelta

from sqlalchemy import insert

from conversations.language.words import InLanguages
from conversations.model.calls import Call
from conversations.model.outcomes import Answered, ReportSubmitted
from conversations.model.reports import SavedAnswer
from storage.models import calls
from storage.session.storage import Storage
from tests.storage.chat import ANA, BO, NOW, draft, keep, later, look, own


async def test_the_reports_of_a_person_are_theirs_alone_and_the_last_changed_come_first(storage: Storage) -> None:
    await draft(storage, "r1", title="Den første")
    await draft(storage, "r2", now=later(minutes=1), title="Den anden")
    await draft(storage, "r3", who=BO, title="Bos")
    await keep(storage, Answered("r1", "summary", "Nu ændret"), now=later(minutes=2))
    found = await storage.write(lambda work: look(work).reports.own())
    assert [(report.id, report.title) for report in found] == [("r1", "Den første"), ("r2", "Den anden")]
    assert found[0] == await own(storage, "r1")
    assert await storage.write(lambda work: look(work).reports.one("r3")) is None
    assert await storage.write(lambda work: look(work, BO).reports.one("r1")) is None
    assert await storage.write(lambda work: look(work).reports.one("nothing")) is None


async def test_an_edited_message_finds_the_answer_that_came_from_it(storage: Storage) -> None:
    await draft(storage, "r1")
    await keep(
        storage, Answered("r1", "title", "A", "A", 10), Answered("r1", "contact", "x@y", "x@y", 11, personal=True)
    )
    await keep(storage, Answered("r1", "summary", "B", "B", 12))
    await draft(storage, "r2", who=BO)
    await keep(storage, Answered("r2", "title", "C", "C", 13), who=BO)

    async def answer_from(message: int, who: int = ANA) -> SavedAnswer | None:
        return await storage.write(lambda work: look(work, who).reports.answer_from(message))

    assert await answer_from(10) == SavedAnswer("r1", "title")
    assert await answer_from(11) == SavedAnswer("r1", "contact")
    assert await answer_from(13) is None
    assert await answer_from(13, BO) == SavedAnswer("r2", "title")
    await keep(storage, Answered("r1", "title", "D", "D", 14), ReportSubmitted("r1"))
    assert await answer_from(10) is None
    assert await answer_from(14) == SavedAnswer("r1", "title")


async def test_an_edited_message_finds_the_answer_of_which_it_was_a_part(storage: Storage) -> None:
    await draft(storage, "r1")
    parts, private = ((10, "Kaffe"), (11, "og “snak” 🙂")), ((20, "Ana,"), (21, "ana@bib.dk"))
    await keep(storage, Answered("r1", "summary", "Kaffe\nog “snak” 🙂", parts=parts))
    await keep(storage, Answered("r1", "contact", "Ana,\nana@bib.dk", personal=True, parts=private))

    async def answer_from(message: int) -> SavedAnswer | None:
        return await storage.write(lambda work: look(work).reports.answer_from(message))

    assert await answer_from(10) == await answer_from(11) == SavedAnswer("r1", "summary", parts)
    assert await answer_from(21) == SavedAnswer("r1", "contact", private)
    assert await answer_from(12) is None
    assert await storage.write(lambda work: look(work, BO).reports.answer_from(10)) is None
    await keep(storage, Answered("r1", "summary", "Te", "Te", 12))
    assert await answer_from(11) is None
    assert await answer_from(12) == SavedAnswer("r1", "summary")


async def add_call(storage: Storage, slug: str, **columns: object) -> None:
    values = {
        "slug": slug,
        "titles": {"da": f"{slug} på dansk", "en": f"{slug} in English"},
        "language": "da",
        "opens_at": NOW - timedelta(days=1),
        "deadline_at": None,
        "status": "open",
        "created_at": NOW,
    }
    await storage.write(lambda work: work._connection.execute(insert(calls), {**values, **columns}).rowcount)


async def test_the_open_calls_are_those_that_take_answers_now(storage: Storage) -> None:
    now = NOW
    await add_call(storage, "endless")
    await add_call(storage, "far", deadline_at=now + timedelta(days=9))
    await add_call(storage, "near", deadline_at=now + timedelta(minutes=9))
    await add_call(storage, "over", deadline_at=now - timedelta(minutes=1))
    await add_call(storage, "coming", opens_at=now + timedelta(minutes=1))
    await add_call(storage, "closed", status="closed")
    found = await storage.write(lambda work: look(work).calls.open())
    assert [call.slug for call in found] == ["near", "far", "endless"]


async def test_a_call_is_named_in_every_language_it_was_written_in(storage: Storage) -> None:
    await add_call(storage, "c")
    title = InLanguages({"da": "c på dansk", "en": "c in English"}, "da")
    assert await storage.write(lambda work: look(work).calls.open()) == [Call("c", title)]
