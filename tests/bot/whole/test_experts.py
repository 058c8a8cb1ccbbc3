"""Contact persons over HTTP: named, asked by a link, found, written to; and erased to the last byte."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli.backups import make_backup, restore_backup
from conversations.context.session import Session, Turn
from conversations.model.outcomes import Answered
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import coordinator, reports, says, sees, taps
from tests.bot.stage import Stage, Talk, on_stage
from tests.bot.whole.test_forgetting import everything, settled

NAMED = "Quentin Quill"
OWN = "Xenia Xanadu"
EMAIL = "xenia@xanadu.example"
WORDS = ("Quentin", "Quill", "Xenia", "Xanadu", "xanadu")
LINK = re.compile(r"x_[\w-]{22}")


def traces(folder: Path) -> set[str]:
    """Which of the words stand in the files of the database, whatever they read as."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix != ".zip"]
    assert any(file.name.startswith("meldind.db") for file in files)
    contents = [file.read_bytes() for file in files]
    return {word for word in WORDS if any(word.encode() in content for content in contents)}


async def link_in(talk: Talk) -> str:
    """The payload of the newest link to a contact person in that chat."""
    await talk.phone.looks()
    found = [code for screen in talk.phone.messages for code in LINK.findall(screen.text)]
    return str(found[-1])


async def with_named(stage: Stage, talk: Talk) -> None:
    """The report that this person sent last says whom others may ask."""

    def answer(work: UnitOfWork) -> None:
        person = work.people.arrive(talk.phone.person_id, talk.phone.person_id, "en", datetime.now(UTC)).person
        (report,) = work.reports.of(person.id)
        value = {"name": NAMED, "email": "quill@example.org", "phone": ""}
        said = (
            Answered(report.id, "contribute", ["resource_person"]),
            Answered(report.id, "resource_person", value, f"{NAMED} quill@example.org", 7, personal=True),
        )
        work.keep(person, Turn(Session(), (), said), datetime.now(UTC))

    await stage.storage.write(answer)


async def named(stage: Stage, boss: Talk) -> tuple[Talk, Talk]:
    """A librarian whose published report names somebody, and the one who was named, who has not answered."""
    librarian, asked = stage.talk("en"), Talk(stage.server.phone("en", "Zoe"))
    await librarian.starts()
    await reports(librarian, "Story time")
    await sees(stage, boss, "Story time")
    await taps(stage, boss, "Publish")
    await with_named(stage, librarian)
    await librarian.writes("/myreports")
    await librarian.presses("Published · “Story time”")
    await librarian.presses("Name a contact person")
    await librarian.presses(NAMED)
    await stage.settles()
    await asked.starts(await link_in(librarian))
    return librarian, asked


async def listed(stage: Stage, asked: Talk) -> None:
    """They say yes, under the name and with the address that they write themselves."""
    for label in ("Give advice", "Next", "✏️ Name"):
        await asked.presses(label)
    await says(stage, asked, OWN)
    await asked.presses("✏️ Contact details")
    await says(stage, asked, EMAIL)
    await asked.presses("Yes, list me")
    await stage.settles()


async def shown_to_others(stage: Stage, boss: Talk, librarian: Talk) -> None:
    """What others read of them: in lists and cards, in messages that are put in touch, and in the review."""
    for reader in (boss, librarian):
        await says(stage, reader, "/experts")
        await reader.presses(f"1. {OWN}")
        reader.bot(OWN, EMAIL)
    await librarian.presses("Contact")
    await librarian.presses("We would like your advice")
    await says(stage, librarian, "desk@example.org")
    await librarian.presses("Send")
    await stage.settles()
    for number in range(40):  # so that pages are divided, and what stands on them is moved
        await boss.writes(f"/search something long enough to be worth {number} of them")


@pytest.mark.parametrize("way", ["removed", "forgotten"])
async def test_nothing_is_left_of_a_contact_person(tmp_path: Path, way: str) -> None:
    async with on_stage(tmp_path) as stage:
        boss = await coordinator(stage)
        librarian, asked = await named(stage, boss)
        assert {"Quentin", "Quill"} <= traces(tmp_path)
        await listed(stage, asked)
        await settled(stage)
        assert not {"Quentin", "Quill"} & traces(tmp_path)  # their own words count now
        await shown_to_others(stage, boss, librarian)
        await taps(stage, asked, "Yes, put us in touch")
        await says(stage, asked, EMAIL)
        await sees(stage, librarian, EMAIL)
        assert {"Xenia", "Xanadu", "xanadu"} <= traces(tmp_path)
        make_backup(stage.settings, tmp_path / "before.zip")
        if way == "removed":
            await asked.writes("/experts")
            await asked.presses("My entry")
            await asked.presses("Remove me")
            asked.bot("You are not listed any more")
        else:
            await asked.writes("/forget")
            await asked.presses("Delete my data")
            await asked.presses("Yes, delete my data")
        await settled(stage)
        assert traces(tmp_path) == set()
        await boss.writes("/experts")
        boss.bot("Nobody has agreed to be asked yet.")
        await stage.stop()
        assert traces(tmp_path) == set()
        assert "Done again" in restore_backup(stage.settings, tmp_path / "before.zip", force=True)
        await stage.start()
        await settled(stage)
        assert traces(tmp_path) == set()
        await boss.writes("/experts")
        boss.bot("Nobody has agreed to be asked yet.")


async def test_nothing_is_left_of_somebody_who_says_no(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        boss = await coordinator(stage)
        librarian, asked = await named(stage, boss)
        asked.bot("You have been named as a contact person", "Because of: “Story time”")
        make_backup(stage.settings, tmp_path / "before.zip")
        assert traces(tmp_path) >= {"Quentin", "Quill"}
        await asked.presses("No, thank you")
        asked.bot("that is quite all right")
        await sees(stage, librarian, "The person you named would rather not be listed.")
        await settled(stage)
        assert traces(tmp_path) == set()
        await stage.stop()
        restore_backup(stage.settings, tmp_path / "before.zip", force=True)
        await stage.start()
        await settled(stage)
        assert traces(tmp_path) == set()
        told = [screen for screen in librarian.phone.messages if "would rather not be listed" in screen.text]
        assert len(told) == 1


async def test_coordinators_do_not_read_who_has_not_agreed(tmp_path: Path) -> None:
    """Neither in the review, nor in a file that they ask for; the author of the report still does."""
    async with on_stage(tmp_path) as stage:
        boss = await coordinator(stage)
        librarian, _asked = await named(stage, boss)
        await boss.writes("/experts")
        boss.bot("Nobody has agreed to be asked yet.", "Agreed: 0. Asked, no answer yet: 1.")
        await boss.writes("/export")
        await boss.presses("With contact details")
        await boss.presses("For developers (JSON Lines)")
        await stage.settles()
        await boss.phone.looks()
        assert not [screen for screen in boss.phone.messages if NAMED in screen.text]
        await librarian.writes("/myreports")
        await librarian.presses("Published · “Story time”")
        librarian.bot(NAMED)


async def test_the_link_stands_nowhere_once_it_was_shown(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        boss = await coordinator(stage)
        librarian, _asked = await named(stage, boss)
        code = await link_in(librarian)
        await stage.settles()
        assert code.removeprefix("x_") not in await stage.finds(everything)
