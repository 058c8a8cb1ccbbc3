"""Files that people sent are fetched behind the conversation's back, and only what they say they are."""

import hashlib
import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from bot.botapi.cloud.faults import Kind
from bot.files.stored import file_path
from bot.jobs.attachments import MOST_REFUSALS, _pause, keep_file, kind_of
from conversations.forms.initiative import INITIATIVE
from storage.reports.exporting import Wanted
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reporting import reports
from tests.bot.reviewing import coordinator, sees, taps
from tests.bot.scripts import steps
from tests.bot.stage import Stage, Talk, until

JPEG = b"\xff\xd8\xff" + b"a picture"


WRITTEN = {"side up": 0x0112, "camera": 0x010F, "place": 0x8825}
"""What a camera writes into a picture, by the number of its tag."""


def photographed(form: str) -> bytes:
    """A picture as a telephone makes it, which knows that it was held upright at the main square of Odense."""
    exif = Image.Exif()
    exif[WRITTEN["side up"]] = 6
    exif[WRITTEN["camera"]] = "A telephone"
    exif.get_ifd(WRITTEN["place"]).update({1: "N", 2: (55.0, 23.0, 45.0), 3: "E", 4: (10.0, 23.0, 20.0)})
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(picture, form, exif=exif)
    return picture.getvalue()


def written_into(picture: bytes) -> set[str]:
    """What is written into a picture, in words; fails for one that cannot be read."""
    with Image.open(io.BytesIO(picture)) as found:
        found.load()
        named = {number: name for name, number in WRITTEN.items()}
        return {named.get(number, str(number)) for number in found.getexif()}


def files(work: UnitOfWork) -> list[tuple[str, str | None]]:
    """State and digest of all files, in order."""
    rows = work.attachments._connection.execute(text("SELECT state, sha256 FROM attachments ORDER BY created_at, id"))
    return [(state, sha256) for state, sha256 in rows]


async def fetched(stage: Stage) -> list[tuple[str, str | None]]:
    """All files, once none waits any more."""

    async def none_waits() -> bool:
        found = await stage.finds(files)
        return bool(found) and all(state != "waiting" for state, _ in found)

    await until(none_waits)
    return await stage.finds(files)


async def asked_for_a_picture(stage: Stage) -> Talk:
    """A librarian whose report is in, and who is asked for a picture."""
    chat = stage.talk()
    await reports(chat)
    await steps(chat, "[Add more]\n[Add more]\n[Photos and links (0 of 3)]\n[Skip]")
    chat.bot("Would you like to add a photo?")
    return chat


async def asked_what_changed(stage: Stage) -> Talk:
    """A librarian whose report is in, and who is asked what has changed; she may send a PDF or a voice message."""
    chat = stage.talk()
    await reports(chat)
    await steps(chat, "[Add more]\n[Add more]\n[Results (0 of 5)]")
    chat.bot("What has changed for the people who take part?")
    return chat


async def sends_as_document(chat: Talk, content: bytes, form: str) -> None:
    await chat.phone.sends_document(content, f"IMG.{form.lower()}", mime=f"image/{form.lower()}")
    await chat.phone.waits()
    chat.bot("1 photo saved.")


async def sends_a_picture(chat: Talk, content: bytes) -> None:
    await chat.phone.sends_photo(content)
    await chat.phone.waits()


