"""What people see first, in each language: the empty chat before anybody begins, and the greeting of each role.

The transcripts stand beside this file. After a change of wording, write them anew and read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/whole/test_first_screens.py
"""

from datetime import timedelta
from functools import partial

import pytest

from bot.botapi.cloud.menu import profile_for
from bot.language.catalogues import Catalogues
from bot.runtime.invitations import first_owner, invited
from bot.sending.profile import set_profile
from conversations.flows.shared.profile import DESCRIPTION, NAMED, SHORT_DESCRIPTION
from conversations.language.languages import LANGUAGES
from tests.bot.comparing import kept_as_read
from tests.bot.stage import Stage, Talk, until


async def told(stage: Stage) -> None:
    """Wait until the bot has said last what it is called."""

    async def is_named() -> bool:
        return ("name", LANGUAGES[-1]) in stage.server.world.words

    await until(is_named)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_screen_of_each_role(bot_app: Stage, language: str) -> None:
    await told(bot_app)
    read: list[str] = []

    async def begins(role: str, code: str | None) -> Talk:
        phone = bot_app.server.phone(language, role.capitalize())
        if not read:
            profile = profile_for(bot_app.server.world, phone.person_id)
            read.append("\n".join((profile["name"], profile["short_description"], "", profile["description"])))
        talk = Talk(phone)
        await talk.starts(f"i_{code}" if code else "")
        read.append((await bot_app.transcript(talk)).rstrip("\n").replace(str(code), "CODE"))
        return talk

    await begins("librarian", None)
    owners = await bot_app.storage.write(first_owner)
    await begins("newcomer", None)
    await begins("owner", owners)
    for role in ("coordinator", "partner"):
        lasts = partial(invited, role=role, uses=1, lasts=timedelta(days=1))
        talk = await begins(role, await bot_app.storage.write(lasts))
        await talk.starts()
        assert talk.count == 2
    kept_as_read(f"first.{language}", "\n\n\n".join(read) + "\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_bot_is_fits_where_telegram_shows_it(language: str) -> None:
    catalogues = Catalogues()
    for words, most in ((NAMED, 64), (SHORT_DESCRIPTION, 120), (DESCRIPTION, 512)):
        assert 0 < len(catalogues.say(words, language)) <= most


async def test_a_name_of_ones_own_stays_and_nothing_is_said_twice(bot_app: Stage) -> None:
    await told(bot_app)
    assert bot_app.application is not None
    before = bot_app.server.journal.count
    await set_profile(bot_app.application.api, Catalogues())
    asked = [entry.method for entry in bot_app.server.journal.entries if entry.number > before]
    assert not [method for method in asked if method.startswith("setMy")]
    world = bot_app.server.world
    world.words = {("name", ""): "Biblioteksbotten"}
    await set_profile(bot_app.application.api, Catalogues())
    assert {field for field, _language in world.words} == {"name", "description", "short_description"}
    assert [language for field, language in world.words if field == "name"] == [""]
