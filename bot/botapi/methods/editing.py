"""The methods that change or delete messages."""

from typing import Any

from bot.botapi.cloud import media
from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.world import Chat, Json, Message, content_of
from bot.botapi.methods.sending import CAPTION, picked
from bot.botapi.methods.targets import chat_known, message_there
from bot.botapi.rich.blocks import rich_message
from bot.botapi.specification.errors import bad_request, not_modified

DELETABLE_FOR = 48 * 3600  # seconds, https://core.telegram.org/bots/api#deletemessage


def target(call: Call) -> tuple[Chat, Message]:
    """Returns the bot's message that `call` wants to edit."""
    if "inline_message_id" in call.params:
        raise bad_request("MESSAGE_ID_INVALID")  # this server sends no messages in inline mode
    chat = chat_known(call.world, call.params["chat_id"])
    message = message_there(chat, call.params["message_id"], "edit")
    if not message.by_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return chat, message


def replace(call: Call, chat: Chat, message: Message, content: Json) -> Json:
    """Give `message` the new `content` and the keyboard of `call`; error 400 if nothing would change."""
    content = {**content, **picked(call.params, "reply_markup")}
    if content.get("reply_markup") == {"inline_keyboard": []}:
        del content["reply_markup"]
    if message.body.get("has_protected_content"):
        content["has_protected_content"] = True
    if content == content_of(message.body):
        raise not_modified()
    call.cloud.flood.spend(chat.id)
    return call.world.edit(chat, message, content, by=None)


def edit_text(call: Call) -> Json:
    """editMessageText."""
    chat, message = target(call)
    if "text" not in message.body and "rich_message" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return replace(call, chat, message, text_of(call, chat))


def text_of(call: Call, chat: Chat) -> Json:
    """Returns the new text of `call`, or the rich message in its place."""
    if "rich_message" in call.params:
        return {"rich_message": rich_message(call.world, chat, call.params["rich_message"], call.uploads)}
    return picked(call.params, "text", "entities", "link_preview_options")


def edit_caption(call: Call) -> Json:
    """editMessageCaption; without a caption it is removed."""
    chat, message = target(call)
    return replace(call, chat, message, caption_of(call, message))


def caption_of(call: Call, message: Message) -> Json:
    """Returns the content of `message` with the caption of `call`."""
    if "text" in message.body:
        raise bad_request("there is no caption in the message to edit")
    kept = {name: value for name, value in without_keyboard(message).items() if name not in CAPTION}
    caption = picked(call.params, *CAPTION)
    return {**kept, **({} if caption.get("caption") == "" else caption)}


def edit_media(call: Call) -> Json:
    """editMessageMedia."""
    chat, message = target(call)
    return replace(call, chat, message, media_of(call, chat))


def media_of(call: Call, chat: Chat) -> Json:
    """Returns the content with the file of `call`."""
    item = call.params["media"]
    _, shown = media.sent_by_bot(call.world, chat, item["type"], item["media"], call.uploads)
    return {**shown, **picked(item, *CAPTION)}


def edit_reply_markup(call: Call) -> Json:
    """editMessageReplyMarkup; without a keyboard it is removed."""
    chat, message = target(call)
    return replace(call, chat, message, without_keyboard(message))


def without_keyboard(message: Message) -> Json:
    """Returns the content of `message` without its keyboard."""
    return {name: value for name, value in content_of(message.body).items() if name != "reply_markup"}


def delete_message(call: Call) -> bool:
    """deleteMessage; error 400 if it is gone or older than two days."""
    chat = chat_known(call.world, call.params["chat_id"])
    message = message_there(chat, call.params["message_id"], "delete")
    if not deletable(call, message):
        raise bad_request("message can't be deleted for everyone")
    call.world.delete(chat, message, by=None)
    return True


def delete_messages(call: Call) -> bool:
    """deleteMessages: deletes those that can be deleted; the others are ignored."""
    chat = chat_known(call.world, call.params["chat_id"])
    for message_id in call.params["message_ids"]:
        message: Any = chat.messages.get(message_id)
        if message is not None and not message.deleted and deletable(call, message):
            call.world.delete(chat, message, by=None)
    return True


def deletable(call: Call, message: Message) -> bool:
    """Returns whether `message` is young enough."""
    return bool(call.world.clock.now() - message.body["date"] < DELETABLE_FOR)


HANDLERS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
