"""Telegram's limits that the specification gives in prose or not at all, and the error texts.

Lengths given as "1-64 bytes" in the specification are read from `api.json`; this module has their units, Telegram's
answers, and the rules for keyboards, commands, albums and files.
"""

import re
from collections.abc import Callable
from typing import Any

from bot.botapi.specification.errors import SpecError, broken
from bot.botapi.specification.telegram_html import utf16

MAX_BUTTONS_IN_A_ROW = 8  # observed; Telegram's clients show no more
MAX_BUTTONS = 100  # observed; Telegram drops the rest silently
MAX_UPLOAD = 50 << 20  # bytes, https://core.telegram.org/bots/api#sending-files
MAX_PHOTO = 10 << 20  # bytes, same place
MAX_DOWNLOAD = 20 << 20  # bytes, https://core.telegram.org/bots/api#getfile
PRESS_LIVES = 150  # seconds, tdlib/telegram-bot-api
EPHEMERAL_ANSWER = 15  # seconds, https://core.telegram.org/bots/api#ephemeral-messages-and-commands
INLINE_QUERY_LIVES = 30  # seconds, tdlib/telegram-bot-api
UPDATE_LIVES = 86400  # seconds, https://core.telegram.org/bots/api#getting-updates

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"[a-z]{2}")
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")  # https://core.telegram.org/bots/features#deep-linking
SECRET = re.compile(r"[A-Za-z0-9_-]*")

BUTTON_STYLES = {"danger", "success", "primary"}
RICH_BUTTON_STYLES = {*BUTTON_STYLES, "link"}
CHAT_ACTIONS = {  # https://core.telegram.org/bots/api#sendchataction
    "typing",
    "choose_sticker",
    "find_location",
    *(f"upload_{kind}" for kind in ("photo", "video", "voice", "document", "video_note")),
    *(f"record_{kind}" for kind in ("video", "voice", "video_note")),
}
NO_ACTION = {"text", "icon_custom_emoji_id", "style"}

# Telegram's error texts by "Owner.field" or by field; all others are `FIELD_INVALID`.
TOO_SHORT = {
    "sendMessage.text": "message text is empty",
    "editMessageText.text": "message text is empty",
    "editEphemeralMessageText.text": "message text is empty",
    "InputTextMessageContent.message_text": "message text is empty",
    "callback_data": "BUTTON_DATA_INVALID",
    "command": "command must be non-empty",
    "BotCommand.description": "command description must be non-empty",
    "sendMediaGroup.media": "MEDIA_EMPTY",
}
TOO_LONG = {
    "sendMessage.text": "message is too long",
    "editMessageText.text": "MESSAGE_TOO_LONG",
    "answerCallbackQuery.text": "MESSAGE_TOO_LONG",
    "caption": "message caption is too long",
    "callback_data": "BUTTON_DATA_INVALID",
    "command": "command length must not exceed 32",
    "BotCommand.description": "command description length must not exceed 256",
    "setMyCommands.commands": "BOT_COMMANDS_TOO_MUCH",
    "setWebhook.secret_token": "secret token is too long",  # nosec B105
    "sendMediaGroup.media": "Too many messages to send as an album",
}

MEASURES: dict[str, Callable[[Any], int]] = {
    "parsed": utf16,
    "characters": utf16,
    "bytes": lambda text: len(text.encode()),
    "items": len,
    "value": int,
}


def within(owner: str, name: str, size: int, least: int, most: int) -> None:
    """Raise SpecError with Telegram's text if the `size` of field `name` of `owner` is not from `least` to `most`."""
    if size < least:
        raise broken(TOO_SHORT.get(f"{owner}.{name}") or TOO_SHORT.get(name) or f"{name.upper()}_INVALID")
    if size > most:
        raise broken(TOO_LONG.get(f"{owner}.{name}") or TOO_LONG.get(name) or f"{name.upper()}_TOO_LONG")


def inline_button(button: dict[str, Any]) -> None:
    """The label is not blank, and there is exactly one action."""
    if not button["text"].strip():
        raise broken("inline keyboard button text must be non-empty")
    if button.get("style", "primary") not in BUTTON_STYLES:
        raise broken("invalid button style specified")
    match len(button.keys() - NO_ACTION):
        case 0:
            raise broken("text buttons are unallowed in the inline keyboard")
        case 1:
            pass
        case _:
            raise broken("inline keyboard button must have exactly one action")


def rich_button(button: dict[str, Any]) -> None:
    """A style that there is, and exactly one action."""
    if button.get("style", "link") not in RICH_BUTTON_STYLES:
        raise broken("invalid button style specified")
    if button.get("style") == "link" and "callback_data" not in button:
        raise broken("only callback buttons can be shown as links")
    if len(button.keys() - NO_ACTION) != 1:
        raise broken("rich message button must have exactly one action")


