"""No byte of what is written for the public is a contact, a person, or from a report that is not public.

Every file under the folder is read, whatever its name, also what is hidden.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from conversations.language.events import File
from conversations.model.events.event import LibraryEvent, When
from conversations.model.experts import Expert
from conversations.model.outcomes import (
    Answered,
    CallChanged,
    CallStarted,
    CollectionChanged,
    CollectionFollowed,
    CollectionStarted,
    EventChanged,
    EventPublished,
    EventStarted,
    EventToldOf,
    ExpertDescribed,
    FileReceived,
    LineageTold,
    ReportDeclined,
    ReportPublished,
    ReportReturned,
    ReportSubmitted,
    ReportWithdrawn,
    SignedUp,
)
from storage.session.storage import Storage
from tests.bot.site.publishing import published
from tests.storage.chat import BO, NOW, draft, keep, later

AUTHOR, ORGANISER, GUEST = 7_214_853_961, 7_214_853_962, 7_214_853_963
"""Telegram ids that are nowhere by chance."""

SECRETS = (
    # people
    str(AUTHOR), str(ORGANISER), str(GUEST), "zqxauthor", "zqxcontact", "4712345678", "47 12 34 56", "zqxmail",
    "zqxresource", "zqxexpert", "zqxguest", "zqxsaid", "zqxfile", "zqxphoto", "150285", "zqxprivate",
    # reports that are not public
    "zqxnetwork", "zqxcoordinators", "zqxundecided", "zqxsubmitted", "zqxreturned", "zqxdeclined", "zqxdraft",
    "zqxwithdrawn", "zqxreason", "zqxlater", "zqxcorrected", "r7network", "r7coord", "r7undecided", "r7submitted",
    "r7returned", "r7declined", "r7draft", "r7hidden",
    # what is not published
    "zqxunopened", "zqxcollecting", "zqxunposted", "zqxunseen", "zqxthanks",
)  # fmt: skip
"""What is written in places that nobody outside may read; letters that stay the same when words are folded."""

TOLD = {
    "library": {"key": "dk-0461", "name": "Odense Biblioteker og Borgerservice"},
    "status": "running",
    "summary": "Hver tirsdag mødes nytilkomne og naboer over en kop kaffe og taler dansk.",
    "themes": ["language_cafe"],
    "target_groups": ["refugees"],
    "period_start": "2026-03",
    "partners": {"types": ["none"], "names": []},
}


async def report(storage: Storage, this: str, title: str, sharing: str | None, *, sent: bool = True) -> None:
    told = {**TOLD, "title": title, **({"sharing": sharing} if sharing else {})}
    await draft(storage, this, AUTHOR, NOW, **told)
    if sent:
        await keep(storage, ReportSubmitted(this), who=AUTHOR)


async def accept(storage: Storage, this: str) -> None:
    await keep(storage, ReportPublished(this, 1), who=BO, now=later(hours=1))


async def public_report_with_secrets(storage: Storage) -> None:
    await report(storage, "r7public", "Sprogcafé i parken", "public", sent=False)
    contact = {"name": "Zqxcontact Jensen", "email": "zqxmail@example.org", "phone": "+4712345678"}
    resource = {"name": "Zqxresource Holm", "email": "zqxmail@example.org", "phone": "47 12 34 56"}
    few = {"least": 3, "most": 3, "approximate": False, "counted": "in_all"}
    await keep(
        storage,
        Answered("r7public", "contribute", ["resource_person"]),
        Answered("r7public", "contact", contact, said="zqxsaid", personal=True),
        Answered("r7public", "resource_person", resource, said="zqxsaid", personal=True),
        Answered("r7public", "resource_person_knows", True, personal=True),
        Answered("r7public", "lessons", "Ring til zqxprivate.person@example.org, +45 47 12 34 56 eller 150285-1234."),
        Answered("r7public", "participants", few, said="zqxsaid"),
        Answered("r7public", "outcome", "De taler mere dansk.", said="zqxsaid og mere"),
        FileReceived("r7public", "outcome", "zqxfile1", File("document", "zqxfile2", "zqxfile3.pdf", "", 4)),
        FileReceived("r7public", "photo", "zqxphoto1", File("photo", "zqxphoto2", "zqxphoto3.jpg", "", 4)),
        Answered("r7public", "photo", ["zqxphoto1"]),
        Answered("r7public", "photo_consent", True),
        who=AUTHOR,
    )
    await keep(storage, ReportSubmitted("r7public"), who=AUTHOR)
    await accept(storage, "r7public")


async def others(storage: Storage) -> None:
    """Reports that are not public, and one that was."""
    for this, sharing in (("r7network", "network"), ("r7coord", "coordinators"), ("r7undecided", None)):
        await report(storage, this, f"zqx{this[2:].replace('coord', 'coordinators')}", sharing)
        await accept(storage, this)
    await keep(storage, LineageTold("r7public", "r7network", "inspired"), who=AUTHOR)
    await keep(storage, LineageTold("r7network", "r7public", "inspired"), who=AUTHOR)
    await report(storage, "r7submitted", "zqxsubmitted", "public")
    await report(storage, "r7returned", "zqxreturned", "public")
    await keep(storage, ReportReturned("r7returned", 1, {"said": "zqxreason"}), who=BO)
    await report(storage, "r7declined", "zqxdeclined", "public")
    await keep(storage, ReportDeclined("r7declined", 1, {"said": "zqxreason"}), who=BO)
    await report(storage, "r7draft", "zqxdraft", "public", sent=False)
    await report(storage, "r7withdrawn", "zqxwithdrawn", "public")
    await accept(storage, "r7withdrawn")
    await keep(storage, ReportWithdrawn("r7withdrawn"), who=AUTHOR)
    await report(storage, "r7hidden", "zqxlater", "network")
    await accept(storage, "r7hidden")
    await keep(storage, ReportWithdrawn("r7hidden"), who=AUTHOR)


async def around(storage: Storage) -> None:
    """Calls, collections, events and people."""
    await keep(
        storage,
        CallStarted("open", "da", "Biblioteket for alle", "UTC"),
        CallChanged("open", "status", "open"),
        CallChanged("open", "thanks", {"da": "zqxthanks"}),
        CallStarted("later", "da", "zqxunopened", "UTC"),
        CollectionStarted("good", "da", "Gode eksempler"),
        CollectionChanged("good", "reports", ["r7network", "r7public", "r7withdrawn"]),
        CollectionChanged("good", "status", "published"),
        CollectionStarted("wip", "da", "zqxcollecting"),
        CollectionChanged("wip", "reports", ["r7public"]),
        who=ORGANISER,
    )
    await keep(storage, CollectionFollowed("good", follows=True), who=GUEST)
    when = When(date(2026, 11, 23), date(2026, 11, 23))
    for this, title in (("e7posted", "Temadag om sprog"), ("e7unposted", "zqxunposted")):
        event = LibraryEvent(this, 1, "theme_day", "da", titles={"da": title}, when=when, place="Odense", host="ZBS")
        await keep(storage, EventStarted(event), who=ORGANISER)
    await keep(storage, EventPublished("e7posted"), who=ORGANISER)
    await keep(storage, SignedUp("e7posted", "coming"), who=GUEST)
    await keep(storage, EventToldOf("e7posted", "Mange kom."), who=ORGANISER, now=later(days=2))
    await keep(storage, EventChanged("e7posted", "titles", {"da": "zqxunseen"}), who=ORGANISER)
    expert = Expert("x7", 1, "Zqxexpert Nielsen", ("advice",), ("language_cafe",), library_name="Kamnik", country="SI")
    await keep(storage, ExpertDescribed(expert), who=GUEST)


def bytes_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        yield str(file.relative_to(folder)), str(file.relative_to(folder)).encode()
        if file.is_file():
            yield str(file.relative_to(folder)), file.read_bytes()


def told_by(folder: Path) -> list[tuple[str, str]]:
    """Which of the secrets is in which file."""
    return [(path, secret) for path, told in bytes_of(folder) for secret in SECRETS if secret.encode() in told.lower()]


async def test_no_byte_is_a_contact_or_of_a_report_that_is_not_public(storage: Storage, tmp_path: Path) -> None:
    await public_report_with_secrets(storage)
    await others(storage)
    await around(storage)
    folder = tmp_path / "site"
    done = published(storage, folder, now=NOW + timedelta(days=14))
    assert done.initiatives == 1
    assert told_by(folder) == []
    page = (folder / "da/i/r7public.html").read_text()
    assert "De taler mere dansk." in page
    assert "Ring til […], […] eller […]." in page
    assert "færre end fem" in page
    assert "Temadag om sprog" in (folder / "da/events.html").read_text()
    assert "Gode eksempler" in (folder / "da/collections.html").read_text()
    assert "Biblioteket for alle" in (folder / "da/calls.html").read_text()
    assert "trukket" in (folder / "da/i/r7withdrawn.html").read_text()
    assert not (folder / "da/i/r7hidden.html").exists()


async def test_what_is_no_longer_public_leaves_no_byte_behind(storage: Storage, tmp_path: Path) -> None:
    await report(storage, "r7public", "Sprogcafé zqxlater", "public")
    await accept(storage, "r7public")
    folder = tmp_path / "site"
    assert published(storage, folder, now=NOW + timedelta(days=14)).initiatives == 1
    assert told_by(folder) != []
    await keep(storage, Answered("r7public", "sharing", "network"), who=AUTHOR, now=later(hours=2))
    done = published(storage, folder, now=NOW + timedelta(days=14))
    assert (done.initiatives, told_by(folder)) == (0, [])
    assert not (folder / "da/i/r7public.html").exists()


async def test_a_withdrawn_one_leaves_only_its_reference(storage: Storage, tmp_path: Path) -> None:
    await report(storage, "r7public", "Sprogcafé zqxwithdrawn", "public")
    await accept(storage, "r7public")
    folder = tmp_path / "site"
    published(storage, folder, now=NOW + timedelta(days=14))
    await keep(storage, ReportWithdrawn("r7public"), who=AUTHOR, now=later(hours=2))
    published(storage, folder, now=NOW + timedelta(days=14))
    assert told_by(folder) == []
    left = {path for path, told in bytes_of(folder) if b"r7public" in told and ".meldind" not in path}
    assert left == {f"{language}/i/r7public.html" for language in ("da", "en", "sl")}
