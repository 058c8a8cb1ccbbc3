"""What goes wrong between the bot and Telegram, and what people notice of it: as little as can be."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import structlog
from sqlalchemy import text

from bot.botapi.cloud.faults import Kind
from storage.engine.sqlite import driver
from storage.messages.outbox import Outgoing
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reporting import KEPT, acts, reports, sent_reports
from tests.bot.stage import Stage, until

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def states(work: UnitOfWork) -> list[str]:
    """The states of all outbox rows, in order."""
    rows = work.outbox._connection.execute(text("SELECT state FROM outbox ORDER BY id"))
    return [state for (state,) in rows]


def quarantined(work: UnitOfWork) -> list[str]:
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
    """Where Telegram answers all but messages, they come again, but rarely, and one day are known to have arrived."""
    chat = bot_app.talk()
    await chat.starts()
    bot_app.server.cloud.faults.add("lost_answer", method="sendMessage", times=None)
    await chat.phone.types("/help")
    await chat.phone.waits(quiet=2)
    assert sum("What I can do" in screen.text for screen in chat.phone.messages) == 2
    bot_app.server.cloud.faults.clear()
    await chat.phone.types("/privacy")
    await bot_app.settles()
    assert await bot_app.finds(states) == ["sent", "sent", "sent"]
    await chat.phone.looks()
    assert sum("What I can do" in screen.text for screen in chat.phone.messages) == 3


async def test_a_lost_answer_to_a_press_changes_nothing(bot_app: Stage) -> None:
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add("lost_answer", method="editMessageText", times=None, probability=0.5)
    await reports(chat)
    (answers,) = await bot_app.finds(sent_reports)
    assert answers.items() >= KEPT.items()


async def test_who_blocks_the_bot_hears_nothing_until_coming_back(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    waits = Outgoing(chat.phone.person_id, "sendMessage", {"text": "A notice"}, "notice", tomorrow)
    await bot_app.storage.write(lambda work: work.outbox.add(waits))
    bot_app.server.cloud.faults.add("blocked", method="sendMessage")
    await chat.phone.types("/help")
    other = bot_app.talk()
    await other.starts()
    await chat.writes("/report")
    chat.bot("in your own words")
    await bot_app.settles()
    assert await bot_app.finds(states) == ["sent", "cancelled", "failed", "sent", "sent"]


async def test_blocking_in_the_middle_and_coming_back_goes_on_where_it_was(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    await chat.phone.blocks()
    await chat.phone.unblocks()
    await chat.presses("Running")
    chat.bot("What is it called?")


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
    await reports(chat, until="Check your report before you send it.")
    (button,) = [
        button
        for row in chat.screen.raw["reply_markup"]["inline_keyboard"]
        for button in row
        if button["text"] == "Send report"
    ]
    for _ in range(3):
        await chat.phone.press_data(chat.screen.message_id, button["callback_data"])
    await chat.phone.waits(quiet=0.5)
    chat.bot("Thank you")
    assert len(await bot_app.finds(sent_reports)) == 1
    assert chat.count == len({screen.message_id for screen in chat.phone.messages if screen.by_bot})


async def test_skip_pressed_twice_skips_one_question(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await reports(chat)
    for label in ("Add more", "Add more", "Photos and links (0 of 3)"):
        await chat.presses(label)
    chat.bot("Photos and links · 1 of 4")
    (skip,) = [
        each for row in chat.screen.raw["reply_markup"]["inline_keyboard"] for each in row if each["text"] == "Skip"
    ]
    for _ in range(2):
        await chat.phone.press_data(chat.screen.message_id, skip["callback_data"])
    await bot_app.settles()
    await chat.phone.looks()
    chat.bot("Photos and links · 2 of 4")


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
    chat.bot("What do you do, who is it for, and why?")
    assert chat.count == before + 1
    assert any("out of date" in toast for toast in chat.phone.toasts)


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
        broke.setattr("bot.receiving.turns.take_turn", broken)
        await chat.writes("Aarhus")
    chat.bot("Sorry", "in your own words")
    (reason,) = await bot_app.finds(quarantined)
    code, kind = reason.split()
    assert code in chat.screen.text
    assert kind == "ZeroDivisionError"
    logged = "".join(capfd.readouterr())
    assert code in logged
    assert "secret" not in logged
    assert "Aarhus" not in logged
    await chat.writes("Aarhus")
    chat.bot("What stage is it at?")


async def test_a_text_that_telegram_cannot_read_is_sent_plain(bot_app: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    chat = bot_app.talk()
    with monkeypatch.context() as broken:
        broken.setattr("bot.telegram.rendering._styled", lambda text, *_style: f"<b>{text}")
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
    chat.bot("What is it called?")
    assert chat.screen.message_id > gone


async def test_people_are_served_side_by_side(bot_app: Stage) -> None:
    chats = [bot_app.talk(language) for language in ("da", "sl", "en") * 5]
    for chat in chats:
        await chat.phone.types("/report")
    for chat in chats:
        await chat.phone.waits()
    assert {chat.screen.text.splitlines()[-2] for chat in chats} == {
        "Fortæl om det med dine egne ord, eller videresend det, du har.",
        "Povejte s svojimi besedami ali posredujte, kar že imate.",
        "Tell about it in your own words, or forward what you have.",
    }


async def test_ones_own_messages_are_answered_in_their_order(bot_app: Stage) -> None:
    chat = bot_app.talk()
    for words in ("/report", "question by question", "Aarhus", "running", "Language café"):
        await chat.phone.types(words)
    await chat.phone.sees("What do you do, who is it for, and why?")
    said = [screen.text for screen in chat.phone.messages if screen.by_bot]
    assert [next(line for line in text.splitlines() if "?" in line) for text in said[1:]] == [
        "Which library are you reporting for?",
        "What stage is it at?",
        "What is it called?",
        "What do you do, who is it for, and why?",
    ]


async def test_an_album_is_acknowledged_once(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    before = chat.count
    await chat.phone.sends_album([b"\xff\xd8\xff1", b"\xff\xd8\xff2", b"\xff\xd8\xff3"])
    await chat.phone.waits(quiet=2)
    assert chat.count == before + 1


async def test_a_mixed_album_is_told_everything_in_one_message(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.presses("Question by question")
    before = chat.count
    await chat.phone.sends_photo(group="1")
    video = {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}
    await chat.phone.sends_raw({"video": video, "media_group_id": "1"})
    document = {"file_id": "d", "file_unique_id": "d", "file_name": "a.docx", "mime_type": "application/msword"}
    await chat.phone.sends_raw({"document": document, "media_group_id": "1"})
    await chat.phone.sends_photo(group="1")
    await chat.phone.waits(quiet=2)
    assert chat.count == before + 1
    for said in (
        "I cannot take videos.",
        "The photo is saved with this report.",
        "Which library are you reporting for?",
    ):
        assert chat.screen.text.count(said) == 1
    chat.bot("Type part of the library’s name, or the name of the municipality.")


async def test_who_begins_with_an_album_is_shown_the_privacy_notice(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.phone.sends_album([b"\xff\xd8\xff1", b"\xff\xd8\xff2"])
    await chat.phone.waits(quiet=2)
    chat.bot("Your data", "Which library are you reporting for?")


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
    chat.bot("What is it called?")


async def test_messages_and_presses_that_arrive_in_the_wrong_order_land_in_no_wrong_question(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.writes("/report")
    await chat.writes("Aarhus")
    delivery = bot_app.server.cloud.updates.delivery
    delivery.hold, delivery.permute = True, 1.0
    await chat.phone.presses("Running")
    await chat.phone.types("Language café")
    delivery.permute, delivery.hold = 0.0, False
    bot_app.server.cloud.updates.arrived.fire()
    await chat.phone.sees("What is it called?")
    await bot_app.settles()
    (report,) = await bot_app.finds(lambda work: work.reports.of(1))
    assert report.answers["status"] == "running"
    assert "title" not in report.answers  # what came before its question is asked for again
    said = [entry.params["text"] for entry in bot_app.server.journal.entries if "text" in entry.params]
    assert any("is not one of the choices" in text for text in said), said


async def test_every_button_ever_shown_is_answered_and_changes_no_report_that_was_sent(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await reports(chat)
    shown = {
        (screen.message_id, button["callback_data"])
        for screen in chat.phone.messages
        for row in (screen.raw.get("reply_markup") or {}).get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    } | {
        (entry.params.get("message_id", 2), button["callback_data"])
        for entry in bot_app.server.journal.entries
        for row in (entry.params.get("reply_markup") or {}).get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    }
    (before,) = await bot_app.finds(sent_reports)
    pressed = {await chat.phone.press_data(message, data) for message, data in sorted(shown)}
    await bot_app.settles()
    answered = {
        entry.params["callback_query_id"]
        for entry in bot_app.server.journal.entries
        if entry.method == "answerCallbackQuery"
    }
    assert len(pressed) > 30
    assert pressed <= answered
    (after,) = await bot_app.finds(sent_reports)
    assert after == before


async def test_a_press_that_can_no_longer_be_answered_undoes_nothing(bot_app: Stage) -> None:
    bot_app.server.cloud.faults.add("internal_error", method="answerCallbackQuery", times=None)
    chat = bot_app.talk()
    with structlog.testing.capture_logs() as logs:
        await reports(chat)
        await bot_app.settles()
    (answers,) = await bot_app.finds(sent_reports)
    assert answers.items() >= KEPT.items()
    assert not [entry for entry in logs if entry["event"] == "task failed"]


async def test_what_one_answer_says_in_several_messages_comes_whole_and_in_order_after_a_stop(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    bot_app.server.cloud.faults.add("bad_gateway", method="sendMessage", times=None)

    def say(work: UnitOfWork) -> None:
        for number in range(3):
            payload = {"text": f"Part {number}"}
            chat_id = chat.phone.person_id
            work.outbox.add(
                Outgoing(chat_id=chat_id, method="sendMessage", payload=payload, kind="reply", due_at=LONG_AGO)
            )

    await bot_app.storage.write(say)
    assert bot_app.application is not None
    bot_app.application.sender.look_for_unsent()
    await bot_app.stop()
    bot_app.server.cloud.faults.clear()
    await bot_app.start()
    await chat.phone.sees("Part 2", 20)  # put off before the stop, it is looked for every few seconds
    await bot_app.settles()
    parts = [screen.text for screen in chat.phone.messages if screen.text.startswith("Part")]
    assert list(dict.fromkeys(parts)) == ["Part 0", "Part 1", "Part 2"]
    assert len(parts) <= 4  # of what was on its way one may come twice


async def test_while_somebody_else_has_locked_the_database_nothing_is_said_to_be_kept(
    bot_app: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.database.BUSY_TIMEOUT", 50)
    await bot_app.restart()
    chat = bot_app.talk()
    await chat.writes("/report")
    await bot_app.settles()
    before = chat.count
    with structlog.testing.capture_logs() as logs:
        locking = driver.connect(str(bot_app.settings.data_dir / "meldind.db"), isolation_level=None)
        locking.execute("BEGIN EXCLUSIVE")
        await chat.phone.types("Aarhus")

        async def noticed() -> bool:
            return any(entry["event"] == "cannot keep updates, trying again" for entry in logs)

        await until(noticed)
        await chat.phone.looks()
        assert chat.count == before
        locking.execute("ROLLBACK")
        locking.close()
        await chat.phone.sees("What stage is it at?")
