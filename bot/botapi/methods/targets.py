"""Finding the chat or message that a call is about, with Telegram's answers when that is not possible."""

from typing import Any

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Chat, Json, Message, World
from bot.botapi.specification.errors import bad_request, forbidden, migrated


def chat_known(world: World, chat_id: Any) -> Chat:
    """The chat a bot may refer to by `chat_id`; 400 for one it has never heard from."""
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
    """The chat of `call`; 403 when the person there has blocked the bot."""
    chat = chat_known(call.world, call.params["chat_id"])
    if chat.type == "private" and call.world.people[chat.id].blocked:
        raise forbidden("bot was blocked by the user")
    if chat.muted:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def message_there(chat: Chat, message_id: int, purpose: str) -> Message:
    """A message of `chat` that is not deleted; 400 "message to `purpose` not found" otherwise."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise bad_request(f"message to {purpose} not found")
    return message


def in_topic(call: Call, chat: Chat) -> Json:
    """Where in its chat the message of `call` is; 400 "message thread not found" for a topic that is not there."""
    topic = call.get("message_thread_id")
    if topic is None:
        return {}
    if topic not in chat.topics:
        raise bad_request("message thread not found")
    return {"message_thread_id": topic, "is_topic_message": True}


def replied_to(call: Call, chat: Chat) -> Json:
    """The field `reply_to_message` for a message that answers another one; empty when it does not."""
    parameters = call.get("reply_parameters")
    if parameters is None:
        return {}
    message = chat.messages.get(parameters["message_id"])
    if message is None or message.deleted:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {name: value for name, value in message.body.items() if name != "reply_to_message"}}
