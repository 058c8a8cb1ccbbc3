"""Messages in a group that only one person sees."""

from typing import Any

import pytest

from bot.botapi import BotApiServer, Clock, Phone

from .asking import ask, refused

BUTTON = {"inline_keyboard": [[{"text": "Mine", "callback_data": "mine"}]]}


async def group_of(server: BotApiServer) -> tuple[Phone, Phone, int]:
    """The phones of two members in a group, and the group."""
    ida, bo = server.phone(), server.phone(first_name="Bo")
    group = (await ida.phones.post("groups", {"title": "G", "members": [ida.person_id, bo.person_id]}))["id"]
    return ida.in_chat(group), bo.in_chat(group), group


async def pressed(server: BotApiServer, ida: Phone, group: int) -> tuple[int, str]:
    """A message with a button that Ida has pressed, and the press."""
    sent = (await ask(server, "sendMessage", chat_id=group, text="For all", reply_markup=BUTTON))["result"]
    return sent["message_id"], await ida.press_data(sent["message_id"], "mine")


async def test_an_answer_to_a_press_is_seen_by_who_pressed_alone(server: BotApiServer) -> None:
    ida, bo, group = await group_of(server)
    _, press = await pressed(server, ida, group)
    only = {"receiver_user_id": ida.person_id, "callback_query_id": press}
    given: dict[str, Any] = {"chat_id": group, "text": "<b>Yours</b>", "parse_mode": "HTML", "reply_markup": BUTTON}
    sent = (await ask(server, "sendMessage", **given, ephemeral_message_parameters=only))["result"]
    assert (sent["message_id"], sent["receiver_user"]["first_name"]) == (0, "Ida")
    assert sent["ephemeral_message_id"] > 0
    await ida.looks()
    await bo.looks()
    assert (ida.screen.text, ida.screen.ephemeral, ida.screen.labels) == ("Yours", True, ("Mine",))
    assert bo.screen.text == "For all"
    assert "bot (to Ida alone): Yours" in await ida.transcript()
    await ida.presses("Mine")
    (update,) = [
        each["callback_query"]
        for each in (await ask(server, "getUpdates", allowed_updates=["callback_query"]))["result"]
        if each.get("callback_query", {}).get("message", {}).get("ephemeral_message_id")
    ]
    assert update["message"]["ephemeral_message_id"] == sent["ephemeral_message_id"]
    assert server.violations == []


async def test_it_changes_and_goes_by_its_own_number(server: BotApiServer) -> None:
    ida, _, group = await group_of(server)
    _, press = await pressed(server, ida, group)
    only = {"receiver_user_id": ida.person_id, "callback_query_id": press}
    sent = (await ask(server, "sendMessage", chat_id=group, text="Yours", ephemeral_message_parameters=only))["result"]
    it = {"chat_id": group, "receiver_user_id": ida.person_id, "ephemeral_message_id": sent["ephemeral_message_id"]}
    assert (await ask(server, "editEphemeralMessageText", **it, text="Now", reply_markup=BUTTON))["result"] is True
    await ida.looks()
    assert (ida.screen.text, ida.screen.edited, ida.screen.labels) == ("Now", True, ("Mine",))
    assert "not modified" in await refused(server, "editEphemeralMessageText", **it, text="Now", reply_markup=BUTTON)
    assert (await ask(server, "editEphemeralMessageReplyMarkup", **it))["result"] is True
    rich = {"blocks": [{"type": "paragraph", "text": "Rich"}]}
    assert (await ask(server, "editEphemeralMessageText", **it, rich_message=rich))["result"] is True
    await ida.looks()
    assert ida.screen.text == "Rich"
    assert "message text is empty" in await refused(server, "editEphemeralMessageText", **it)
    other = {**it, "receiver_user_id": ida.person_id + 1}
    assert "message to delete not found" in await refused(server, "deleteEphemeralMessage", **other)
    assert (await ask(server, "deleteEphemeralMessage", **it))["result"] is True
    await ida.looks()
    assert ida.screen.text == "For all"
    assert "message to delete not found" in await refused(server, "deleteEphemeralMessage", **it)


async def test_a_photo_changes_its_caption_and_its_file(server: BotApiServer) -> None:
    ida, _, group = await group_of(server)
    file_id = server.world.chats[group]
    _, press = await pressed(server, ida, group)
    photo = await ida.sends_photo()
    sizes = server.world.chats[group].messages[photo].body["photo"]
    only = {"receiver_user_id": ida.person_id, "callback_query_id": press}
    given: dict[str, Any] = {"chat_id": group, "photo": sizes[-1]["file_id"], "ephemeral_message_parameters": only}
    sent = (await ask(server, "sendPhoto", **given, caption="A"))["result"]
    it = {"chat_id": group, "receiver_user_id": ida.person_id, "ephemeral_message_id": sent["ephemeral_message_id"]}
    assert (await ask(server, "editEphemeralMessageCaption", **it, caption="B"))["result"] is True
    assert file_id.ephemeral[sent["ephemeral_message_id"]].body["caption"] == "B"
    item = {"type": "photo", "media": sizes[0]["file_id"], "caption": "C"}
    assert (await ask(server, "editEphemeralMessageMedia", **it, media=item))["result"] is True
    await ida.looks()
    assert ida.screen.text == "(photo) C"