def reply_target(parameters: dict[str, Any]) -> None:
    """Either a message that everybody sees, or an ephemeral one."""
    if "message_id" not in parameters and "ephemeral_message_id" not in parameters:
        raise broken("can't parse reply parameters: Can't find field \"message_id\"")


def inline_keyboard(markup: dict[str, Any]) -> None:
    """At most 8 buttons in a row and 100 in all."""
    rows_within(markup["inline_keyboard"])


def reply_keyboard(markup: dict[str, Any]) -> None:
    """The same for the keyboard below the input line."""
    rows_within(markup["keyboard"])
    for row in markup["keyboard"]:
        for button in row:
            if not (button if isinstance(button, str) else button["text"]).strip():
                raise broken("keyboard button text must be non-empty")


def rows_within(rows: list[list[Any]]) -> None:
    """Raise SpecError for rows or keyboards that are too long."""
    if any(len(row) > MAX_BUTTONS_IN_A_ROW for row in rows) or sum(map(len, rows)) > MAX_BUTTONS:
        raise broken("reply markup is too long")


def command(entry: dict[str, Any]) -> None:
    """Lowercase English letters, digits and underscores."""
    if not COMMAND.fullmatch(entry["command"]):
        raise broken("BOT_COMMAND_INVALID")


def album(params: dict[str, Any]) -> None:
    """Documents and audio files go only with their own kind."""
    kinds = {item["type"] for item in params["media"]}
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise broken("can't use the media of the specified type in the album")


def language(params: dict[str, Any]) -> None:
    """Two letters, or empty for everyone else."""
    if (code := params.get("language_code", "")) and not LANGUAGE.fullmatch(code):
        raise broken("invalid language code specified")


def chat_action(params: dict[str, Any]) -> None:
    """An action that clients can show."""
    if params["action"] not in CHAT_ACTIONS:
        raise broken("wrong parameter action in request")


def webhook(params: dict[str, Any]) -> None:
    """The secret must be valid in a header."""
    if not SECRET.fullmatch(params.get("secret_token", "")):
        raise broken("secret token contains unallowed characters")


def edited_text(params: dict[str, Any]) -> None:
    """Either a text or a rich message."""
    if "text" not in params and "rich_message" not in params:
        raise broken("message text is empty")


def edit_target(params: dict[str, Any]) -> None:
    """Either a message of a chat or one sent in inline mode."""
    if "inline_message_id" not in params and "message_id" not in params:
        raise broken("message identifier is not specified")
    if "inline_message_id" not in params and "chat_id" not in params:
        raise broken("chat_id is empty")


def inline_results(params: dict[str, Any]) -> None:
    """At most 50, each with a unique id, https://core.telegram.org/bots/api#answerinlinequery."""
    if len(params["results"]) > 50:
        raise broken("Too many inline query results specified")
    if len({result["id"] for result in params["results"]}) < len(params["results"]):
        raise broken("RESULT_ID_DUPLICATE")


RULES: dict[str, tuple[Callable[[dict[str, Any]], None], ...]] = {
    "InlineKeyboardButton": (inline_button,),
    "RichMessageButton": (rich_button,),
    "ReplyParameters": (reply_target,),
    "InlineKeyboardMarkup": (inline_keyboard,),
    "ReplyKeyboardMarkup": (reply_keyboard,),
    "BotCommand": (command,),
    "sendMediaGroup": (album,),
    "sendChatAction": (chat_action,),
    "setWebhook": (webhook,),
    "editMessageText": (edit_target, edited_text),
    "editEphemeralMessageText": (edited_text,),
    "editMessageCaption": (edit_target,),
    "editMessageMedia": (edit_target,),
    "editMessageReplyMarkup": (edit_target,),
    "editMessageLiveLocation": (edit_target,),
    "stopMessageLiveLocation": (edit_target,),
    "setGameScore": (edit_target,),
    "getGameHighScores": (edit_target,),
    "answerInlineQuery": (inline_results,),
    **dict.fromkeys(
        (
            f"{verb}My{what}"
            for verb in ("set", "get", "delete")
            for what in ("Commands", "Name", "Description", "ShortDescription")
        ),
        (language,),
    ),
}


def upload_within(size: int) -> None:
    """Error 413 for a file that is too big to send."""
    if size > MAX_UPLOAD:
        raise SpecError("Request Entity Too Large", code=413)


def photo_within(size: int) -> None:
    """Error 400 for a picture that is too big for a photo."""
    if size > MAX_PHOTO:
        raise broken(f"file of size {size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes")
