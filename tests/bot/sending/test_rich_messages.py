"""Digests and figures as rich messages, and as text where the server or the reader's app does not show those."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.botapi.specification.spec import Specification
from bot.telegram.rich import RICH
from storage.messages.outbox import PLAIN, Kind, Outgoing
from tests.bot.reviewing import coordinator, reports, taps
from tests.bot.stage import Stage, Talk

HTML = "<h3>Figures</h3><details><summary>Themes (2)</summary><table><tr><td>A</td><td>2</td></tr></table></details>"
PAGES = [{"text": "<b>Figures</b>", "parse_mode": "HTML"}, {"text": "Themes: A 2", "parse_mode": "HTML"}]
OLDER = Specification("9.6")
THIS_YEAR = f"/digest {datetime.now(UTC).year}"


async def sends(stage: Stage, talk: Talk, html: str = HTML, kind: Kind = "reply", edits: int | None = None) -> None:
    """Queue a rich message, and wait for what comes of it."""
    payload = {RICH: {"html": html}, PLAIN: PAGES, **({} if edits is None else {"message_id": edits})}
    method = "sendRichMessage" if edits is None else "editMessageText"
    row = Outgoing(talk.phone.person_id, method, payload, kind, datetime.now(UTC))
    await stage.storage.write(lambda work: work.outbox.add(row))
    assert stage.application is not None
    stage.application.sender.look_for_unsent()
    await stage.settles()
    await talk.phone.looks()


def asked(stage: Stage) -> Counter[str]:
    """How often each method was called."""
    return Counter(entry.method for entry in stage.server.journal.entries)


@pytest.mark.parametrize("kind", ["reply", "digest"])
async def test_one_message_where_the_server_knows_them(bot_app: Stage, kind: Kind) -> None:
    talk = bot_app.talk()
    await talk.starts()
    before = talk.count
    await sends(bot_app, talk, kind=kind)
    assert talk.count == before + 1
    assert [each["type"] for each in talk.screen.raw["rich_message"]["blocks"]] == ["heading", "details"]


@pytest.mark.parametrize("kind", ["reply", "digest"])
async def test_an_older_server_is_sent_one_and_then_text(bot_app: Stage, kind: Kind) -> None:
    bot_app.server.cloud.specification = OLDER
    talk = bot_app.talk()
    await talk.starts()
    before = talk.count
    for times in (1, 2):
        await sends(bot_app, talk, kind=kind)
        texts = [screen.text for screen in talk.phone.messages if screen.by_bot][before:]
        assert texts == ["Figures", "Themes: A 2"] * times
    assert asked(bot_app)["sendRichMessage"] == 1


@pytest.mark.parametrize("version", ["9.6", "10.3"])
async def test_an_edit_stays_one_in_its_first_message(bot_app: Stage, version: str) -> None:
    talk = bot_app.talk()
    await talk.starts()
    bot_app.server.cloud.specification = Specification(version)
    before, edited = talk.count, talk.screen.message_id
    await sends(bot_app, talk, edits=edited)
    shown = {screen.message_id: screen.text for screen in talk.phone.messages if screen.by_bot}
    assert shown[edited].splitlines()[0] == "Figures"
    assert talk.count == before + (version == "9.6")
    bot_app.server.violations.clear()  # the older one misses the text


async def test_an_edit_of_a_message_that_is_gone_is_a_rich_message_of_its_own(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.starts()
    await sends(bot_app, talk, edits=4711)
    assert talk.screen.raw["rich_message"]


async def test_one_that_cannot_be_read_is_text_and_the_next_one_is_rich(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.starts()
    await sends(bot_app, talk, html="<marquee>Figures</marquee>")
    assert talk.screen.text == "Themes: A 2"
    await sends(bot_app, talk)
    assert "rich_message" in talk.screen.raw
    bot_app.server.violations.clear()  # the unreadable one


@pytest.mark.parametrize("command", [THIS_YEAR, "/stats", "/coverage"])
async def test_a_reader_whose_app_shows_none_gets_text_from_then_on(bot_app: Stage, command: str) -> None:
    librarian, reader = bot_app.talk(), await coordinator(bot_app)
    await librarian.starts()
    await reports(librarian)
    await bot_app.settles()
    await taps(bot_app, reader, "Publish")
    await reader.writes(command)
    await bot_app.settles()
    await reader.phone.looks()
    assert "rich_message" in reader.screen.raw
    await taps(bot_app, reader, "As plain text")
    assert "rich_message" not in reader.screen.raw
    assert "As plain text" not in reader.labels
    for each in (THIS_YEAR, "/stats", "/coverage"):
        await reader.writes(each)
        await bot_app.settles()
        await reader.phone.looks()
        assert "rich_message" not in reader.screen.raw
    await reader.writes("/settings")
    await reader.presses("Figures in tables")
    await reader.writes(command)
    await bot_app.settles()
    await reader.phone.looks()
    assert "rich_message" in reader.screen.raw
