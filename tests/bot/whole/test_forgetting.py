"""Being forgotten, from the chat to the last file, and again after an older backup is put back."""

import hashlib
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.cli.backups import make_backup, restore_backup
from bot.files.stored import file_path
from bot.jobs import housekeeping
from bot.language.catalogues import Catalogues
from bot.runtime import journal
from conversations.context.session import Session, Turn
from conversations.flows.privacy import forget
from conversations.language.words import Words
from conversations.model.outcomes import Answered
from storage.engine import database
from storage.privacy.forgetting import Erasure
from storage.session.unit_of_work import UnitOfWork
from tests.bot.comparing import kept_as_read
from tests.bot.reporting import FIRST_ASKED
from tests.bot.reviewing import coordinator, reports, sees, taps
from tests.bot.stage import Stage, Talk, on_stage, until

JPEG = b"\xff\xd8\xff" + b"a picture"
CATALOGUES = Catalogues()


def everything(work: UnitOfWork) -> str:
    """All that is in the database, as one text."""
    connection = work._connection
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
    return "\n".join(str(connection.execute(text(f'SELECT * FROM "{name}"')).all()) for name in names)


def knows(kept: str, word: str) -> bool:
    """Whether `word` stands there by itself, and not in a longer number."""
    return re.search(rf"\b{word}\b", kept) is not None


async def settled(stage: Stage) -> None:
    """What erasures leave is cleared away."""
    assert stage.application is not None
    await stage.settles()
    keeper = stage.application.housekeeping

    async def clear() -> bool:
        await keeper.look()
        return await stage.finds(lambda work: work.erasure_followup.next()) is None

    await until(clear)


async def with_contact(stage: Stage, talk: Talk, words: str) -> None:
    """The report that this person sent last names somebody, who is in a message of a moment ago."""
    message = await talk.phone.types(words)
    await stage.settles()

    def answer(work: UnitOfWork) -> None:
        person = work.people.arrive(talk.phone.person_id, talk.phone.person_id, "en", datetime.now(UTC))
        (report,) = work.reports.of(person.person.id)
        said = Answered(report.id, "contact", {"name": words, "email": "", "phone": ""}, words, message, personal=True)
        work.keep(person.person, Turn(Session(), (), (said,)), datetime.now(UTC))

    await stage.storage.write(answer)


@pytest.mark.parametrize("language", ["da", "sl", "en"])
async def test_asked_twice_then_forgotten(bot_app: Stage, language: str) -> None:
    def said(words: object) -> str:
        assert isinstance(words, Words)
        return CATALOGUES.say(words, language)

    talk = bot_app.talk("en")
    await talk.starts()
    await reports(talk)
    await talk.writes(f"/language {language}")
    await talk.writes("/report")
    await talk.presses(talk.labels[0])  # question by question: this begins a draft
    await talk.writes("/forget")
    await talk.presses(said(forget.NO.label))
    await talk.writes("/forget")
    await talk.presses(said(forget.WITHOUT.label))
    await talk.presses(said(forget.YES.label))
    written = await bot_app.transcript(talk)
    kept_as_read(f"forget.{language}", written[written.index("/forget") :])


async def test_nothing_is_left_of_somebody_who_is_forgotten(bot_app: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "YOUNG_SECONDS", 0.0)
    talk = Talk(bot_app.server.phone("en", "Zoe"))
    await talk.starts()
    await reports(talk, "Story time")
    await with_contact(bot_app, talk, "Quentin Quill")
    await talk.phone.sends_photo(JPEG, caption="Every week we read to each other in Xanadu, under the trees.")
    await talk.phone.waits()
    picture = file_path(bot_app.settings.data_dir / "attachments", hashlib.sha256(JPEG).hexdigest())

    async def fetched() -> bool:
        return picture.exists()

    await until(fetched)
    await bot_app.settles()
    before = await bot_app.finds(everything)
    for word in ("Quentin", "Xanadu", "Story time", str(talk.phone.person_id)):
        assert knows(before, word), word
    await talk.writes("/forget")
    await talk.presses("Delete data, keep my reports")
    await talk.presses("Yes, delete my data")
    talk.bot("Your data has been deleted.", buttons=["Report an initiative"])
    await settled(bot_app)
    left = await bot_app.finds(everything)
    assert "Story time" in left
    for word in ("Quentin", "Xanadu", "Zoe", str(talk.phone.person_id)):
        assert not knows(left, word), word
    assert not picture.exists()
    (erased,) = journal.read(bot_app.settings.data_dir)
    assert (erased.kind, erased.subject, erased.reports) == ("person", "1", False)


