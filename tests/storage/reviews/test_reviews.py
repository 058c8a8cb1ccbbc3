"""Reviews on both databases: who holds what, who decides first, what is kept of it."""

import asyncio

import pytest
from sqlalchemy import update

from conversations.model.outcomes import (
    Answered,
    ContactsRead,
    DraftStarted,
    Outcome,
    PersonForgotten,
    QuestionAsked,
    ReportClaimed,
    ReportCorrected,
    ReportDeclined,
    ReportPublished,
    ReportReleased,
    ReportReturned,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
    RequestTakenBack,
)
from conversations.model.reviews import AskedQuestion, Audience, Claim, Earlier, UnderReview
from storage.engine.errors import Overtaken
from storage.models import reports
from storage.registers import find_libraries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep, later, own

CY = 103


async def sent(storage: Storage, report: str = "r1", who: int = ANA, **answers: object) -> None:
    """That person has sent a report."""
    await draft(storage, report, who, NOW, **(answers or {"title": "Sprogcafé"}))
    await keep(storage, ReportSubmitted(report), who=who)


async def review(storage: Storage, report: str = "r1") -> UnderReview:
    found = await storage.write(lambda work: work.reviews.of(report))
    assert found is not None
    return found


async def actions(storage: Storage, report: str = "r1") -> list[tuple[str, object, object]]:
    entries = await storage.read(lambda work: work.audit.of_report(report))
    return [(entry.action, entry.old, entry.new) for entry in entries]


async def number(storage: Storage, who: int) -> int:
    return await storage.write(lambda work: arrive(work, who).id)


async def test_a_report_waits_from_when_it_was_sent(storage: Storage) -> None:
    await sent(storage)
    found = await review(storage)
    assert (found.status, found.revision, found.title, found.since) == ("submitted", 1, "Sprogcafé", NOW)
    assert (found.author, found.claim, found.asked) == (await number(storage, ANA), None, None)
    assert await storage.write(lambda work: work.reviews.of("r2")) is None


async def test_what_was_imported_waits_behind_what_people_have_sent(storage: Storage) -> None:
    for report, hours in (("r1", 1), ("r2", 2), ("r3", 3), ("r4", 4)):
        await draft(storage, report, title=f"Title {report}")
        await keep(storage, ReportSubmitted(report), now=later(hours=hours))
    imported = update(reports).where(reports.c.id.in_(("r1", "r3"))).values(person_id=None)
    await storage.write(lambda work: work._connection.execute(imported))
    waiting = await storage.read(lambda work: work.reviews.waiting())
    assert [(each.id, each.imported) for each in waiting] == [
        ("r2", False),
        ("r4", False),
        ("r1", True),
        ("r3", True),
    ]


async def test_what_waits_longest_comes_first_and_drafts_do_not_wait(storage: Storage) -> None:
    for report, hours in (("r1", 2), ("r2", 1), ("r3", 3)):
        await draft(storage, report, title=f"Title {report}")
        await keep(storage, ReportSubmitted(report), now=later(hours=hours))
    await draft(storage, "r4", title="Not yet")
    await keep(storage, ReportPublished("r3", 1), who=BO)
    waiting = await storage.read(lambda work: work.reviews.waiting())
    assert [(each.id, each.title, each.since) for each in waiting] == [
        ("r2", "Title r2", later(hours=1)),
        ("r1", "Title r1", later(hours=2)),
    ]


async def test_a_claim_is_kept_and_taken_over(storage: Storage) -> None:
    await sent(storage)
    await keep(storage, ReportClaimed("r1"), who=BO, now=later(minutes=1))
    assert (await review(storage)).claim == Claim(await number(storage, BO), later(minutes=1))
    assert (await review(storage)).held_by(later(minutes=30)) == await number(storage, BO)
    assert (await review(storage)).held_by(later(minutes=31)) is None
    await keep(storage, ReportClaimed("r1"), who=CY, now=later(minutes=40))
    assert (await review(storage)).held_by(later(minutes=41)) == await number(storage, CY)


async def test_a_claim_given_back_is_nobodys(storage: Storage) -> None:
    await sent(storage)
    await keep(storage, ReportClaimed("r1"), who=BO, now=later(minutes=1))
    await keep(storage, ReportReleased("r1"), who=BO, now=later(minutes=2))
    assert (await review(storage)).held_by(later(minutes=3)) is None
    assert (await actions(storage))[-1][0] == "released"


async def test_published_it_says_when_and_by_whom(storage: Storage) -> None:
    await sent(storage)
    await keep(storage, ReportPublished("r1", 1), who=BO, now=later(hours=1))
    found = await review(storage)
    assert (found.status, found.decided_by, found.claim) == ("published", await number(storage, BO), None)
    record = await storage.read(lambda work: work.exporting(dict).of("r1", with_contacts=False))
    assert record is not None
    assert record.published_at == later(hours=1)
    assert (await actions(storage))[-1] == ("published", "submitted", "published")


