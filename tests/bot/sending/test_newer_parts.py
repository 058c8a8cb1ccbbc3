"""What only a newer Bot API has: moments in texts, answers for one person in a group, topics of private chats."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.botapi import Phone
from bot.botapi.specification.spec import Specification
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import coordinator
from tests.bot.stage import Stage, Talk

UNTIL = 'Until <tg-time unix="1800054000">15 January</tg-time>, <b>noon</b>.'


async def says(stage: Stage, talk: Talk, text: str) -> None:
    """Send a text as the bot's own reply."""

    def say(work: UnitOfWork) -> OutboxRow:
        payload = {"text": text, "parse_mode": "HTML"}
        return work.outbox.add(Outgoing(talk.phone.person_id, "sendMessage", payload, "reply", datetime.now(UTC)))

    await stage.storage.write(say)
    assert stage.application is not None
    stage.application.sender.look_for_unsent()
    await stage.settles()
    await talk.phone.looks()


def sent(stage: Stage) -> Sequence[str]:
    """The texts of all requests for a message, taken or not."""
    entries = stage.server.journal.entries
    return [str(entry.params.get("text")) for entry in entries if entry.method == "sendMessage"]


def kinds(talk: Talk) -> list[str]:
    return [entity["type"] for entity in talk.phone.screen.raw.get("entities", ())]


async def test_a_moment_is_one_where_the_server_knows_it(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.starts()
    await says(bot_app, talk, UNTIL)
    assert talk.screen.text == "Until 15 January, noon."
    assert kinds(talk) == ["date_time", "bold"]


async def test_an_older_server_is_sent_moments_once_and_then_none(bot_app: Stage) -> None:
    bot_app.server.cloud.specification = Specification("9.4")
    talk = bot_app.talk()
    await talk.starts()
    before = len(sent(bot_app))
    for _ in range(3):
        await says(bot_app, talk, UNTIL)
        assert talk.screen.text == "Until 15 January, noon."
        assert kinds(talk) == ["bold"]
    tried = sent(bot_app)[before:]
    assert ["tg-time" in each for each in tried] == [True, False, False, False]


async def group_with(stage: Stage, ann: Talk, *, bot: str) -> tuple[Phone, Phone]:
    """A group of two, in which the bot has that standing; what each of them sees."""
    bo = stage.talk()
    given = {"title": "Koordinatorer", "members": [ann.phone.person_id, bo.phone.person_id], "kind": "supergroup"}
    chat = (await ann.phone.phones.post("groups", given))["id"]
    stage.server.world.chats[chat].bot_status = bot  # type: ignore[assignment]
    await stage.settles()
    return ann.phone.in_chat(chat), bo.phone.in_chat(chat)


PRIVATELY = "For that, write to me privately."


async def test_an_administrator_answers_in_a_group_for_the_asker_alone(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    hers, his = await group_with(bot_app, ann, bot="administrator")
    await hers.types("/digest")
    assert (await hers.sees(PRIVATELY)).ephemeral
    await his.looks()
    assert PRIVATELY not in [screen.text for screen in his.messages]


async def test_where_that_is_refused_all_see_the_answer_and_it_is_not_tried_again(bot_app: Stage) -> None:
    ann = await coordinator(bot_app, name="Ann")
    hers, his = await group_with(bot_app, ann, bot="member")
    before = len(sent(bot_app))
    await hers.types("/digest")
    assert not (await hers.sees(PRIVATELY)).ephemeral
    await his.sees(PRIVATELY)
    await hers.types("/stats")
    await bot_app.settles()
    assert sent(bot_app)[before:].count(PRIVATELY) == 3  # tried, said to all, said to all


async def test_an_answer_comes_in_the_topic_of_a_private_chat(bot_app: Stage) -> None:
    talk = bot_app.talk()
    await talk.starts()
    topic = (await talk.phone.phones.post(f"groups/{talk.phone.person_id}/topics", {}))["topic"]
    await talk.phone.types("/help", topic=topic)
    await bot_app.settles()
    await talk.phone.looks()
    assert talk.phone.screen.raw["message_thread_id"] == topic
    await talk.phone.types("/help")
    await bot_app.settles()
    await talk.phone.looks()
    assert "message_thread_id" not in talk.phone.screen.raw
