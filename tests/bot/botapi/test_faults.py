"""Everything that may go wrong with a call, as python-telegram-bot tells it."""

import asyncio
from datetime import timedelta
from time import perf_counter

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.botapi import BotApiServer, Clock, NotPossible, Phone
from bot.botapi.cloud.faults import Kind


async def started(server: BotApiServer, name: str = "Ida") -> Phone:
    phone = server.phone(first_name=name)
    await phone.starts()
    return phone


@pytest.mark.parametrize(
    ("kind", "error", "said"),
    [
        ("too_many_requests", RetryAfter, "Flood control exceeded. Retry in 0:00:07"),
        ("internal_error", NetworkError, "Internal Server Error"),
        ("bad_gateway", NetworkError, "Bad Gateway"),
        ("unauthorized", InvalidToken, "Unauthorized"),
        ("not_found", InvalidToken, "Not Found"),
        ("conflict", Conflict, "terminated by other getUpdates request"),
        ("blocked", Forbidden, "bot was blocked by the user"),
        ("deactivated", Forbidden, "user is deactivated"),
        ("kicked", Forbidden, "bot was kicked from the group chat"),
        ("migrated", ChatMigrated, "New chat id: -1000000000001"),
        ("cut", NetworkError, "Server disconnected"),
        ("lost_answer", NetworkError, "Server disconnected"),
        ("page", TelegramError, "Invalid server response"),
    ],
)
async def test_a_fault_befalls_the_next_call(
    server: BotApiServer, bot: Bot, kind: Kind, error: type[TelegramError], said: str
) -> None:
    ida = await started(server)
    server.cloud.faults.add(kind, seconds=7)
    with pytest.raises(error, match=said):
        await bot.send_message(ida.person_id, "first")
    assert server.journal.entries[-1].faults == [kind]
    await bot.send_message(ida.person_id, "second")
    await ida.waits()
    expected = ["first", "second"] if kind == "lost_answer" else ["second"]
    assert [screen.text for screen in ida.messages if screen.by_bot] == expected
    assert server.violations == []


async def test_a_fault_is_for_a_method_and_a_chat(server: BotApiServer, bot: Bot) -> None:
    ida, ana = await started(server), await started(server, "Ana")
    server.cloud.faults.add("internal_error", method="sendMessage", chat_id=ida.person_id, times=2)
    await bot.send_message(ana.person_id, "Hej")
    await bot.send_chat_action(ida.person_id, "typing")
    for _ in range(2):
        with pytest.raises(NetworkError):
            await bot.send_message(ida.person_id, "Hej")
    await bot.send_message(ida.person_id, "Hej")


async def test_a_fault_may_strike_at_random(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    server.cloud.faults.add("internal_error", probability=0.5, times=None)
    failed = 0
    for _ in range(40):
        try:
            await bot.send_chat_action(ida.person_id, "typing")
        except NetworkError:
            failed += 1
    assert 5 < failed < 35
    server.cloud.faults.clear()
    await bot.send_chat_action(ida.person_id, "typing")


async def test_a_slow_network(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    server.cloud.faults.add("delay", chat_id=ida.person_id, seconds=0.2)
    begun = perf_counter()
    await bot.send_message(ida.person_id, "Hej")
    assert perf_counter() - begun >= 0.2
    server.cloud.faults.add("delay", chat_id=ida.person_id, seconds=5)
    with pytest.raises(TimedOut):
        await bot.send_message(ida.person_id, "Hej", read_timeout=0.1)


async def test_faults_over_the_control_interface(server: BotApiServer, bot: Bot) -> None:
    ida = await started(server)
    await ida.phones.post("faults", {"kind": "blocked", "times": None})
    for _ in range(2):
        with pytest.raises(Forbidden):
            await bot.send_message(ida.person_id, "Hej")
    await ida.phones.delete("faults")
    await bot.send_message(ida.person_id, "Hej")
    with pytest.raises(NotPossible, match="no such fault: rain"):
        await ida.phones.post("faults", {"kind": "rain"})


async def test_flood_limits(server: BotApiServer, bot: Bot, clock: Clock) -> None:
    ida, ana = await started(server), await started(server, "Ana")
    server.cloud.flood.on = True
    for _ in range(5):
        await bot.send_message(ida.person_id, "Hej")
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(ida.person_id, "Hej")
    assert wait.value.retry_after == timedelta(seconds=1)
    assert server.cloud.flood.ignored == 0
    with pytest.raises(RetryAfter):
        await bot.send_message(ida.person_id, "Hej")
    assert server.cloud.flood.ignored == 1
    await bot.send_message(ana.person_id, "Hej")
    clock.advance(1)
    await bot.send_message(ida.person_id, "Hej")
    assert server.violations == []


async def test_flood_limits_of_groups_and_overall(server: BotApiServer, bot: Bot, clock: Clock) -> None:
    people = [await started(server, str(number)) for number in range(40)]
    group = (await people[0].phones.post("groups", {"title": "Team", "members": [people[0].person_id]}))["id"]
    server.cloud.flood.on = True
    for _ in range(20):
        await bot.send_message(group, "Hej")
    with pytest.raises(RetryAfter):
        await bot.send_message(group, "Hej")
    clock.advance(60)
    sent = await asyncio.gather(
        *(bot.send_message(person.person_id, "Hej") for person in people), return_exceptions=True
    )
    assert sum(isinstance(result, RetryAfter) for result in sent) == 10


async def test_groups(server: BotApiServer, bot: Bot) -> None:
    ida, ana = await started(server), await started(server, "Ana")
    made = await ida.phones.post("groups", {"title": "Team", "members": [ida.person_id, ana.person_id]})
    in_group = ana.in_chat(made["id"])
    await in_group.types("Hello both")
    await bot.send_message(made["id"], "Write to me privately: reports do not belong in a group.")
    assert (await in_group.waits()).text == "Write to me privately: reports do not belong in a group."
    updates = await bot.get_updates()
    assert [update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member] == ["member"]
    assert updates[-1].message
    assert updates[-1].message.chat.title == "Team"
    assert (await bot.get_chat(made["id"])).title == "Team"
    assert await bot.get_chat_member_count(made["id"]) == 3
    assert (await bot.get_chat_member(made["id"], ana.person_id)).status == "member"
    assert [member.status for member in await bot.get_chat_administrators(made["id"])] == ["creator"]

    moved = await ida.phones.post(f"groups/{made['id']}/migrate", {})
    with pytest.raises(ChatMigrated) as error:
        await bot.send_message(made["id"], "Hej")
    assert error.value.new_chat_id == moved["id"]
    await bot.send_message(moved["id"], "Hej")
    told = [update.message.migrate_to_chat_id for update in await bot.get_updates() if update.message]
    assert moved["id"] in told

    await ida.phones.post(f"groups/{moved['id']}/kick", {})
    with pytest.raises(Forbidden, match="bot was kicked from the supergroup chat"):
        await bot.send_message(moved["id"], "Hej")
    left = await ida.phones.post("groups", {"title": "Other", "members": [ida.person_id]})
    assert await bot.leave_chat(left["id"])
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(left["id"], "Hej")
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(ida.person_id)