async def test_of_two_who_publish_at_once_one_does(storage: Storage) -> None:
    await sent(storage)
    await number(storage, BO)
    await number(storage, CY)
    both = [keep(storage, ReportPublished("r1", 1), who=who) for who in (BO, CY)]
    ended = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(each).__name__ for each in ended) == ["NoneType", "Overtaken"]
    assert [action for action, _old, _new in await actions(storage)] == ["submitted", "published"]


@pytest.mark.parametrize(
    "decided",
    [
        ReportPublished("r1", 1),
        ReportReturned("r1", 1, {"said": "Mere"}),
        ReportDeclined("r1", 1, {"chosen": "test"}),
        QuestionAsked("r1", "title", "Hvor?", 1),
    ],
)
async def test_what_was_corrected_or_taken_back_meanwhile_is_not_decided_on(storage: Storage, decided: Outcome) -> None:
    await sent(storage)
    await keep(storage, Answered("r1", "title", "Sprogcafé 2"))
    with pytest.raises(Overtaken):
        await keep(storage, decided, who=BO)
    await sent(storage, "r2")
    await keep(storage, ReportWithdrawn("r2"))
    with pytest.raises(Overtaken):
        await keep(storage, ReportPublished("r2", 1), who=BO)


async def test_a_returned_report_comes_back_when_it_is_sent_again(storage: Storage) -> None:
    await sent(storage)
    await keep(storage, ReportReturned("r1", 1, {"said": "Mere"}), who=BO, now=later(hours=1))
    found = await review(storage)
    assert (found.status, found.reason) == ("changes_requested", {"said": "Mere"})
    await keep(storage, ReportSentAgain("r1"), who=BO)  # not theirs to send
    assert (await own(storage)).status == "changes_requested"
    await keep(storage, ReportSentAgain("r1"), now=later(hours=2))
    await keep(storage, ReportSentAgain("r1"), now=later(hours=3))
    found = await review(storage)
    assert (found.status, found.since, found.reason, found.claim) == ("submitted", later(hours=2), None, None)
    assert (await actions(storage))[1:] == [
        ("returned", "submitted", {"status": "changes_requested", "reason": {"said": "Mere"}}),
        ("submitted", "changes_requested", "submitted"),
    ]


async def test_a_question_and_its_answer_with_both_versions(storage: Storage) -> None:
    await sent(storage)
    await keep(storage, QuestionAsked("r1", "title", "Hvor?", 1), who=BO)
    found = await review(storage)
    assert found.status == "changes_requested"
    assert found.asked == AskedQuestion("title", "Hvor?", await number(storage, BO))
    await keep(storage, Answered("r1", "title", "Sprogcafé i parken"), ReportSentAgain("r1"), now=later(hours=1))
    found = await review(storage)
    assert (found.status, found.title, found.revision) == ("submitted", "Sprogcafé i parken", 2)
    assert ("corrected", "Sprogcafé", "Sprogcafé i parken") in await actions(storage)


async def test_names_and_addresses_are_apart_and_reading_them_is_noted(storage: Storage) -> None:
    await draft(storage, title="Sprogcafé")
    await keep(storage, Answered("r1", "contact", "bib@odense.dk", personal=True), ReportSubmitted("r1"))
    assert (await review(storage)).answers == {"title": "Sprogcafé"}
    assert await storage.read(lambda work: work.reviews.contacts("r1")) == {"contact": "bib@odense.dk"}
    await keep(storage, ContactsRead("r1"), who=BO)
    assert (await actions(storage))[-1] == ("contacts read", None, None)


async def test_reporters_are_found_by_what_they_sent_and_each_once(storage: Storage) -> None:
    found = find_libraries("odense").exact
    assert found is not None
    odense = {"key": found.key, "name": found.name}
    await sent(storage, "r1", ANA, title="A", library=odense, themes=["language_cafe"])
    await sent(storage, "r2", ANA, title="B", themes=["reading_group"], campaign="ukraine")
    await sent(storage, "r3", BO, title="C", themes=["reading_group"])
    await keep(storage, DraftStarted("r4"), who=CY)
    await keep(storage, ReportPublished("r3", 1), who=CY)

    async def reached(audience: Audience) -> list[int]:
        return [each.id for each in await storage.read(lambda work: work.broadcasts.reporters(audience))]

    ana, bo = await number(storage, ANA), await number(storage, BO)
    assert await reached(Audience()) == [ana, bo]
    assert await reached(Audience(call="ukraine")) == [ana]
    assert await reached(Audience(country="DK")) == [ana]
    assert await reached(Audience(country="SI")) == []
    assert await reached(Audience(theme="reading_group")) == [ana, bo]
    assert await reached(Audience(status="published", theme="reading_group")) == [bo]
    await storage.write(lambda work: work.people.stopped(BO))
    assert await reached(Audience()) == [ana]


