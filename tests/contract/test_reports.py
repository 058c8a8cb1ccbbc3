"""A person's own reports are looked up alike in memory and in databases."""

from conversations.language.events import File
from conversations.model.attached import ReportFile
from conversations.model.outcomes import (
    Answered,
    ContactsErased,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    Outcome,
    ReportClaimed,
    ReportPublished,
    ReportReturned,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.model.reports import Report, SavedAnswer
from tests.contract.kept import BO, CY, NOW, Kept, draft, later


async def test_a_report_on_its_way(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.reports.one("r1")) is None
    await draft(kept, "r1", title="Sprogcafé", themes=["reading"])
    answers = {"title": "Sprogcafé", "themes": ["reading"]}
    assert await kept.ask(lambda find: find.reports.one("r1")) == Report("r1", "draft", answers, {}, NOW)
    assert await kept.ask(lambda find: find.reports.one("r1"), who=BO) is None
    place = {"question": "themes", "gathered": {"chosen": ["reading"]}}
    await kept.keep(DraftLeft("r1", place), now=later(hours=1))
    assert await kept.ask(lambda find: find.reports.one("r1")) == Report("r1", "draft", answers, place, NOW)
    changes: tuple[tuple[Outcome, str], ...] = (
        (Answered("r1", "title", None), "draft"),
        (ReportSubmitted("r1"), "submitted"),
        (Answered("r1", "title", "Café"), "submitted"),
    )
    for hour, (change, status) in enumerate(changes, 2):
        await kept.keep(change, now=later(hours=hour))
        found = await kept.ask(lambda find: find.reports.one("r1"))
        assert found is not None
        assert (found.status, found.changed_at) == (status, later(hours=hour))
    answers = {"title": "Café", "themes": ["reading"]}
    assert await kept.ask(lambda find: find.reports.one("r1")) == Report(
        "r1", "submitted", answers, place, later(hours=4)
    )


async def test_a_report_has_the_status_that_coordinators_gave_it(kept: Kept) -> None:
    await draft(kept, "r1", title="Sprogcafé")
    await kept.keep(ReportSubmitted("r1"), now=later(hours=1))
    await kept.keep(ReportClaimed("r1"), who=CY, now=later(hours=2))
    await kept.keep(ReportReturned("r1", 1, {"said": "Who came?"}), who=CY, now=later(hours=3))
    returned = Report("r1", "changes_requested", {"title": "Sprogcafé"}, {}, later(hours=1))
    assert await kept.ask(lambda find: find.reports.one("r1")) == returned
    await kept.keep(ReportSentAgain("r1"), now=later(hours=4))
    again = Report("r1", "submitted", {"title": "Sprogcafé"}, {}, later(hours=4))
    assert await kept.ask(lambda find: find.reports.one("r1")) == again
    await kept.keep(ReportPublished("r1", 1), who=CY, now=later(hours=5))
    published = Report("r1", "published", {"title": "Sprogcafé"}, {}, later(hours=4))
    assert await kept.ask(lambda find: find.reports.one("r1")) == published
    await kept.keep(ReportWithdrawn("r1"), now=later(hours=6))
    withdrawn = Report("r1", "withdrawn", {"title": "Sprogcafé"}, {}, later(hours=6))
    assert await kept.ask(lambda find: find.reports.one("r1")) == withdrawn


async def test_own_reports_the_last_changed_first(kept: Kept) -> None:
    for hour, report in enumerate(("r1", "r2", "r3")):
        await draft(kept, report, now=later(hours=hour))
    await draft(kept, "r4", who=BO)
    await kept.keep(Answered("r1", "title", "Sprogcafé"), now=later(hours=3))
    await kept.keep(DraftLeft("r2", {"question": "title"}), now=later(hours=4))
    await kept.keep(DraftDiscarded("r3"), now=later(hours=5))
    assert await kept.ask(lambda find: [each.id for each in find.reports.own()]) == ["r1", "r2"]
    assert await kept.ask(lambda find: [each.id for each in find.reports.own()], who=BO) == ["r4"]
    assert await kept.ask(lambda find: find.reports.one("r3")) is None


async def test_the_answer_that_came_from_a_message(kept: Kept) -> None:
    parts = ((7, "It began"), (8, "small."))
    await kept.keep(
        DraftStarted("r1"),
        Answered("r1", "title", "Sprogcafé", "Sprogcafé", 5),
        Answered("r1", "summary", "It began small.", "It began small.", 7, parts=parts),
        Answered("r1", "contact", {"name": "Ana"}, "Ana", 9, personal=True),
    )
    assert await kept.ask(lambda find: find.reports.answer_from(5)) == SavedAnswer("r1", "title")
    assert await kept.ask(lambda find: find.reports.answer_from(8)) == SavedAnswer("r1", "summary", parts)
    assert await kept.ask(lambda find: find.reports.answer_from(9)) == SavedAnswer("r1", "contact")
    assert await kept.ask(lambda find: find.reports.answer_from(6)) is None
    assert await kept.ask(lambda find: find.reports.answer_from(5), who=BO) is None
    await kept.keep(Answered("r1", "title", "Café", "Café", 10), ContactsErased("r1", ("contact",)))
    assert await kept.ask(lambda find: find.reports.answer_from(5)) is None
    assert await kept.ask(lambda find: find.reports.answer_from(9)) is None
    assert await kept.ask(lambda find: find.reports.answer_from(10)) == SavedAnswer("r1", "title")
    await kept.keep(DraftDiscarded("r1"))
    assert await kept.ask(lambda find: find.reports.answer_from(10)) is None


async def test_the_files_of_a_report(kept: Kept) -> None:
    photo, paper = File("photo", "ref1", size=1000), File("document", "ref2", "plan.pdf", "application/pdf", 20)
    await draft(kept, "r1")
    await kept.keep(FileReceived("r1", "photo", "a1", photo), Answered("r1", "photo", ["a1"]), now=later(hours=1))
    await kept.keep(FileReceived("r1", "files", "a2", paper), Answered("r1", "files", ["a2"]), now=later(hours=2))
    both = [ReportFile("a1", "photo", photo), ReportFile("a2", "files", paper)]
    assert await kept.ask(lambda find: list(find.reports.files("r1"))) == both
    assert await kept.ask(lambda find: list(find.reports.files("r2"))) == []
    await kept.keep(Answered("r1", "photo", None), now=later(hours=3))
    assert await kept.ask(lambda find: list(find.reports.files("r1"))) == both[1:]
