"""Subscribing and hearing of it, over HTTP, as it is read on the phones.

The transcripts stand beside this file. After a change of wording, write them anew and read them:

    MELDIND_WRITE_TRANSCRIPTS=1 make test TESTS=tests/bot/whole/test_subscriptions.py
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.botapi import Phone
from conversations.flows.subscriptions.editor_chats import SURE_FOR
from storage.models import subscribed_chats
from storage.session.unit_of_work import UnitOfWork
from tests.bot.comparing import kept_as_read
from tests.bot.playing import Play
from tests.bot.receiving.test_groups import calls, group_of
from tests.bot.reviewing import coordinator, gives, reports, sees, taps
from tests.bot.scripts import REPORTS, TITLE
from tests.bot.stage import Stage, Talk, on_stage, until, zone_at_noon

# A council subscribes to its municipality; a library reports, a coordinator publishes, and the council hears of it.
CAST = {"da": ("Rådet", "Ida", "Mette"), "sl": ("Svet", "Maja", "Tine"), "en": ("Council", "Emily", "Ann")}
SUBSCRIBES = {
    "da": """
/subscribe
[Vælg trin for trin]
[Alle]
flygtninge
[Videre]
Odense
[Videre]
[Abonner]
""",
    "sl": """
/subscribe
Črnomelj
[Naroči obvestila]
""",
    "en": """
/subscribe
København
[Subscribe]
""",
}
PUBLISHES = {"da": "[Offentliggør]", "sl": "[Objavi]", "en": "[Publish]"}
HEARS = {
    "da": """
[Hvorfor får jeg det?]
[Stop]
[Fortryd]
""",
    "sl": """
[Zakaj to obvestilo?]
[Odpovej]
[Razveljavi]
""",
    "en": """
[Why am I getting this?]
[Stop]
[Undo]
""",
}


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot, where nobody is asleep."""
    async with on_stage(tmp_path, timezone_name=zone_at_noon()) as running:
        yield running


@pytest.mark.parametrize("language", sorted(CAST))
async def test_a_council_hears_of_what_its_library_does(stage: Stage, language: str) -> None:
    play = Play(stage)
    council, library, reviewer = CAST[language]
    await play.enters(council, language, "partner")
    await play.enters(library, language)
    await play.enters(reviewer, language, "coordinator")
    for name, script in ((council, SUBSCRIBES), (library, REPORTS), (reviewer, PUBLISHES), (council, HEARS)):
        await play.acts(f"@{name}\n{script[language].strip()}")
    kept_as_read(f"subscriptions.{language}", await play.written())


async def published(stage: Stage, title: str = TITLE) -> Talk:
    """A librarian's report is published; the librarian."""
    librarian, ann = stage.talk(), await coordinator(stage, name="Ann")
    await reports(librarian, title)
    await sees(stage, ann, "For review:")
    await taps(stage, ann, "Publish")
    return librarian


async def test_a_withdrawal_changes_the_notice_on_the_phone(stage: Stage) -> None:
    council = stage.talk()
    await council.starts("s_language_cafe")
    librarian = await published(stage)
    await sees(stage, council, "New: “Language café in the park”")
    count = council.count
    await librarian.writes("/myreports")
    await librarian.presses("Language café in the park")
    await librarian.presses("Withdraw")
    await librarian.presses("Yes, withdraw it")
    await sees(stage, council, "This initiative is no longer shown.")
    assert council.count == count


async def test_who_blocks_the_bot_hears_again_of_what_comes_after_their_return(stage: Stage) -> None:
    council = stage.talk()
    await council.starts("s_language_cafe")
    await council.phone.blocks()
    await published(stage)
    await stage.settles()
    await council.phone.unblocks()
    await council.writes("/subscriptions")
    await published(stage, "Another language café")
    await sees(stage, council, "New: “Another language café”")
    assert "New: “Language café in the park”" not in "".join(each.text for each in council.phone.messages)


async def in_a_group(stage: Stage) -> tuple[Talk, Phone]:
    """Somebody is about to subscribe for a group where they are an administrator; they, and their view of it."""
    council, member = stage.talk(), stage.talk()
    await council.writes("/subscribe")
    await council.presses("Everything new")
    await council.presses("For a group or channel")
    group, _other = await group_of(stage, council, member)
    await sees(stage, council, "I have been added: Koordinatorer")
    await council.presses("Use it")
    return council, group


