"""Finds the chat or message that a call is about, or raises Telegram's error."""

from typing import Any

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Chat, Json, Message, Person, World
from bot.botapi.specification import limits
from bot.botapi.specification.errors import bad_request, forbidden, migrated


def chat_known(world: World, chat_id: Any) -> Chat:
    """Returns the chat with `chat_id`; error 400 if the bot has never heard from it."""
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or (chat.type == "private" and not world.people[chat.id].started):
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.type != "private":
        if chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        if chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
    elif world.people[chat.id].deactivated:
        raise forbidden("user is deactivated")
    return chat


def chat_to_write_to(call: Call) -> Chat:
    """Returns the chat of `call`; error 403 if the person there has blocked the bot."""
    chat = chat_known(call.world, call.params["chat_id"])
    if chat.type == "private" and call.world.people[chat.id].blocked:
        raise forbidden("bot was blocked by the user")
    if chat.muted:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def message_there(chat: Chat, message_id: int, purpose: str) -> Message:
    """Returns an existing message of `chat`; otherwise error 400 "message to `purpose` not found"."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"message to {purpose} not found")
    return message


def in_topic(call: Call, chat: Chat) -> Json:
    """Returns the topic fields of the message of `call`; error 400 "message thread not found" if the topic does not
    exist.
    """
    topic = call.get("message_thread_id")
    if topic is None:
        return {}
    if topic not in chat.topics:
        raise bad_request("message thread not found")
    return {"message_thread_id": topic, "is_topic_message": True}


def receiver_of(call: Call, chat: Chat) -> Person | None:
    """Returns the only person who is to see the message of `call`; None: everybody is.

    Error 400 if they may not get it: an administrator may send to any member, others only soon after what they answer.
    """
    given = call.get("ephemeral_message_parameters")
    answered = (call.get("reply_parameters") or {}).get("ephemeral_message_id")
    if given is None:
        if answered is not None:
            raise bad_request("a reply to an ephemeral message must be an ephemeral message")
        return None
    if chat.type == "private":
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    person = call.world.people.get(given["receiver_user_id"])
    if person is None or person.id not in chat.members:
        raise bad_request("user not found")
    if not (chat.bot_status == "administrator" or answers(call, chat, person, answered, given)):
        raise bad_request("not enough rights to send ephemeral messages to the user")
    return person


def answers(call: Call, chat: Chat, person: Person, answered: int | None, given: Json) -> bool:
    """Returns whether an ephemeral message to `person` answers a press or an ephemeral message of theirs in time."""
    since = call.world.clock.now() - limits.EPHEMERAL_ANSWER
    if "callback_query_id" in given:
        query = call.world.queries.get(given["callback_query_id"])
        return query is not None and (query.person, query.chat_id) == (person.id, chat.id) and query.asked_at >= since
    message = chat.ephemeral.get(answered) if answered is not None else None
    return message is not None and message.only == person.id and message.body["date"] >= int(since)


def replaced_by(call: Call) -> int | None:
    """Returns the number of the message in whose place the ephemeral message of `call` is to be seen."""
    given = call.get("ephemeral_message_parameters") or {}
    query = call.world.queries.get(given.get("callback_query_id", ""))
    return query.message_id if query is not None and given.get("replace_callback_query_message") else None


def ephemeral_message(call: Call, purpose: str) -> tuple[Chat, Message]:
    """Returns the ephemeral message that `call` is about, and its chat; error 400 "message to `purpose` not found"."""
    chat = chat_known(call.world, call.params["chat_id"])
    message = chat.ephemeral.get(call.params["ephemeral_message_id"])
    if message is None or message.deleted or message.only != call.params["receiver_user_id"]:
        raise bad_request(f"message to {purpose} not found")
    return chat, message


def replied_to(call: Call, chat: Chat) -> Json:
    """Returns the field `reply_to_message` of a message that answers another one; otherwise empty."""
    parameters = call.get("reply_parameters")
    if parameters is None:
        return {}
    if "ephemeral_message_id" in parameters:
        return {}  # `receiver_of` has checked it; the field may be left out for an ephemeral message
    message = chat.messages.get(parameters["message_id"])
    if message is None or message.deleted:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {name: value for name, value in message.body.items() if name != "reply_to_message"}}
