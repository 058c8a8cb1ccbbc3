"""The methods that change or delete a message that only one person of a group sees."""

from bot.botapi.cloud.cloud import Call
from bot.botapi.methods.editing import caption_of, media_of, replace, text_of, without_keyboard
from bot.botapi.methods.targets import ephemeral_message


def edit_text(call: Call) -> bool:
    """editEphemeralMessageText."""
    chat, message = ephemeral_message(call, "edit")
    replace(call, chat, message, text_of(call, chat))
    return True


def edit_caption(call: Call) -> bool:
    """editEphemeralMessageCaption; without a caption it is removed."""
    chat, message = ephemeral_message(call, "edit")
    replace(call, chat, message, caption_of(call, message))
    return True


def edit_media(call: Call) -> bool:
    """editEphemeralMessageMedia."""
    chat, message = ephemeral_message(call, "edit")
    replace(call, chat, message, media_of(call, chat))
    return True


def edit_reply_markup(call: Call) -> bool:
    """editEphemeralMessageReplyMarkup; without a keyboard it is removed."""
    chat, message = ephemeral_message(call, "edit")
    replace(call, chat, message, without_keyboard(message))
    return True


def delete_message(call: Call) -> bool:
    """deleteEphemeralMessage."""
    chat, message = ephemeral_message(call, "delete")
    call.world.delete(chat, message, by=None)
    return True


HANDLERS = {
    "editEphemeralMessageText": edit_text,
    "editEphemeralMessageCaption": edit_caption,
    "editEphemeralMessageMedia": edit_media,
    "editEphemeralMessageReplyMarkup": edit_reply_markup,
    "deleteEphemeralMessage": delete_message,
}
