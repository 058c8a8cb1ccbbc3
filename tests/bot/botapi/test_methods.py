"""Methods that the other tests do not come across."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden

from bot.botapi import PIXEL, BotApiServer, Phone
from bot.botapi.server import events
from bot.botapi.specification.spec import CURRENT
from bot.botapi.specification.values import Mismatch

from .asking import ask, refused


async def started(server: BotApiServer) -> Phone:
    phone = server.phone()
    await phone.starts()
    return phone


async def test_places_contacts_and_polls(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    place = await bot.send_location(ida.person_id, 55.5, 12.5, heading=90)
    assert place.location
    assert place.location.heading == 90
    contact = await bot.send_contact(ida.person_id, "+4511111111", "Anna")
    assert contact.contact
    poll = await bot.send_poll(ida.person_id, "Which?", ["a", "b"])
    assert poll.poll
    assert poll.poll.question == "Which?"
    assert (await bot.send_dice(ida.person_id)).dice
    sticker = await bot.send_sticker(ida.person_id, b"RIFF0000WEBP")
    assert sticker.sticker
    note = await bot.send_video_note(ida.person_id, b"film", length=200)
    assert note.video_note
    assert note.video_note.length == 200
    assert (await bot.send_audio(ida.person_id, b"song", title="Song")).audio
    assert (await bot.send_animation(ida.person_id, b"film")).animation
    assert await bot.log_out()
    assert await bot.close()
    assert server.violations == []


async def test_several_at_once(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    ids = [await ida.types("one"), await ida.types("two")]
    assert len(await bot.forward_messages(ida.person_id, ida.person_id, ids)) == 2
    assert len(await bot.copy_messages(ida.person_id, ida.person_id, ids)) == 2
    photo = await bot.send_photo(ida.person_id, PIXEL, caption="<b>a</b>", parse_mode="HTML")
    await bot.copy_message(ida.person_id, ida.person_id, photo.message_id, caption="b")
    await ida.looks()
    assert [screen.text for screen in ida.messages][-4:] == ["one", "two", "(photo) a", "(photo) b"]


async def test_protected_content(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    secret = await bot.send_message(ida.person_id, "Only here", protect_content=True)
    assert secret.has_protected_content
    with pytest.raises(BadRequest, match="Message can't be forwarded"):
        await bot.forward_message(ida.person_id, ida.person_id, secret.message_id)
    edited = await bot.edit_message_text("Still only here", ida.person_id, secret.message_id)
    assert getattr(edited, "has_protected_content", False)


async def test_edits_of_the_wrong_kind(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    send = {"chat_id": ida.person_id}
    text = await bot.send_message(ida.person_id, "Hej")
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(ida.person_id, text.message_id, caption="x")
    asked = await bot.send_message(ida.person_id, "Which?", reply_markup=ReplyKeyboardMarkup([["A"]]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", ida.person_id, asked.message_id)
    assert "MESSAGE_ID_INVALID" in await refused(server, "editMessageText", inline_message_id="1", text="x")
    assert "chat_id is empty" in await refused(server, "editMessageText", message_id=1, text="x")
    assert "message to edit not found" in await refused(server, "stopPoll", **send, message_id=99)
    empty: dict[str, list[str]] = {"inline_keyboard": []}
    with_buttons = InlineKeyboardMarkup([[InlineKeyboardButton("A", callback_data="a")]])
    sent = await bot.send_message(ida.person_id, "Hej", reply_markup=with_buttons)
    assert (await ask(server, "editMessageReplyMarkup", **send, message_id=sent.message_id, reply_markup=empty))["ok"]
    assert (await ida.waits()).buttons == ()


async def test_press_answers(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    query_id = await ida.press_data(1, "x")
    await bot.answer_callback_query(query_id, "Done", show_alert=True, url="https://t.me/meldind_local_bot?start=x")
    await bot.answer_callback_query(query_id, "Twice")
    await ida.looks()
    assert ida.toasts == ["Done"]


async def test_who_is_in_a_chat(server: BotApiServer, bot: Bot) -> None:
    ida, ana = await started(server), server.phone(first_name="Ana")
    group = (await ida.phones.post("groups", {"title": "Team", "members": [ida.person_id]}))["id"]
    assert (await bot.get_chat_member(group, bot.id)).status == "member"
    assert (await bot.get_chat_member(group, ana.person_id)).status == "left"
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(group, 9)
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.leave_chat(ida.person_id)
    server.world.chats[group].bot_status = "administrator"
    assert [member.status for member in await bot.get_chat_administrators(group)] == ["creator", "administrator"]
    await ida.phones.post(f"groups/{group}/kick", {})
    with pytest.raises(Forbidden):
        await bot.get_chat(group)
    assert (await bot.get_chat(ida.person_id)).first_name == "Ida"


def test_unions_are_checked_to_the_bottom() -> None:
    check = CURRENT.check_for(("RichText",))
    text = ["Hej ", {"type": "bold", "text": ["dear ", {"type": "italic", "text": "Ida"}]}]
    assert check(text, []) == text
    with pytest.raises(Mismatch, match='RichTextItalic: Field "text" must be of type'):
        check([{"type": "bold", "text": [{"type": "italic", "text": 5}]}], [])
    with pytest.raises(Mismatch, match="must be one of"):
        check({"type": "loud", "text": "x"}, [])


async def test_who_listens_too_slowly_is_cut_off(server: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "WAITING", 2)
    streams = events.Events()
    queue: asyncio.Queue[bytes | None] = asyncio.Queue()
    streams._queues.add(queue)
    for entry in range(3):
        streams._send("call", {"number": entry})
    assert [queue.get_nowait() is None for _ in range(3)] == [False, False, True]
    assert not streams._queues


async def test_the_options_of_a_poll_may_be_plain_texts(server: BotApiServer) -> None:
    await server.phone().starts()
    for options in (["Ja", "Nej"], '["Ja", "Nej"]', ["Ja", {"text": "Nej"}]):
        sent = (await ask(server, "sendPoll", chat_id=501, question="Nu?", options=options))["result"]
        assert [option["text"] for option in sent["poll"]["options"]] == ["Ja", "Nej"]
        assert (sent["poll"]["question"], sent["poll"]["type"], sent["poll"]["is_anonymous"]) == (
            "Nu?",
            "regular",
            True,
        )
    assert server.violations == []
    assert "OPTIONS_INVALID" not in await refused(server, "sendPoll", chat_id=501, question="Nu?", options=[7])