async def test_whoever_comes_back_is_somebody_new(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.starts()
    await reports(talk)
    await talk.writes("/forget")
    await talk.presses("Delete data and my reports")
    await talk.presses("Yes, delete my data")
    await talk.presses("Report an initiative")
    talk.bot("Your data", FIRST_ASKED)
    await talk.writes("Aarhus")
    await talk.writes("/myreports")
    talk.bot("Your drafts and reports: 1")
    await talk.writes("/forget")
    talk.bot("One draft")


async def test_a_report_that_goes_too_is_taken_from_its_readers(bot_app: Stage) -> None:
    boss, talk = await coordinator(bot_app), bot_app.talk()
    await talk.starts()
    await reports(talk, "Story time in Xanadu")
    await sees(bot_app, boss, "Story time in Xanadu")
    await with_contact(bot_app, talk, "Quentin Quill")
    await taps(bot_app, boss, "Read full report")
    await taps(bot_app, boss, "Contact details")
    await sees(bot_app, boss, "Quentin Quill")
    await talk.writes("/forget")
    await talk.presses("Delete data and my reports")
    await talk.presses("Yes, delete my data")
    await settled(bot_app)
    left = await bot_app.finds(everything)
    assert "Quentin" not in left
    assert "Xanadu" not in left
    await boss.writes("/review")
    boss.bot("There is nothing to review.")


async def test_a_press_from_before_is_a_newcomers(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.starts()
    await talk.writes("/forget")
    await talk.presses("Delete my data")
    old = talk.screen
    await talk.presses("Yes, delete my data")
    await talk.phone.press_data(old.message_id, "-.3.yes.")
    await bot_app.settles()
    assert len(await bot_app.finds(lambda work: work.forgetting.journal())) == 1


async def test_a_coordinator_who_is_forgotten_has_no_role_and_no_menu_any_more(bot_app: Stage) -> None:
    boss = await coordinator(bot_app)
    await boss.writes("/language en")
    await bot_app.settles()
    assert any(line.startswith("/review") for line in await boss.phone.commands())
    await boss.writes("/forget")
    await boss.presses("Delete my data")
    await boss.presses("Yes, delete my data")
    await bot_app.settles()
    assert not any(line.startswith("/review") for line in await boss.phone.commands())
    await boss.writes("/review")
    boss.bot("That command is for coordinators.")


async def test_contact_details_go_alone_and_out_of_the_chat(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.starts()
    await reports(talk)
    await with_contact(bot_app, talk, "Quentin Quill, quill@example.org")
    await talk.writes("/myreports")
    await talk.presses("In review · “Language café in the park”")
    await talk.presses("Delete contact details")
    talk.bot("Delete the contact details in", buttons=["Yes, delete them", "No, keep them"])
    await talk.presses("Yes, delete them")
    talk.bot("The contact details have been deleted.")
    await bot_app.settles()
    await talk.phone.looks()
    assert [screen.text for screen in talk.phone.messages if "Quentin" in screen.text] == []
    await talk.presses("Open the report")
    assert "Delete contact details" not in talk.labels


WORDS = ("Quentin", "Quill", "Xanadu", "xanadu", "Zoe")


def traces(folder: Path, person: int) -> list[tuple[str, object]]:
    """What the files of the database still have of somebody, whatever it reads as."""
    coded = {word: word.encode() for word in WORDS} | {"number": f'"id":{person},'.encode()}
    files = [file for file in folder.iterdir() if file.name.startswith("meldind.db")]
    assert files
    return [(file.name, word) for file in files for word, code in coded.items() if code in file.read_bytes()]


async def xanadu(stage: Stage, boss: Talk) -> Talk:
    """Somebody whose report, with contact details, is published."""
    talk = Talk(stage.server.phone("en", "Zoe"))
    await talk.starts()
    await reports(talk, "Story time in Xanadu")
    await sees(stage, boss, "Story time in Xanadu")
    await taps(stage, boss, "Publish")
    await with_contact(stage, talk, "Quentin Quill")
    return talk


@pytest.mark.parametrize("journal_mode", ["wal", "persist"])
async def test_nothing_is_left_in_the_bytes_of_the_files_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal_mode: Any
) -> None:
    monkeypatch.setattr(database, "sqlite_journal", lambda: database.Journal(journal_mode, "to be tried"))
    async with on_stage(tmp_path) as stage:
        boss = await coordinator(stage)
        talk = await xanadu(stage, boss)
        for number in range(40):  # so that pages are divided, and what stands on them is moved
            await boss.writes(f"/search something long enough to be worth {number} of them")
        person = talk.phone.person_id
        assert {word for _file, word in traces(tmp_path, person)} >= {*WORDS, "number"}
        make_backup(stage.settings, tmp_path / "before.zip")
        await talk.writes("/forget")
        await talk.presses("Delete data and my reports")
        await talk.presses("Yes, delete my data")
        await settled(stage)
        assert traces(tmp_path, person) == []
        await stage.stop()
        assert traces(tmp_path, person) == []
        assert "Done again" in restore_backup(stage.settings, tmp_path / "before.zip", force=True)
        # What others were shown is emptied by the bot, as it was the first time.
        assert {word for _file, word in traces(tmp_path, person)} <= {"Xanadu"}
        await stage.start()
        await settled(stage)
        assert traces(tmp_path, person) == []


async def test_a_backup_that_knows_somebody_forgets_them_again(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        talk, other = stage.talk(), stage.talk("da")
        await talk.starts()
        await talk.writes("Every week we read to each other in Xanadu, under the trees of the library.")
        await other.starts()
        await stage.settles()
        make_backup(stage.settings, tmp_path / "before.zip")
        await talk.writes("/forget")
        await talk.presses("Delete my data")
        await talk.presses("Yes, delete my data")
        await settled(stage)
        await stage.stop()
        # The database is lost, the journal beside it is not.
        (tmp_path / "meldind.db").unlink()
        said = restore_backup(stage.settings, tmp_path / "before.zip", force=True)
        assert "Done again: 1 erasure since then." in said
        (tmp_path / journal.NAME).rename(tmp_path / "elsewhere")
        said = restore_backup(stage.settings, tmp_path / "before.zip", force=True)
        assert "put it there from any worker and restore again with --force." in said
        (tmp_path / "elsewhere").rename(tmp_path / journal.NAME)
        restore_backup(stage.settings, tmp_path / "before.zip", force=True)
        await stage.start()
        left = await stage.finds(everything)
        assert not knows(left, str(talk.phone.person_id))
        assert knows(left, str(other.phone.person_id))


def test_the_journal_is_added_to_and_read_by_nobody_else(tmp_path: Path) -> None:
    first = Erasure(datetime(2026, 11, 22, tzinfo=UTC), "person", "7", True)
    second = Erasure(datetime(2026, 11, 23, tzinfo=UTC), "contacts", "r1")
    assert journal.read(tmp_path) == []
    assert journal.add(tmp_path, [first]) == 1
    assert journal.add(tmp_path, [second, first]) == 1
    assert journal.read(tmp_path) == [first, second]
    assert (tmp_path / journal.NAME).stat().st_mode & 0o077 == 0


def test_journals_of_several_workers_put_together_are_one(tmp_path: Path) -> None:
    first = Erasure(datetime(2026, 11, 22, tzinfo=UTC), "person", "7", True)
    second = Erasure(datetime(2026, 11, 23, tzinfo=UTC), "contacts", "r1")
    one, other, both = (tmp_path / name for name in ("one", "other", "both"))
    for folder in (one, other, both):
        folder.mkdir()
    journal.add(one, [first])
    journal.add(other, [first, second])
    lines = ((folder / journal.NAME).read_text() for folder in (other, one))
    (both / journal.NAME).write_text("".join(lines))
    assert set(journal.read(both)) == {first, second}
    assert journal.add(both, [first, second]) == 0


async def test_files_that_belong_to_nothing_are_removed_once_that_is_certain(bot_app: Stage) -> None:
    assert bot_app.application is not None
    folder = bot_app.settings.data_dir / "attachments" / "ab"
    folder.mkdir(parents=True)
    left, young, other = folder / f"ab{'0' * 62}", folder / f"ab{'1' * 62}", folder / "notes.txt"
    for each in (left, young, other):
        each.write_bytes(b"x")
    long_ago = time.time() - 3600
    os.utime(left, (long_ago, long_ago))
    assert not await bot_app.application.housekeeping.remove_files()
    assert [each.exists() for each in (left, young, other)] == [False, True, True]
