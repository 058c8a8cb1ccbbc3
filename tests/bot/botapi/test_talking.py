"""A bot and a person talk: sending, pressing, editing, deleting, seen from both sides."""

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Forbidden

from bot.botapi import BotApiServer, Clock, NotPossible, Phone

from .asking import ask


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label.lower())] for label in labels])


async def updates(bot: Bot, offset: int = 0) -> tuple[Update, ...]:
    return await bot.get_updates(offset=offset, timeout=5)


async def started(server: BotApiServer) -> Phone:
    phone = server.phone(language="da", first_name="Ida")
    await phone.starts()
    return phone


async def test_a_whole_conversation_seen_from_both_sides(server: BotApiServer, bot: Bot) -> None:
    ida = server.phone(language="da", first_name="Ida")
    await ida.command("/start")
    (start,) = await updates(bot)
    assert start.message
    assert start.message.from_user
    assert (start.message.text, start.message.from_user.language_code) == ("/start", "da")
    assert start.message.entities[0].type == "bot_command"

    sent = await bot.send_message(
        ida.person_id, "<b>Hej</b> &amp; velkommen", parse_mode="HTML", reply_markup=keyboard("Dansk", "English")
    )
    assert (sent.text, sent.entities[0].type) == ("Hej & velkommen", "bold")
    screen = await ida.waits()
    assert (screen.text, screen.buttons) == ("Hej & velkommen", (("Dansk",), ("English",)))

    await ida.presses("Dansk")
    (press,) = await updates(bot, start.update_id + 1)
    assert press.callback_query
    assert press.callback_query.message
    assert (press.callback_query.data, press.callback_query.message.message_id) == ("dansk", sent.message_id)
    await press.callback_query.answer("Gemt")
    await bot.edit_message_text("Tak!", ida.person_id, sent.message_id)
    screen = await ida.waits()
    assert (screen.text, screen.buttons, screen.edited, ida.toasts) == ("Tak!", (), True, ["Gemt"])

    assert await ida.transcript() == (
        "Ida: /start\n"
        "bot: Hej & velkommen\n"
        "     [Dansk]\n"
        "     [English]\n"
        "Ida presses [Dansk]\n"
        "toast: Gemt\n"
        "bot edits: Tak!\n"
    )
    assert await ida.interactions() == [
        ("types “/start”", ["sendMessage"]),
        ("presses Dansk", ["answerCallbackQuery", "editMessageText"]),
    ]
    assert server.violations == []


