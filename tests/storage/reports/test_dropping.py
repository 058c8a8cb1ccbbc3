"""Files that cannot be kept: no answer counts them, and it is known whom to tell."""

from typing import Any

import pytest
from sqlalchemy import text

from conversations.forms.initiative import INITIATIVE
from conversations.language.events import File
from conversations.model.outcomes import Answered, FileReceived, ReportSubmitted, ReportWithdrawn
from storage.session.dropping import Dropped
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, draft, keep, later, look, own
from tests.storage.search.test_initiatives import published

PHOTO = File("photo", "AgAD", "", "image/jpeg", 2048)
PDF = File("document", "BQAD", "Evaluering.pdf", "application/pdf", 2048)


async def drops(storage: Storage, this: str = "a1", report: str = "r1") -> Dropped | None:
    """The file turns out to be of no use."""

    def drop(work: UnitOfWork) -> Dropped | None:
        file = next(each for each in work.attachments.of_report(report) if each.id == this)
        return work.dropping.drop(file, "not what it says", later(minutes=1))

    return await storage.write(drop)


async def record(storage: Storage, report: str = "r1") -> dict[str, Any]:
    """The report as it is exported."""
    found = await storage.read(lambda work: work.exporting(INITIATIVE.relevant_answers).of(report, with_contacts=False))
    assert found is not None
    return found.as_json()


async def test_a_picture_of_no_use_is_taken_out_of_its_answer_and_its_sender_is_known(storage: Storage) -> None:
    await draft(storage, title="Sprogcafé", status="running", photo=["a1", "a2"])
    await keep(storage, *(FileReceived("r1", "photo", this, PHOTO) for this in ("a1", "a2")))
    told = await drops(storage)
    assert told is not None
    assert (told.report, told.title, told.file.id, told.file.question) == ("r1", "Sprogcafé", "a1", "photo")
    assert (await own(storage)).answers["photo"] == ["a2"]
    assert [each.id for each in await storage.write(lambda work: look(work).reports.files("r1"))] == ["a2"]
    await drops(storage, "a2")
    assert (await own(storage)).answers["photo"] is None


async def test_a_file_is_known_to_the_export_until_it_is_of_no_use(storage: Storage) -> None:
    await draft(storage, title="Sprogcafé", status="running", outcome="", lessons="Alt gik godt.")
    await keep(storage, FileReceived("r1", "outcome", "a1", PDF), FileReceived("r1", "lessons", "a2", PDF))
    before = await record(storage)
    assert before["answers"] == {"title": "Sprogcafé", "status": "running", "lessons": "Alt gik godt."}
    assert [each["name"] for each in before["attachments"]] == ["Evaluering.pdf", "Evaluering.pdf"]
    await drops(storage, "a1")
    await drops(storage, "a2")
    after = await record(storage)
    assert after["attachments"] == []
    assert after["answers"] == before["answers"]
    answers = (await own(storage)).answers
    assert (answers["outcome"], answers["lessons"]) == (None, "Alt gik godt.")


async def test_of_two_files_that_are_the_answer_one_is_enough(storage: Storage) -> None:
    await draft(storage, status="running", outcome="")
    await keep(storage, FileReceived("r1", "outcome", "a1", PDF), FileReceived("r1", "outcome", "a2", PDF))
    await drops(storage, "a1")
    assert (await own(storage)).answers["outcome"] == ""


async def test_an_answer_that_is_taken_back_takes_its_files_along(storage: Storage) -> None:
    await draft(storage, status="running", outcome="")
    await keep(storage, FileReceived("r1", "outcome", "a1", PDF))
    await storage.write(lambda work: work.attachments.fetched("a1", "0f" * 32, 1999, "application/pdf"))
    await keep(storage, Answered("r1", "outcome", None))
    await keep(storage, Answered("r1", "outcome", "Flere tør tale dansk."))
    assert (await record(storage))["attachments"] == []
    assert await storage.write(lambda work: look(work).reports.files("r1")) == []
    assert await storage.read(lambda work: work.erasure_followup.files(["0f" * 32])) == set()


async def test_what_was_published_shows_it_no_more_and_coordinators_see_a_new_revision(storage: Storage) -> None:
    await published(storage, photo=["a1", "a2"], photo_consent=True)
    await keep(storage, *(FileReceived("r1", "photo", this, PHOTO) for this in ("a1", "a2")))
    await drops(storage)

    def seen(work: UnitOfWork) -> tuple[tuple[str, ...], int | None]:
        review = work.reviews.of("r1")
        return work.initiatives.stored(["r1"])["r1"].photos, review.revision if review else None

    assert await storage.write(seen) == (("a2",), 2)


def orphaned(work: UnitOfWork) -> None:
    """The report stays, its author has been forgotten."""
    work._connection.execute(text("UPDATE reports SET person_id = NULL"))


@pytest.mark.parametrize("gone", ["withdrawn", "forgotten"])
async def test_nobody_is_told_of_a_report_that_is_over(storage: Storage, gone: str) -> None:
    await draft(storage, title="Sprogcafé", status="running", photo=["a1"])
    await keep(storage, FileReceived("r1", "photo", "a1", PHOTO), ReportSubmitted("r1"))
    if gone == "withdrawn":
        await keep(storage, ReportWithdrawn("r1"))
    else:
        await storage.write(orphaned)
    assert await drops(storage) is None


async def test_files_are_told_to_whoever_sees_the_report(storage: Storage) -> None:
    await draft(storage, status="running", outcome="")
    await keep(storage, FileReceived("r1", "outcome", "a1", PDF), FileReceived("r1", "photo", "a2", PHOTO))
    await storage.write(lambda work: work.attachments.fetched("a1", "0f" * 32, 1999, "application/pdf"))
    for who in (ANA, BO):
        files = await storage.write(lambda work, who=who: look(work, who).reports.files("r1"))  # type: ignore[misc]
        assert [(each.id, each.question, each.file.kind, each.sha256) for each in files] == [
            ("a1", "outcome", "document", "0f" * 32),
            ("a2", "photo", "photo", ""),
        ]
