"""Finds the chat or message that a call is about, or raises Telegram's error."""

from typing import Any

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Chat, Json, Message, World
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


def replied_to(call: Call, chat: Chat) -> Json:
    """Returns the field `reply_to_message` of a message that answers another one; otherwise empty."""
    parameters = call.get("reply_parameters")
    if parameters is None:
        return {}
    message = chat.messages.get(parameters["message_id"])
    if message is None or message.deleted:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {name: value for name, value in message.body.items() if name != "reply_to_message"}}