async def test_an_administrator_has_initiatives_come_to_a_group(stage: Stage) -> None:
    council, group = await in_a_group(stage)
    council.bot("You will get notifications about: Everything new", "Sent to: Koordinatorer")
    await council.presses("Subscribe")
    await published(stage)
    await stage.settles()
    await group.sees("New: “Language café in the park”")
    assert "New:" not in council.screen.text
    sent = len(calls(stage, group.chat_id))
    await group.types("/subscriptions")
    await stage.settles()
    assert len(calls(stage, group.chat_id)) == sent  # who has no role is one of many who may type that in a group
    await gives(stage, council, "partner")
    await group.types("/subscriptions")
    await group.sees("For that, write to me privately.")


async def test_where_the_bot_may_not_write_who_subscribed_is_told_and_it_goes_on_later(stage: Stage) -> None:
    council, group = await in_a_group(stage)
    await council.presses("Subscribe")
    await group.phones.post(f"groups/{group.chat_id}/mute", {"muted": True})
    for title in ("Language café in the park", "Another one"):
        await published(stage, title)
        await sees(stage, council, "I can no longer write there: Koordinatorer")
    told = [each for each in council.phone.messages if "I can no longer write there:" in each.text]
    assert len(told) == 1
    assert calls(stage, group.chat_id).count("sendMessage") == 1
    await group.phones.post(f"groups/{group.chat_id}/mute", {"muted": False})
    await sees(stage, council, "I can write there again: Koordinatorer")
    await published(stage, "A third one")
    await group.sees("New: “A third one”")
    assert "Another one" not in "".join(each.text for each in group.messages)


async def test_whoever_is_no_administrator_cannot_use_a_group(stage: Stage) -> None:
    founder, member = stage.talk(), stage.talk()
    await founder.starts()
    await member.writes("/subscribe")
    await member.presses("Everything new")
    await member.presses("For a group or channel")
    group, *_others = await group_of(stage, member, founder)
    await sees(stage, member, "Only an administrator can have initiatives sent there: Koordinatorer")
    await stage.settles()
    assert calls(stage, group.chat_id)[-1] == "leaveChat"


def long_ago(work: UnitOfWork) -> None:
    """It was some time ago that Telegram was asked about administrators."""
    asked = update(subscribed_chats).values(known_at=datetime.now(UTC) - SURE_FOR)
    work._connection.execute(asked)


async def test_whoever_is_no_administrator_any_more_changes_nothing_and_what_comes_goes_on(stage: Stage) -> None:
    council, group = await in_a_group(stage)
    await council.presses("Subscribe")
    await stage.storage.write(long_ago)
    stage.server.world.chats[group.chat_id].members.discard(council.phone.person_id)
    await council.writes("/subscriptions")
    await council.presses("Koordinatorer")
    await sees(stage, council, "You are no longer an administrator there: Koordinatorer")
    await council.writes("/subscriptions")
    await council.presses("Koordinatorer")
    await council.presses("Pause")
    council.bot("I am no longer there, or you are not an administrator there.")
    await published(stage)
    await stage.settles()
    await group.sees("New: “Language café in the park”")
    assert "leaveChat" not in calls(stage, group.chat_id)


async def test_whoever_still_is_an_administrator_notices_nothing_of_being_asked_about(stage: Stage) -> None:
    council, _group = await in_a_group(stage)
    await council.presses("Subscribe")
    await stage.storage.write(long_ago)
    await council.writes("/subscriptions")
    await council.presses("Koordinatorer")

    async def asked() -> bool:
        return await stage.finds(lambda work: not work.subscribed_chats.asked(datetime.now(UTC)))

    await until(asked)
    await council.presses("Pause")
    assert "Resume" in council.screen.labels
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert [each.again for each in await stage.finds(lambda work: work.subscribed_chats.asked(tomorrow))] == [True]


async def test_a_group_that_nobody_asked_for_is_left(stage: Stage) -> None:
    somebody = stage.talk()
    await somebody.writes("/subscribe")
    (group,) = await group_of(stage, somebody)
    await group.sees("Write to me privately: reports do not belong in a group.")
    assert calls(stage, group.chat_id)[-1] == "leaveChat"
