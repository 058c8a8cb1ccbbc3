"""Short ways to say what coordinators do in tests of the whole bot."""

from datetime import UTC, datetime

from bot.botapi import Screen
from storage.session.unit_of_work import UnitOfWork
from tests.bot.scripts import REPORTS, TITLE, steps
from tests.bot.stage import Stage, Talk


async def coordinator(stage: Stage, language: str = "en", role: str = "coordinator", name: str = "") -> Talk:
    """Somebody with that role, who has started the bot."""
    talk = stage.talk(language) if not name else Talk(stage.server.phone(language, name))
    await talk.starts()
    await gives(stage, talk, role)
    return talk


async def gives(stage: Stage, talk: Talk, *roles: str) -> None:
    """That person has exactly these roles from now on."""
    telegram_id, name = talk.phone.person_id, talk.phone.name

    def given(work: UnitOfWork) -> None:
        standing = work.people.arrive(telegram_id, telegram_id, "en", datetime.now(UTC))
        work.members.become(standing.person.id, frozenset(roles))
        work.people.set_name(standing.person.id, name)

    await stage.storage.write(given)


async def reports(talk: Talk, title: str = TITLE) -> None:
    """A librarian sends a report in English."""
    await steps(talk, REPORTS["en"].replace(TITLE, title))
    if "Different: send it" in talk.labels:
        await talk.presses("Different: send it")


async def taps(stage: Stage, talk: Talk, label: str) -> None:
    """Press a button on the newest message that has it, and wait until everybody was told."""
    await talk.presses(label)
    await stage.settles()
    await talk.phone.looks()


async def sees(stage: Stage, talk: Talk, text: str) -> Screen:
    """The newest message of the bot with `text`."""
    await stage.settles()
    return await talk.phone.sees(text)


async def says(stage: Stage, talk: Talk, text: str) -> None:
    """Write a text, and wait until everybody was told."""
    await talk.writes(text)
    await stage.settles()
    await talk.phone.looks()
