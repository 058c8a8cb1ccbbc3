"""What goes wrong between the bot and Telegram, and what people notice of it: as little as can be."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.botapi.faults import Kind
from storage.work import Work
from tests.bot.reporting import KEPT, acts, reports, sent_reports
from tests.bot.stage import Stage


def states(work: Work) -> list[str]:
    """The states of all outbox rows, in order."""
    rows = work.outbox._connection.execute(text("SELECT state FROM outbox ORDER BY id"))
    return [state for (state,) in rows]


def quarantined(work: Work) -> list[str]:
    """Why updates were set aside."""
    rows = work.inbox._connection.execute(text("SELECT reason FROM inbox WHERE state = 'quarantined' ORDER BY id"))
    return [reason for (reason,) in rows]


@pytest.mark.parametrize("kind", ["cut", "lost_answer", "internal_error", "bad_gateway", "too_many_requests"])
async def test_a_reply_that_fails_once_arrives_all_the_same(bot_app: Stage, kind: Kind) -> None:
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add(kind, method="sendMessage", seconds=1)
    await chat.starts()
    chat.bot("Welcome")
    await bot_app.settles()
    assert await bot_app.finds(states) == ["sent"]


async def test_an_answer_lost_on_the_way_costs_one_repeated_message_and_no_more(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    bot_app.server.cloud.faults.add("lost_answer", method="sendMessage", times=None)
    await chat.phone.types("/help")
    await chat.phone.waits(quiet=2)
    assert sum("What I can do" in screen.text for screen in chat.phone.messages) == 2
    bot_app.server.cloud.faults.clear()
    await chat.writes("/privacy")
    await bot_app.settles()
    assert await bot_app.finds(states) == ["sent", "uncertain", "sent"]


async def test_a_lost_answer_to_a_press_changes_nothing(bot_app: Stage) -> None:
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add("lost_answer", method="editMessageText", times=None, probability=0.5)
    await reports(chat)
    (answers,) = await bot_app.finds(sent_reports)
    assert answers.items() >= KEPT.items()


async def test_who_blocks_the_bot_hears_nothing_until_coming_back(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    bot_app.server.cloud.faults.add("blocked", method="sendMessage")
    await chat.phone.types("/help")
    other = bot_app.talk()
    await other.starts()
    await chat.writes("/report")
    chat.bot("Which library")
    await bot_app.settles()
    assert await bot_app.finds(states) == ["sent", "failed", "sent", "sent"]


async def test_blocking_in_the_middle_and_coming_back_goes_on_where_it_was(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    await chat.phone.blocks()
    await chat.phone.unblocks()
    await chat.presses("Running")
    chat.bot("What do you call it")


async def test_too_many_requests_make_everything_wait_and_nothing_is_lost(bot_app: Stage) -> None:
    bot_app.server.cloud.flood.on = True
    bot_app.server.cloud.faults.add("too_many_requests", method="sendMessage", seconds=2)
    chats = [bot_app.talk() for _ in range(3)]
    for chat in chats:
        await chat.phone.starts()
    for chat in chats:
        await chat.phone.waits()
        chat.bot("Welcome")
    assert bot_app.server.cloud.flood.ignored == 0


async def test_everything_is_delivered_twice_and_out_of_order_and_one_report_comes_of_it(bot_app: Stage) -> None:
    delivery = bot_app.server.cloud.updates.delivery
    delivery.redeliver, delivery.repeat_presses = 0.5, 1.0
    chat = bot_app.talk()
    await reports(chat)
    (answers,) = await bot_app.finds(sent_reports)
    assert answers.items() >= KEPT.items()


async def test_a_button_pressed_twice_counts_once(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await reports(chat, until="ready to send")
    (button,) = [
        button
        for row in chat.screen.raw["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "Send now"
    ]
    for _ in range(3):
        await chat.phone.press_data(chat.screen.message_id, button["callback_data"])
    await chat.phone.waits(quiet=0.5)
    chat.bot("Thank you")
    assert len(await bot_app.finds(sent_reports)) == 1
    assert chat.count == len({screen.message_id for screen in chat.phone.messages if screen.by_bot})


async def test_an_old_button_changes_nothing_and_shows_where_one_stands(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    old = chat.screen
    await chat.writes("running")
    await chat.writes("Language café")
    before = chat.count
    await chat.phone.presses("Finished", message_id=old.message_id)
    await chat.phone.waits()
    chat.bot("What do you do, for whom")
    assert chat.count == before + 1
    assert any("earlier" in toast for toast in chat.phone.toasts)


POISON: list[dict[str, Any]] = [
    {"message": {}},
    {"message": {"message_id": "seven", "from": {"id": 1}, "chat": {"id": 1, "type": "private"}, "text": "x"}},
    {"callback_query": {"id": 5}},
    {"edited_message": []},
    {"my_chat_member": {"chat": {"id": 1, "type": "private"}}},
    {"poll": {"id": "1"}},
    {"message": {"message_id": 1, "chat": {"id": 2**80, "type": "private"}, "from": {"id": 2**80}, "text": "x"}},
]


async def test_what_cannot_be_read_is_set_aside_and_holds_up_nobody(bot_app: Stage) -> None:
    for body in POISON:
        bot_app.server.cloud.updates.push_raw(body, 0)
    chat = bot_app.talk()
    await chat.starts()
    chat.bot("Welcome")
    assert bot_app.server.cloud.updates.pending_count() <= 1
    await bot_app.settles()
    assert len(await bot_app.finds(quarantined)) == len(POISON) - 1  # a poll is not for us, and well formed


async def test_what_is_nested_beyond_reading_is_set_aside_and_holds_up_nobody(bot_app: Stage) -> None:
    deep: Any = "end"
    for _ in range(900):
        deep = [deep]
    for body in ({"message": deep}, {"message": {"message_id": 1, "chat": {"id": 7, "type": "private"}, "text": deep}}):
        bot_app.server.cloud.updates.push_raw(body, 0)
    deepest: Any = "end"
    for _ in range(5_000):
        deepest = [deepest]
    assert bot_app.application is not None
    await bot_app.application.intake.keep([{"update_id": 1, "message": deepest}, deepest])
    chat = bot_app.talk()
    await chat.starts()
    chat.bot("Welcome")
    await bot_app.settles()
    assert len(await bot_app.finds(quarantined)) == 4


async def test_half_a_character_and_nul_arrive_as_something_visible(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    await chat.presses("Running")
    await chat.sends(text="Caf\ud800é \0 <b>&amp; \u202egnirts")
    await chat.writes("A summary that is long enough to be taken.")
    await chat.presses("Done")
    await chat.writes("/cancel")
    await chat.writes("/myreports")
    assert any("Caf\ufffdé <b>&amp; gnirts" in label for label in chat.labels)


async def test_a_turn_that_fails_is_told_with_a_code_and_the_screen_stays(
    bot_app: Stage, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret of Aarhus")

    with monkeypatch.context() as broke:
        broke.setattr("bot.turns.take_turn", broken)
        await chat.writes("Aarhus")
    chat.bot("Sorry", "Which library")
    (reason,) = await bot_app.finds(quarantined)
    code, kind = reason.split()
    assert code in chat.screen.text
    assert kind == "ZeroDivisionError"
    logged = "".join(capfd.readouterr())
    assert code in logged
    assert "secret" not in logged
    assert "Aarhus" not in logged
    await chat.writes("Aarhus")
    chat.bot("How far has it come")


async def test_a_text_that_telegram_cannot_read_is_sent_plain(bot_app: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = bot_app.talk()
    with monkeypatch.context() as broken:
        broken.setattr("bot.rendering._styled", lambda text, *_style: f"<b>{text}")
        await chat.starts()
    chat.bot("Welcome")
    bot_app.server.journal.violations.clear()  # it was meant to be wrong


async def test_a_button_of_a_message_that_is_gone_brings_a_new_one(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    button = chat.screen.raw["reply_markup"]["inline_keyboard"][1][0]
    gone = chat.screen.message_id
    await chat.phone.deletes(gone)
    await chat.phone.press_data(gone, button["callback_data"])
    await chat.phone.waits()
    chat.bot("What do you call it")
    assert chat.screen.message_id > gone


async def test_people_are_served_side_by_side(bot_app: Stage) -> None:
    chats = [bot_app.talk(language) for language in ("da", "sl", "en") * 5]
    for chat in chats:
        await chat.phone.types("/report")
    for chat in chats:
        await chat.phone.waits()
    assert {chat.screen.text.splitlines()[-2] for chat in chats} == {
        "Hvilket bibliotek skriver du for?",
        "Iz katere knjižnice pišete?",
        "Which library are you writing for?",
    }


async def test_ones_own_messages_are_answered_in_their_order(bot_app: Stage) -> None:
    chat = bot_app.talk()
    for words in ("/report", "Aarhus", "running", "Language café"):
        await chat.phone.types(words)
    await chat.phone.sees("What do you do, for whom")
    said = [screen.text for screen in chat.phone.messages if screen.by_bot]
    assert [next(line for line in text.splitlines() if "?" in line) for text in said] == [
        "Which library are you writing for?",
        "How far has it come?",
        "What do you call it?",
        "What do you do, for whom and why?",
    ]


async def test_an_album_is_acknowledged_once(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    before = chat.count
    await chat.phone.sends_album([b"\xff\xd8\xff1", b"\xff\xd8\xff2", b"\xff\xd8\xff3"])
    await chat.phone.waits(quiet=2)
    assert chat.count == before + 1


async def test_a_group_is_told_once_and_left(bot_app: Stage) -> None:
    chat = bot_app.talk("da")
    group = await chat.phone.phones.post("groups", {"title": "Biblioteker", "members": [chat.phone.person_id]})
    there = chat.phone.in_chat(group["id"])
    screen = await there.waits()
    assert "privat" in screen.text
    await bot_app.settles()
    assert [entry.method for entry in bot_app.server.journal.entries if entry.chat_id == group["id"]] == [
        "sendMessage",
        "leaveChat",
    ]


async def test_after_an_orderly_stop_one_goes_on_where_one_was(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    await bot_app.restart()
    assert await acts(chat)
    await chat.phone.waits()
    chat.bot("What do you call it")