async def test_an_edit_that_changes_nothing(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    sent = await bot.send_message(ida.person_id, "<i>Hej</i>", parse_mode="HTML", reply_markup=keyboard("A"))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply markup"):
        await bot.edit_message_text(
            "<em>Hej</em>", ida.person_id, sent.message_id, parse_mode="HTML", reply_markup=keyboard("A")
        )
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(ida.person_id, sent.message_id, reply_markup=keyboard("A"))
    await bot.edit_message_reply_markup(ida.person_id, sent.message_id, reply_markup=keyboard("B"))
    await bot.edit_message_text("Hej", ida.person_id, sent.message_id, reply_markup=keyboard("B"))
    await bot.edit_message_text("Hej", ida.person_id, sent.message_id)
    assert (await ida.waits()).buttons == ()
    assert server.violations == []  # none of this is against the specification


async def test_messages_that_cannot_be_edited_or_deleted(server: BotApiServer, bot: Bot, clock: Clock) -> None:
    ida = await started(server)
    own = await ida.types("mine")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", ida.person_id, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", ida.person_id, own)
    sent = await bot.send_message(ida.person_id, "Hej")
    await bot.delete_message(ida.person_id, sent.message_id)
    await bot.delete_message(ida.person_id, own)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(ida.person_id, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", ida.person_id, sent.message_id)
    old = await bot.send_message(ida.person_id, "Hej")
    clock.advance(48 * 3600)
    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await bot.delete_message(ida.person_id, old.message_id)
    await ida.looks()
    assert [screen.text for screen in ida.messages] == ["/start", "Hej"]


async def test_a_press_on_an_old_button_comes_with_an_inaccessible_message(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    sent = await bot.send_message(ida.person_id, "Hej", reply_markup=keyboard("A"))
    await bot.delete_messages(ida.person_id, [sent.message_id, 12345])
    await ida.press_data(sent.message_id, "forged")
    press = (await updates(bot))[-1].callback_query
    assert press
    assert press.message
    assert press.data == "forged"
    assert not press.message.is_accessible
    with pytest.raises(NotPossible, match="no button “B”"):
        await ida.presses("B")


async def test_presses_live_for_150_seconds(server: BotApiServer, bot: Bot, clock: Clock) -> None:
    ida = await started(server)
    sent = await bot.send_message(ida.person_id, "Hej", reply_markup=keyboard("A"))
    await ida.presses("A")
    press = (await updates(bot))[-1]
    assert press.callback_query
    clock.advance(149)
    assert await press.callback_query.answer()
    clock.advance(1)
    with pytest.raises(BadRequest, match="Query is too old and response timeout expired or query id is invalid"):
        await press.callback_query.answer()
    await ida.press_data(sent.message_id, "a")
    clock.advance(150)
    assert await bot.get_updates(offset=press.update_id + 1) == ()


async def test_chats_that_cannot_be_written_to(server: BotApiServer, bot: Bot) -> None:
    stranger = server.phone(first_name="Ana")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(stranger.person_id, "Hej")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message("@somebody", "Hej")
    ida = await started(server)
    await ida.blocks()
    with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
        await bot.send_message(ida.person_id, "Hej")
    with pytest.raises(NotPossible, match="blocked"):
        await ida.types("Hej")
    await ida.starts()
    await bot.send_message(ida.person_id, "Hej")
    changes = [update.my_chat_member for update in await updates(bot) if update.my_chat_member]
    assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]
    await ida.disappears()
    with pytest.raises(Forbidden, match="Forbidden: user is deactivated"):
        await bot.send_message(ida.person_id, "Hej")
    assert server.violations == []


async def test_a_keyboard_below_the_input_line(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    rows: list[list[str | KeyboardButton]] = [["Skip", KeyboardButton("My location", request_location=True)]]
    await bot.send_message(ida.person_id, "Where?", reply_markup=ReplyKeyboardMarkup(rows))
    await ida.waits()
    assert ida.keyboard == (("Skip", "My location"),)
    await ida.presses("My location")
    await ida.presses("Skip")
    *_, place, skip = await updates(bot)
    assert place.message
    assert place.message.location
    assert skip.message
    assert skip.message.text == "Skip"
    await bot.send_message(ida.person_id, "Thanks", reply_markup=ReplyKeyboardRemove())
    await ida.waits()
    assert not ida.keyboard


async def test_a_link_into_the_bot_opens_it(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    link = InlineKeyboardButton("Report", url="https://t.me/meldind_local_bot?start=c_summer")
    elsewhere = InlineKeyboardButton("Elsewhere", url="https://example.org")
    await bot.send_message(ida.person_id, "A call", reply_markup=InlineKeyboardMarkup([[link, elsewhere]]))
    await ida.presses("Report")
    last = (await updates(bot))[-1].message
    assert last
    assert last.text == "/start c_summer"
    with pytest.raises(NotPossible, match="leads elsewhere"):
        await ida.presses("Elsewhere")


@pytest.mark.parametrize(("payload", "arrives"), [("i_Ab-9", "/start i_Ab-9"), ("ø", "/start"), ("x" * 65, "/start")])
async def test_payloads_telegram_does_not_allow_are_dropped(
    server: BotApiServer, bot: Bot, payload: str, arrives: str
) -> None:
    ida = server.phone()
    await ida.starts(payload)
    (update,) = await updates(bot)
    assert update.message
    assert update.message.text == arrives


async def test_people_edit_forward_and_send_odd_things(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    own = await ida.types("Story tiem")
    await ida.edits(own, "Story time")
    await ida.forwards("From the newsletter")
    await ida.shares_contact("+4511111111")
    await ida.sends_raw({"dice": {"emoji": "🎲", "value": 3}})
    await ida.types("x" * 5000)
    _, _, edited, forward, contact, dice, first, second = await updates(bot)
    assert edited.edited_message
    assert edited.edited_message.text == "Story time"
    assert forward.message
    assert forward.message.forward_origin
    assert contact.message
    assert contact.message.contact
    assert contact.message.contact.user_id == ida.person_id
    assert dice.message
    assert dice.message.dice
    assert first.message
    assert first.message.text
    assert len(first.message.text) == 4096
    assert second.message
    assert second.message.text
    assert len(second.message.text) == 904
    with pytest.raises(NotPossible):
        await ida.types("   ")


async def test_copying_forwarding_and_replying(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    own = await ida.types("A word")
    await bot.forward_message(ida.person_id, ida.person_id, own)
    copy = await bot.copy_message(ida.person_id, ida.person_id, own)
    reply = await bot.send_message(ida.person_id, "To that", reply_parameters=ReplyParameters(copy.message_id))
    assert reply.reply_to_message
    assert reply.reply_to_message.text == "A word"
    assert (await ida.waits()).text == "To that"
    assert [screen.text for screen in ida.messages][-3:] == ["(forwarded) A word", "A word", "To that"]
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(ida.person_id, "x", reply_parameters=ReplyParameters(999))
    lenient = ReplyParameters(999, allow_sending_without_reply=True)
    await bot.send_message(ida.person_id, "x", reply_parameters=lenient)
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(ida.person_id, ida.person_id, 999)
    assert server.violations == []


async def test_inline_queries(server: BotApiServer, bot: Bot, clock: Clock) -> None:
    ida = await started(server)
    query_id = await ida.inline_query("park")
    asked = (await updates(bot))[-1].inline_query
    assert asked
    assert (asked.query, asked.id) == ("park", query_id)
    article = {"type": "article", "id": "1", "title": "Park", "input_message_content": {"message_text": "Park"}}
    assert (await ask(server, "answerInlineQuery", inline_query_id=query_id, results=[article]))["ok"]
    await ida.looks()
    assert [result["title"] for result in ida.inline_results] == ["Park"]
    clock.advance(30)
    late = await ask(server, "answerInlineQuery", inline_query_id=query_id, results=[article])
    assert late["description"].startswith("Bad Request: query is too old")


async def test_what_the_bot_says_about_itself(server: BotApiServer, bot: Bot) -> None:
    assert (await bot.get_me()).username == "meldind_local_bot"
    await bot.set_my_commands([("report", "Report an initiative")])
    await bot.set_my_commands([("report", "Indberet et tiltag")], language_code="da")
    ida, ana = server.phone(language="da"), server.phone(language="sl")
    assert await ida.commands() == ["/report – Indberet et tiltag"]
    assert await ana.commands() == ["/report – Report an initiative"]
    assert [command.description for command in await bot.get_my_commands(language_code="da")] == ["Indberet et tiltag"]
    await bot.delete_my_commands(language_code="da")
    assert await ida.commands() == ["/report – Report an initiative"]
    await bot.set_my_name("Javi", language_code="sl")
    assert [(await bot.get_my_name(code)).name for code in ("sl", "da")] == ["Javi", "Meldind"]
    await bot.set_my_short_description("Kort")
    assert (await bot.get_my_short_description()).short_description == "Kort"
    await bot.set_chat_menu_button()
    assert (await bot.get_chat_menu_button()).type == "default"
    assert server.violations == []


async def test_waiting_for_a_bot_that_says_nothing_shows_the_chat(server: BotApiServer) -> None:
    ida = await started(server)
    with pytest.raises(TimeoutError, match="Ida: /start"):
        await ida.waits(timeout=0.05)
    with pytest.raises(TimeoutError):
        await ida.sees("anything", timeout=0.05)
    with pytest.raises(NotPossible, match="said nothing"):
        ida.screen  # noqa: B018
