"""The rest of what people can do, and how a chat reads afterwards."""

import pytest
from telegram import Bot

from bot.botapi import PIXEL, BotApiServer, NotPossible
from bot.botapi.specification.description import TYPES

from .asking import ask


async def test_a_chat_with_everything_in_it(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone(first_name="Ida")
    await ida.starts()
    first = await ida.types("See example.org, ask @anna_k or write to a@b.dk", reply_to=1)
    await ida.forwards("A picture", photo=PIXEL)
    await ida.sends_document(b"x", "plan.pdf")
    await ida.shares_location(55.5, 12.5)
    await ida.sends_kind("story")
    await ida.edits(first, "See #below")
    await ida.deletes(first)
    await ida.inline_query("park")
    await ask(server, "answerInlineQuery", inline_query_id=(await bot.get_updates())[-1].inline_query.id, results=[])  # type: ignore[union-attr]
    await bot.send_chat_action(ida.person_id, "typing")
    sent = await bot.send_message(ida.person_id, "One line\nand another")
    await bot.delete_message(ida.person_id, sent.message_id)
    await ida.blocks()
    assert (await ida.transcript()).splitlines() == [
        "Ida: /start",
        "Ida: See example.org, ask @anna_k or write to a@b.dk",
        "Ida: (forwarded) (photo) A picture",
        "Ida: (document plan.pdf)",
        "Ida: (location: 55.5, 12.5)",
        "Ida: (story)",
        "Ida edits: See #below",
        "Ida deletes: See #below",
        "Ida asks inline: park",
        "bot offers 0 inline results",
        "bot: One line",
        "     and another",
        "bot deletes: One line",
        "Ida: (kicked)",
    ]
    message = (await bot.get_updates())[1].message
    assert message
    assert message.reply_to_message
    assert [entity.type for entity in message.entities] == ["url", "mention", "email"]
    assert server.violations == []


KINDS = sorted(TYPES["Message"]["fields"].keys() - {"message_id", "date", "chat", "from"})


async def test_a_message_of_any_kind_is_understood(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone()
    for number, kind in enumerate(KINDS):
        await ida.sends_kind(kind)
        (update,) = await bot.get_updates(offset=100_000_001 + number)
        assert update.message
        assert kind in {**update.message.to_dict(), **update.message.api_kwargs}
    assert (await ida.transcript()).count("Ida: ") == len(KINDS)


async def test_what_cannot_be_done(server: BotApiServer, bot: Bot) -> None:
    ida, ana = server.phone(), server.phone(first_name="Ana")
    await ida.starts()
    sent = await bot.send_message(ida.person_id, "Hej")
    with pytest.raises(NotPossible, match="only one's own messages"):
        await ida.edits(sent.message_id, "Dag")
    with pytest.raises(NotPossible, match="no message 99"):
        await ida.deletes(99)
    with pytest.raises(NotPossible, match="no such person in such a chat"):
        await ana.in_chat(ida.person_id).types("Hej")
    with pytest.raises(NotPossible, match="a phone sends no parcel"):
        await ida.phones.post(f"people/{ida.person_id}/sends", {"files": [{"kind": "parcel", "content": ""}]})
    with pytest.raises(NotPossible, match="somebody who adds the bot"):
        await ida.phones.post("groups", {"title": "Nobody", "members": []})


async def test_nearly_the_right_label(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone()
    await ida.starts()
    for labels in (["Back", "Yes"], ["Yes, send it", "No"], ["1", "10", "11"]):
        rows = [[{"text": label, "callback_data": label}] for label in labels]
        await ask(server, "sendMessage", chat_id=ida.person_id, text="?", reply_markup={"inline_keyboard": rows})
    await ida.presses("0")
    await ida.presses("1")
    await ida.presses("Yes")
    with pytest.raises(NotPossible, match="there are \\[1\\] \\[10\\] \\[11\\]"):
        await ida.presses("send")
    pressed = [update.callback_query.data for update in await bot.get_updates() if update.callback_query]
    assert pressed == ["10", "1", "Yes"]


async def test_a_notice_that_nobody_asked_for(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone()
    await ida.starts()
    for number in range(3):
        await bot.send_message(ida.person_id, f"Notice {number}")
        assert (await ida.next_screen()).text == f"Notice {number}"


async def test_the_text_of_a_message_is_trimmed_with_its_entities(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone()
    await ida.starts()
    sent = await bot.send_message(ida.person_id, " \n <b> Hej </b>\x07du \n", parse_mode="HTML")
    assert sent.text == "Hej  du"
    assert [(entity.offset, entity.length) for entity in sent.entities] == [(0, 4)]