async def test_a_group_is_used_moves_and_is_forgotten(storage: Storage) -> None:
    ana = await number(storage, ANA)

    def added(work: UnitOfWork) -> None:
        work.groups.add(-5, "da", ana, NOW)
        work.groups.add(-5, "en", ana, NOW)

    await storage.write(added)
    assert await storage.read(lambda work: work.groups.used()) == []
    assert await storage.write(lambda work: work.groups.use(-5, 7, NOW))
    assert not await storage.write(lambda work: work.groups.use(-5, 8, NOW))
    for _ in range(2):
        await storage.write(lambda work: work.groups.moved(-5, -1005))
    group = await storage.read(lambda work: work.groups.of(-1005))
    assert group is not None
    assert (group.language, group.used, group.topic) == ("da", True, 8)
    assert await storage.write(lambda work: work.groups.forget(-1005))
    assert not await storage.write(lambda work: work.groups.forget(-1005))
    assert await storage.read(lambda work: work.groups.used()) == []


async def test_how_a_report_was_when_it_was_sent_back(storage: Storage) -> None:
    await sent(storage)
    assert (await review(storage)).sent_back is None
    await keep(storage, ReportReturned("r1", 1, {"said": "Mere"}), who=BO, now=later(hours=1))
    given = Answered("r1", "title", "Café"), Answered("r1", "contact", "bib@odense.dk", personal=True)
    await keep(storage, *given, ReportSentAgain("r1"), now=later(hours=2))
    found = await review(storage)
    assert (found.title, found.sent_back, found.decided_at) == ("Café", later(hours=1), later(hours=1))
    earlier = await storage.read(lambda work: work.reviews.earlier("r1", later(hours=1)))
    assert earlier == Earlier({"title": "Sprogcafé"}, ["contact"])
    await keep(storage, QuestionAsked("r1", "title", "Hvor?", 2), who=BO, now=later(hours=3))
    assert (await review(storage)).sent_back == later(hours=3)
    await keep(storage, RequestTakenBack("r1", 2), who=BO, now=later(hours=4))
    assert (await review(storage)).sent_back is None


async def test_what_was_asked_is_taken_back_and_it_waits_as_before(storage: Storage) -> None:
    await sent(storage)
    await keep(storage, QuestionAsked("r1", "title", "Hvor?", 1), who=BO, now=later(hours=1))
    await keep(storage, RequestTakenBack("r1", 1), who=CY, now=later(hours=2))
    found = await review(storage)
    assert (found.status, found.asked, found.since) == ("submitted", None, NOW)
    await keep(storage, ReportReturned("r1", 1, {"said": "Mere"}), who=BO)
    await keep(storage, RequestTakenBack("r1", 1), who=BO)
    assert ((await review(storage)).status, (await review(storage)).reason) == ("submitted", None)
    assert ("taken back", "changes_requested", "submitted") in await actions(storage)
    with pytest.raises(Overtaken):
        await keep(storage, RequestTakenBack("r1", 1), who=BO)


@pytest.mark.parametrize("decided", [ReportPublished("r1", 1), ReportDeclined("r1", 1, {"chosen": "test"})])
async def test_it_is_decided_on_while_a_question_is_open(storage: Storage, decided: Outcome) -> None:
    await sent(storage)
    await keep(storage, QuestionAsked("r1", "title", "Hvor?", 1), who=BO)
    with pytest.raises(Overtaken):
        await keep(storage, QuestionAsked("r1", "title", "Hvor så?", 1), who=CY)
    await keep(storage, decided, who=CY)
    assert (await review(storage)).decided_by == await number(storage, CY)
    assert (await actions(storage))[-1][1] == "changes_requested"


async def test_a_report_that_nobody_can_be_asked_about_is_corrected_by_a_coordinator(storage: Storage) -> None:
    await sent(storage)
    with pytest.raises(Overtaken):  # it has an author
        await keep(storage, ReportCorrected("r1", "title", "Café", "Café", 1), who=BO)
    await storage.write(lambda work: work.people.stopped(ANA))
    assert (await review(storage)).author_away
    await keep(storage, PersonForgotten(with_reports=False))
    found = await review(storage)
    assert (found.author, found.author_away) == (None, False)
    await keep(storage, QuestionAsked("r1", "title", "Hvor?", 1), who=BO)
    await keep(storage, ReportCorrected("r1", "title", "Café", "Café", 1), who=BO, now=later(hours=1))
    found = await review(storage)
    assert (found.status, found.title, found.revision) == ("submitted", "Café", 2)
    assert (await actions(storage))[-1] == ("corrected", "Sprogcafé", "Café")
    with pytest.raises(Overtaken):  # it is another revision now
        await keep(storage, ReportCorrected("r1", "title", "Kaffe", "Kaffe", 1), who=CY)
    await keep(storage, ReportPublished("r1", 2), who=BO)
    await keep(storage, ReportCorrected("r1", "title", "Kaffe", "Kaffe", 2), who=CY)
    shown = await storage.read(lambda work: work.initiatives.stored(["r1"]))
    assert [each.title for each in shown.values()] == ["Kaffe"]
    assert ((await review(storage)).status, (await review(storage)).title) == ("published", "Kaffe")
