"""Published initiatives on both databases: never older than their report, and seen by whom their author chose."""

from sqlalchemy import delete

from conversations.context.session import Session, Turn
from conversations.language.events import File
from conversations.model.initiatives import Appearance
from conversations.model.outcomes import (
    Answered,
    FileReceived,
    Outcome,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage.models import initiatives
from storage.registers import libraries
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, arrive, draft, keep, later, look

ODENSE = next(each for each in libraries("DK") if each.municipality.name == "Odense")


async def turn(storage: Storage, *outcomes: Outcome, who: int = ANA) -> list[Appearance]:
    """One turn of that person, and what it changed for readers."""
    kept = Turn(Session(1, None), (), outcomes, language="da")
    return await storage.write(lambda work: work.keep(arrive(work, who), kept, later(hours=1)))


async def published(storage: Storage, report: str = "r1", **answers: object) -> list[Appearance]:
    """Ana's report is published."""
    told = {"title": "Sprogcafé", "status": "running", "sharing": "public", **answers}
    await draft(storage, report, ANA, NOW, **told)
    await keep(storage, ReportSubmitted(report))
    return await turn(storage, ReportPublished(report, 1), who=BO)


async def test_publishing_shows_it_and_nothing_before_does(storage: Storage) -> None:
    await draft(storage, "r1", ANA, NOW, title="Sprogcafé", sharing="public")
    assert await turn(storage, Answered("r1", "status", "running")) == []
    assert await turn(storage, ReportSubmitted("r1")) == []
    (shown,) = await turn(storage, ReportPublished("r1", 1), who=BO)
    assert shown.before is None
    assert shown.after is not None
    assert (shown.after.title, shown.after.progress, shown.after.published_at) == (
        "Sprogcafé",
        "running",
        later(hours=1),
    )


async def test_it_is_where_its_library_is(storage: Storage) -> None:
    (shown,) = await published(storage, library={"key": ODENSE.key, "name": "told otherwise"})
    assert shown.after is not None
    assert (shown.after.library, shown.after.municipality, shown.after.country) == (ODENSE.name, "DK-0461", "DK")


async def test_a_correction_changes_it_and_a_withdrawal_ends_it(storage: Storage) -> None:
    await published(storage)
    (corrected,) = await turn(storage, Answered("r1", "title", "Sprogcafé om onsdagen"))
    assert corrected.before is not None
    assert corrected.after is not None
    assert (corrected.before.title, corrected.after.title) == ("Sprogcafé", "Sprogcafé om onsdagen")
    (ended,) = await turn(storage, ReportWithdrawn("r1"))
    assert ended.before == corrected.after
    assert ended.after is None
    assert await storage.read(lambda work: work.initiatives.stored(["r1"])) == {}


async def test_contacts_are_not_in_it(storage: Storage) -> None:
    await published(storage)
    (again,) = await turn(storage, Answered("r1", "contact", {"name": "Desk"}, personal=True))
    assert again.after is not None
    assert "contact" not in again.after.answers


async def test_a_picture_is_in_it_only_with_consent(storage: Storage) -> None:
    (shown,) = await published(storage, photo=["a1"])
    assert shown.after is not None
    assert shown.after.photos == ()
    (agreed,) = await turn(storage, Answered("r1", "photo_consent", True))
    assert agreed.after is not None
    assert agreed.after.photos == ("a1",)


async def test_its_picture_is_the_one_that_was_sent(storage: Storage) -> None:
    await published(storage, photo=["a1", "a2"], photo_consent=True)
    await turn(storage, *(FileReceived("r1", "photo", this, File("photo", f"of-{this}")) for this in ("a1", "a2")))

    def picture(work: UnitOfWork) -> File | None:
        return look(work, BO).initiatives.picture(work.initiatives.stored(["r1"])["r1"])

    assert await storage.write(picture) == File("photo", "of-a1")
    await storage.write(lambda work: work.attachments.failed("a1", "not what it says"))
    assert await storage.write(picture) == File("photo", "of-a2")
    await turn(storage, Answered("r1", "photo_consent", False))
    assert await storage.write(picture) is None


async def test_a_picture_sent_as_a_document_is_the_one_that_is_kept_and_not_telegrams(storage: Storage) -> None:
    await published(storage, photo=["a1"], photo_consent=True)
    await turn(storage, FileReceived("r1", "photo", "a1", File("document", "with-the-place", "IMG.jpg", "image/jpeg")))

    def picture(work: UnitOfWork) -> File | None:
        return look(work, BO).initiatives.picture(work.initiatives.stored(["r1"])["r1"])

    assert await storage.write(picture) is None
    await storage.write(lambda work: work.attachments.fetched("a1", "ab" * 32, 9, "image/jpeg"))
    assert await storage.write(picture) == File("document", "ab" * 32, "IMG.jpg", "image/jpeg", 9)


async def test_who_sees_what_is_shared_with_whom(storage: Storage) -> None:
    await published(storage, "r1", sharing="network")
    await published(storage, "r2", sharing="coordinators")
    await published(storage, "r3", sharing="public")

    def sees(work: UnitOfWork, who: int) -> list[str]:
        return [this for this in ("r1", "r2", "r3") if look(work, who).initiatives.initiative(this)]

    assert await storage.write(lambda work: sees(work, ANA)) == ["r1", "r3"]  # she has published something
    assert await storage.write(lambda work: sees(work, BO)) == ["r3"]
    await storage.write(lambda work: work.members.become(arrive(work, BO).id, frozenset({"partner"})))
    assert await storage.write(lambda work: sees(work, BO)) == ["r1", "r3"]
    await storage.write(lambda work: work.members.become(arrive(work, BO).id, frozenset({"coordinator"})))
    assert await storage.write(lambda work: sees(work, BO)) == ["r1", "r2", "r3"]


async def test_what_is_missing_is_caught_up_with(storage: Storage) -> None:
    await published(storage)
    await storage.write(lambda work: work._connection.execute(delete(initiatives)))
    assert await storage.write(lambda work: work.initiatives.catch_up())
    assert list(await storage.read(lambda work: work.initiatives.stored(["r1"]))) == ["r1"]