async def test_it_can_stand_in_the_place_of_what_was_pressed(server: BotApiServer) -> None:
    ida, bo, group = await group_of(server)
    _, press = await pressed(server, ida, group)
    only = {"receiver_user_id": ida.person_id, "callback_query_id": press, "replace_callback_query_message": True}
    await ask(server, "sendMessage", chat_id=group, text="Yours", ephemeral_message_parameters=only)
    await ida.looks()
    await bo.looks()
    assert [screen.text for screen in ida.messages if screen.by_bot] == ["Yours"]
    assert [screen.text for screen in bo.messages if screen.by_bot] == ["For all"]


async def test_whom_it_may_not_be_sent_to(server: BotApiServer, clock: Clock) -> None:
    ida, bo, group = await group_of(server)
    await server.phone(first_name="Eva").starts()
    _, press = await pressed(server, ida, group)

    async def why(receiver: int, chat_id: int = group, **more: Any) -> str:
        only = {"receiver_user_id": receiver, **more}
        return await refused(server, "sendMessage", chat_id=chat_id, text="x", ephemeral_message_parameters=only)

    rights = "not enough rights to send ephemeral messages to the user"
    assert rights in await why(ida.person_id)
    assert rights in await why(bo.person_id, callback_query_id=press)
    assert rights in await why(ida.person_id, callback_query_id="7")
    assert "user not found" in await why(503, callback_query_id=press)
    assert "only to groups" in await why(503, chat_id=503)
    clock.advance(16)
    assert rights in await why(ida.person_id, callback_query_id=press)
    server.world.chats[group].bot_status = "administrator"
    only = {"receiver_user_id": bo.person_id}
    assert (await ask(server, "sendMessage", chat_id=group, text="x", ephemeral_message_parameters=only))["ok"]
    assert server.violations == []


async def test_a_command_that_only_the_bot_sees_is_answered_unseen(server: BotApiServer) -> None:
    ida, bo, group = await group_of(server)
    commands = [
        {"command": "mine", "description": "Mine", "is_ephemeral": True},
        {"command": "all", "description": "A"},
    ]
    await ask(server, "setMyCommands", commands=commands, scope={"type": "all_group_chats"})
    await ida.command("/all")
    await ida.command(f"/mine@{server.world.bot['username']} please")
    sent = [
        each["message"] for each in (await ask(server, "getUpdates"))["result"] if "text" in each.get("message", {})
    ]
    assert [message.get("ephemeral_message_id", 0) > 0 for message in sent] == [False, True]
    assert (sent[1]["message_id"], sent[1]["receiver_user"]["is_bot"]) == (0, True)
    await bo.looks()
    assert [screen.text for screen in bo.messages if "/" in screen.text] == ["/all"]
    reply = {"ephemeral_message_id": sent[1]["ephemeral_message_id"]}
    given: dict[str, Any] = {"chat_id": group, "text": "Yours", "reply_parameters": reply}
    assert "must be an ephemeral message" in await refused(server, "sendMessage", **given)
    only = {"receiver_user_id": ida.person_id}
    assert (await ask(server, "sendMessage", **given, ephemeral_message_parameters=only))["ok"]
    assert "(to the bot alone): /mine" in await ida.transcript()
    assert "Can't find field" in await refused(server, "sendMessage", chat_id=group, text="x", reply_parameters={})


@pytest.mark.parametrize("version", ["10.1", "10.2"])
async def test_an_older_server_sends_it_to_everybody(version: str) -> None:
    async with BotApiServer(api_version=version) as server:
        ida, bo, group = await group_of(server)
        only = {"receiver_user_id": ida.person_id}
        sent = (await ask(server, "sendMessage", chat_id=group, text="x", ephemeral_message_parameters=only))["result"]
        assert "ephemeral_message_id" not in sent
        await bo.looks()
        assert bo.screen.text == "x"
        assert server.violations == []


async def test_topics_of_a_private_chat(server: BotApiServer) -> None:
    ida = server.phone()
    await ida.starts()
    assert not (await ask(server, "getMe"))["result"]["has_topics_enabled"]
    made = (await ask(server, "createForumTopic", chat_id=ida.person_id, name="Report"))["result"]
    assert made["name"] == "Report"
    assert (await ask(server, "getMe"))["result"]["has_topics_enabled"]
    topic = made["message_thread_id"]
    sent = (await ask(server, "sendMessage", chat_id=ida.person_id, text="x", message_thread_id=topic))["result"]
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    edited = await ask(server, "editMessageText", chat_id=501, message_id=sent["message_id"], text="y")
    assert edited["result"]["message_thread_id"] == topic
    other = (await ida.phones.post(f"groups/{ida.person_id}/topics", {}))["topic"]
    assert (await ask(server, "sendMessage", chat_id=ida.person_id, text="x", message_thread_id=other))["ok"]
    why = await refused(server, "sendMessage", chat_id=ida.person_id, text="x", message_thread_id=9999)
    assert why == "Bad Request: message thread not found"
