"""Every outcome of a turn, and what is found of it afterwards."""

import asyncio

import pytest

from conversations.language.events import File
from conversations.model.outcomes import (
    Answered,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.model.reports import Report
from storage.engine.errors import NoSuchReport
from storage.people.audit import Entry
from storage.reports.exporting import Wanted
from storage.reports.records import Record
from storage.session.exporting import exported
from storage.session.storage import Storage
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep, later, look, own


async def audit(storage: Storage, report: str = "r1") -> list[Entry]:
    return await storage.read(lambda work: work.audit.of_report(report))


async def record(storage: Storage, report: str = "r1") -> Record:
    found = await storage.read(lambda work: work.exporting(dict).of(report, with_contacts=True))
    assert found is not None
    return found


async def person(storage: Storage, who: int = ANA) -> int:
    return await storage.write(lambda work: arrive(work, who).id)


async def test_a_draft_has_the_current_answer_to_every_question(storage: Storage) -> None:
    await keep(storage, DraftStarted("r1", copied_from="r0"), Answered("r1", "title", "Sprogcafé"), language="sl")
    await keep(storage, Answered("r1", "summary", None), now=later(seconds=1))
    await keep(storage, Answered("r1", "title", {"text": "Sprogcafé 🙂"}, "Sprogcafé 🙂", 12), now=later(seconds=2))
    assert await own(storage) == Report(
        "r1", "draft", {"title": {"text": "Sprogcafé 🙂"}, "summary": None}, {}, later(seconds=2)
    )
    kept = await record(storage)
    assert (kept.language, kept.revision, kept.created_at) == ("sl", 0, NOW)
    assert await audit(storage) == []


async def test_a_personal_answer_is_the_authors_to_see_and_kept_apart(storage: Storage) -> None:
    await keep(storage, DraftStarted("r1"), Answered("r1", "contact", "ana@bib.dk", "ana@bib.dk", 5, personal=True))
    await keep(storage, Answered("r1", "contact", "bib@odense.dk", personal=True), ReportSubmitted("r1"))
    assert (await own(storage)).answers == {"contact": "bib@odense.dk"}
    assert [each.answers for each in await records(storage, with_contacts=False)] == [{}]


async def records(storage: Storage, *, with_contacts: bool) -> list[Record]:
    return await asyncio.to_thread(lambda: list(exported(storage, Wanted(with_contacts=with_contacts), dict)))


async def test_a_draft_sent_twice_is_one_report(storage: Storage) -> None:
    await draft(storage, title="Sprogcafé")
    await keep(storage, ReportSubmitted("r1"), now=later(minutes=1))
    await keep(storage, ReportSubmitted("r1"), now=later(minutes=2))
    kept = await record(storage)
    assert (kept.status, kept.revision, kept.submitted_at) == ("submitted", 1, later(minutes=1))
    assert await audit(storage) == [
        Entry(later(minutes=1), await person(storage), "submitted", old="draft", new="submitted")
    ]


async def test_a_correction_is_a_revision_with_who_when_old_and_new(storage: Storage) -> None:
    await draft(storage, title="Sprogcafé", summary="Kaffe")
    await keep(storage, ReportSubmitted("r1"))
    await keep(storage, Answered("r1", "title", "Sprogcafé 2"), Answered("r1", "summary", None), now=later(days=1))
    await keep(storage, Answered("r1", "title", "Sprogcafé 3"), now=later(days=2))
    who = await person(storage)
    assert (await audit(storage))[1:] == [
        Entry(later(days=1), who, "corrected", "title", "Sprogcafé", "Sprogcafé 2"),
        Entry(later(days=1), who, "corrected", "summary", "Kaffe", None),
        Entry(later(days=2), who, "corrected", "title", "Sprogcafé 2", "Sprogcafé 3"),
    ]
    assert (await record(storage)).revision == 3
    assert (await own(storage)).answers == {"title": "Sprogcafé 3", "summary": None}


async def test_a_corrected_address_is_noted_without_the_address(storage: Storage) -> None:
    await draft(storage)
    await keep(storage, Answered("r1", "contact", "ana@bib.dk", personal=True), ReportSubmitted("r1"))
    await keep(storage, Answered("r1", "contact", "bo@bib.dk", personal=True))
    assert (await audit(storage))[1:] == [Entry(NOW, await person(storage), "corrected", "contact")]


async def test_the_answer_to_the_call_question_is_the_call_of_the_report(storage: Storage) -> None:
    await draft(storage, campaign="nordic-2026")
    assert (await record(storage)).call == "nordic-2026"
    await keep(storage, Answered("r1", "campaign", None))
    assert (await record(storage)).call is None


async def test_a_report_taken_back_is_withdrawn_once(storage: Storage) -> None:
    await draft(storage)
    await keep(storage, ReportWithdrawn("r1"))  # a draft is none yet
    await keep(storage, ReportSubmitted("r1"))
    await keep(storage, ReportWithdrawn("r1"), now=later(hours=1))
    await keep(storage, ReportWithdrawn("r1"), now=later(hours=2))
    assert (await own(storage)).status == "withdrawn"
    assert (await audit(storage))[1:] == [
        Entry(later(hours=1), await person(storage), "withdrawn", old="submitted", new="withdrawn")
    ]


async def test_a_discarded_draft_is_gone_for_its_author_and_a_report_is_not(storage: Storage) -> None:
    await draft(storage, "r1", title="Væk")
    await draft(storage, "r2", title="Her")
    await keep(storage, ReportSubmitted("r2"), DraftDiscarded("r1"), DraftDiscarded("r2"))
    assert await storage.write(lambda work: look(work).reports.one("r1")) is None
    assert [each.id for each in await storage.write(lambda work: look(work).reports.own())] == ["r2"]
    with pytest.raises(NoSuchReport):
        await keep(storage, Answered("r1", "title", "Igen"))
    await keep(storage, ReportSubmitted("r1"))
    assert [each.id for each in await records(storage, with_contacts=True)] == ["r2"]


async def test_where_somebody_stood_in_a_draft_is_kept_and_is_no_change(storage: Storage) -> None:
    await draft(storage)
    await keep(storage, DraftLeft("r1", {"question": "title", "gathered": {"said": ["Šola"]}}), now=later(hours=1))
    kept = await own(storage)
    assert (kept.place, kept.changed_at) == ({"question": "title", "gathered": {"said": ["Šola"]}}, NOW)
    await keep(storage, DraftLeft("r1"))
    assert (await own(storage)).place == {}


async def test_a_file_waits_to_be_fetched(storage: Storage) -> None:
    await draft(storage)
    file = File("photo", "AgAD", "billede.jpg", "image/jpeg", 2048)
    await keep(storage, FileReceived("r1", "photo", "a1", file))
    (waiting,) = await storage.read(lambda work: work.attachments.to_fetch(NOW, 10))
    assert (waiting.id, waiting.report, waiting.question, waiting.reference) == ("a1", "r1", "photo", "AgAD")
    assert await storage.read(lambda work: work.attachments.of_report("r1")) == [waiting]


async def test_nobody_changes_a_report_of_somebody_else(storage: Storage) -> None:
    await draft(storage, title="Anas")
    for outcome in (ReportSubmitted("r1"), DraftDiscarded("r1"), DraftLeft("r1", {"question": "title"})):
        await keep(storage, outcome, who=BO)
    assert await own(storage) == Report("r1", "draft", {"title": "Anas"}, {}, NOW)
    with pytest.raises(NoSuchReport):
        await keep(storage, Answered("r1", "title", "Bos"), who=BO)
    await keep(storage, ReportSubmitted("r1"))
    with pytest.raises(NoSuchReport):
        await keep(storage, Answered("r1", "title", "Bos"), who=BO)
    await keep(storage, ReportWithdrawn("r1"), who=BO)
    assert ((await own(storage)).status, (await own(storage)).title) == ("submitted", "Anas")


async def test_a_turn_that_fails_leaves_nothing_of_it(storage: Storage) -> None:
    with pytest.raises(NoSuchReport):
        await keep(storage, DraftStarted("r1"), Answered("r1", "title", "Halv"), Answered("r2", "title", "Ingen"))
    assert await storage.write(lambda work: look(work).reports.own()) == []