async def test_a_picture_is_kept_under_its_digest(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await sends_a_picture(chat, JPEG)
    digest = hashlib.sha256(JPEG).hexdigest()
    assert await fetched(bot_app) == [("fetched", digest)]
    assert file_path(bot_app.settings.data_dir / "attachments", digest).read_bytes() == JPEG


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
async def test_a_picture_sent_as_a_document_is_kept_without_where_it_was_taken(bot_app: Stage, form: str) -> None:
    taken = photographed(form)
    chat = await asked_for_a_picture(bot_app)
    await sends_as_document(chat, taken, form)
    ((state, digest),) = await fetched(bot_app)
    kept = file_path(bot_app.settings.data_dir / "attachments", str(digest)).read_bytes()
    assert state == "fetched"
    assert hashlib.sha256(kept).hexdigest() == digest
    assert written_into(taken) == {"side up", "place", "camera"}
    assert written_into(kept) == {"side up"}


async def test_readers_get_a_picture_sent_as_a_document_without_where_it_was_taken(bot_app: Stage) -> None:
    ann, bo = await coordinator(bot_app), bot_app.talk()
    ida = await asked_for_a_picture(bot_app)
    await sends_as_document(ida, photographed("JPEG"), "JPEG")
    ((_, digest),) = await fetched(bot_app)
    await ida.presses("Done")
    await ida.presses("Yes")
    await sees(bot_app, ann, "Language café in the park")
    await taps(bot_app, ann, "Publish")
    number = await bot_app.finds(lambda work: work._connection.scalar(text("SELECT id FROM reports")))
    await bo.starts(f"r_{number}")
    await bot_app.settles()
    await bo.phone.looks()
    (shown,) = [each for each in bo.phone.messages if "document" in each.raw]
    assert shown.text == "(document IMG.jpeg) Photo: Language café in the park"
    got = await bo.phone.file(shown.raw["document"]["file_id"])
    assert hashlib.sha256(got).hexdigest() == digest
    assert written_into(got) == {"side up"}


async def test_what_is_no_picture_sent_as_a_document_is_not_kept(bot_app: Stage) -> None:
    chat = await asked_for_a_picture(bot_app)
    await chat.phone.sends_document(JPEG, "IMG.jpeg", mime="image/jpeg")
    assert await fetched(bot_app) == [("failed", None)]


async def test_a_picture_that_was_kept_with_it_loses_it_without_being_fetched_again(bot_app: Stage) -> None:
    folder, taken = bot_app.settings.data_dir / "attachments", photographed("PNG")
    chat = await asked_for_a_picture(bot_app)
    await sends_as_document(chat, taken, "PNG")
    await fetched(bot_app)
    digest = hashlib.sha256(taken).hexdigest()
    keep_file(folder, digest, taken)

    def as_migrated(work: UnitOfWork) -> None:
        changed = "UPDATE attachments SET state = 'waiting', sha256 = :digest"
        work.attachments._connection.execute(text(changed), {"digest": digest})

    await bot_app.storage.write(as_migrated)
    bot_app.server.cloud.faults.add("not_found", method="getFile", times=None)
    await bot_app.restart()
    ((state, anew),) = await fetched(bot_app)
    assert state == "fetched"
    assert written_into(file_path(folder, str(anew)).read_bytes()) == {"side up"}


async def test_what_is_no_picture_is_not_kept(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await sends_a_picture(chat, b"<script>")
    assert await fetched(bot_app) == [("failed", None)]
    told = await sees(bot_app, chat, "Not saved: a picture")
    assert "I cannot read it as a photo: it was cut off, or is of another kind than its name says." in told.text


@pytest.mark.parametrize("kind", ["cut", "bad_gateway", "too_many_requests", "unavailable", "blocked", "not_found"])
async def test_a_file_that_cannot_be_fetched_now_is_fetched_later(
    bot_app: Stage, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.attachments._pause", lambda _attempts: timedelta(0))
    assert bot_app.application
    bot_app.application.attachments.timer.seconds = 0.05
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add(kind, method="getFile", times=2, seconds=0)
    await sends_a_picture(chat, JPEG)
    assert await fetched(bot_app) == [("fetched", hashlib.sha256(JPEG).hexdigest())]


async def test_a_file_that_telegram_refuses_again_and_again_is_given_up_and_its_sender_told(
    bot_app: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.jobs.attachments._pause", lambda _attempts: timedelta(0))
    assert bot_app.application
    bot_app.application.attachments.timer.seconds = 0.05
    chat = bot_app.talk()
    fault = bot_app.server.cloud.faults.add("unavailable", method="getFile", times=MOST_REFUSALS + 5)
    await sends_a_picture(chat, JPEG)
    assert await fetched(bot_app) == [("failed", None)]
    assert fault.times == 4
    told = await sees(bot_app, chat, "Not saved: a picture")
    assert "Telegram did not give it to me, although I asked several times." in told.text


SENT = Path(__file__).parent / "sent_files"

OF_NO_USE = {
    "heic_named.jpg": "I cannot read it as a photo: it was cut off, or is of another kind than its name says.",
    "truncated.jpg": "I cannot read it as a photo: it was cut off, or is of another kind than its name says.",
    "poster81mp.png": "It has more than 50 million pixels.",
    "bomb.png": "It has more than 50 million pixels.",
}


async def test_whoever_sends_pictures_of_no_use_is_told_which_and_why_and_none_is_counted(bot_app: Stage) -> None:
    ann, ida = await coordinator(bot_app), await asked_for_a_picture(bot_app)
    for nth, (name, why) in enumerate(OF_NO_USE.items(), 1):
        await ida.phone.sends_document((SENT / name).read_bytes(), name, mime="application/octet-stream")
        told = await sees(bot_app, ida, f"Not saved: {name}")
        assert why in told.text
        assert "Language café in the park" in told.text
        assert told.labels == ("Open the report",)
        assert [state for state, _ in await bot_app.finds(files)] == ["failed"] * nth
    await ida.writes("?")
    assert "picture" not in ida.screen.text.replace("There is no photo yet.", "").replace(
        "Send a photo with the paper clip, or tap “Skip”.", ""
    )
    await ida.presses("Skip")
    await sees(bot_app, ann, "Language café in the park")
    await ann.presses("Read full report")
    assert "picture" not in ann.screen.text


@pytest.mark.parametrize("name", ["junk_before.pdf", "bom.pdf", "crlf.pdf"])
async def test_a_pdf_with_bytes_before_its_beginning_is_kept_as_it_came(bot_app: Stage, name: str) -> None:
    chat = await asked_what_changed(bot_app)
    await chat.phone.sends_document((SENT / name).read_bytes(), name)
    await chat.phone.waits()
    digest = hashlib.sha256((SENT / name).read_bytes()).hexdigest()
    assert await fetched(bot_app) == [("fetched", digest)]


async def test_a_file_that_answers_a_question_is_counted_exported_and_opened_by_a_coordinator(bot_app: Stage) -> None:
    ann, ida = await coordinator(bot_app), await asked_what_changed(bot_app)
    content = (SENT / "crlf.pdf").read_bytes()
    await ida.phone.sends_document(content, "Evaluering.PDF", mime="")
    await ida.phone.waits()
    ida.bot("Saved so far", "1 file")
    await ida.phone.sends_voice()
    await ida.phone.waits()
    ida.bot("Saved so far", "2 files")
    await fetched(bot_app)
    await ida.presses("Done")
    await sees(bot_app, ann, "Files: Evaluering.PDF, a voice message")
    await ann.presses("Open the 2 files")
    await bot_app.settles()
    await ann.phone.looks()
    (shown,) = [
        each for each in ann.phone.messages if each.raw.get("document", {}).get("file_name") == "Evaluering.PDF"
    ]
    assert await ann.phone.file(shown.raw["document"]["file_id"]) == content
    assert any(each.raw.get("document", {}).get("file_name", "").endswith(".ogg") for each in ann.phone.messages)
    ann.bot("What changed: Evaluering.PDF", "What changed: a voice message")
    (record,) = await bot_app.finds(lambda work: work.exporting(INITIATIVE.relevant_answers).after(None, Wanted()))
    assert [(each["kind"], each["name"]) for each in record.attachments] == [
        ("document", "Evaluering.PDF"),
        ("voice", ""),
    ]


def test_the_last_try_comes_while_the_original_is_still_in_the_chat() -> None:
    assert timedelta(minutes=15) < sum((_pause(nth) for nth in range(MOST_REFUSALS)), timedelta()) < timedelta(hours=1)


async def test_fetching_never_holds_up_the_conversation(bot_app: Stage) -> None:
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add("delay", method="getFile", seconds=3)
    await sends_a_picture(chat, JPEG)
    await chat.writes("Aarhus")
    chat.bot("What stage is it at?")
    assert [state for state, _ in await bot_app.finds(files)] == ["waiting"]


@pytest.mark.parametrize(
    ("content", "kind", "told", "found"),
    [
        (JPEG, "photo", "image/jpeg", "image/jpeg"),
        (JPEG, "document", "", "image/jpeg"),
        (JPEG, "document", "application/pdf", "image/jpeg"),
        (b"%PDF-1.7", "document", "text/plain", "application/pdf"),
        (b"%PDF-1.7", "document", "image/jpeg", None),
        (b"x" * 1019 + b"%PDF-1.7", "document", "application/pdf", "application/pdf"),
        (b"x" * 1020 + b"%PDF-1.7", "document", "application/pdf", None),
        (b"MZ", "document", "application/pdf", None),
        (b"MZ", "document", "", None),
        (b"OggS", "document", "", None),
        (b"OggS", "voice", "audio/ogg", "audio/ogg"),
        (b"OggS", "voice", "", "audio/ogg"),
        (b"RIFF\n\x00\x00\x00WEBPVP8 ", "document", "image/jpeg", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "document", "image/webp", None),
    ],
)
def test_kinds_are_told_by_how_files_begin(content: bytes, kind: str, told: str, found: str | None) -> None:
    assert kind_of(content, kind, told) == found


def test_the_same_file_is_kept_once(tmp_path: Path) -> None:
    first, second = (keep_file(tmp_path, "ab" * 32, b"x") for _ in range(2))
    assert first == second
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["ab" * 32]


async def test_a_file_is_asked_for_again_when_telegram_says_and_not_before(bot_app: Stage) -> None:
    bot_app.server.cloud.faults.add("too_many_requests", method="getFile", times=1, seconds=77)
    chat = bot_app.talk()
    await sends_a_picture(chat, JPEG)
    waits = "SELECT next_try_at, created_at FROM attachments WHERE attempts = 1"

    async def tried() -> bool:
        return bool(await bot_app.finds(lambda work: work._connection.execute(text(waits)).all()))

    await until(tried)
    ((next_try, created),) = await bot_app.finds(lambda work: work._connection.execute(text(waits)).all())
    then, since = datetime.fromisoformat(str(next_try)), datetime.fromisoformat(str(created))
    assert timedelta(seconds=77) <= then - since < timedelta(seconds=120)
