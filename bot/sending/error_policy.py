"""The error policy: what an error of the Bot API means for the message that was being sent."""

from dataclasses import dataclass
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    TelegramError,
)

from bot.runtime.errors import Flood, NotSent, ServerTrouble


class Fate(Enum):
    """The consequence of an error for a message."""

    AS_SENT = "what it says is shown already"
    LATER = "it did not arrive, and may the next time"
    FAILED_THERE = "the server failed; hardly, but perhaps, it arrived"
    UNCERTAIN = "it may have arrived"
    ANEW = "the message it should replace is gone: it has to be one of its own"
    OLDER = "the server is too old for a part of its format: without that"
    PLAIN = "its format was not understood: without"
    REFUSED = "it will never be taken"
    STOPPED = "the person does not want to hear from the bot"
    MUTED = "the bot is there, and may not write"
    NO_TOPIC = "the topic is gone or closed: without"
    FLOOD = "too much at once: everything waits"
    LOCKED_OUT = "the token is not taken: everything waits"
    MOVED = "the chat has another number now"


IN_DOUBT = frozenset({Fate.UNCERTAIN, Fate.FAILED_THERE})
"""It is unknown whether the message arrived."""

ANSWERED = frozenset(
    {Fate.AS_SENT, Fate.ANEW, Fate.OLDER, Fate.PLAIN, Fate.NO_TOPIC, Fate.REFUSED, Fate.STOPPED, Fate.MUTED, Fate.MOVED}
)
"""Telegram answered with an error about this message."""

NOT_TAKEN = frozenset({Fate.OLDER, Fate.PLAIN, Fate.REFUSED})
"""Telegram does not take the message in this form."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fate of a message, with its details."""

    fate: Fate
    reason: str
    seconds: float = 0.0
    """Seconds for which all sending waits (FLOOD)."""
    chat: int = 0
    """The new id of the chat (MOVED)."""


# Parts of the error texts of tdlib/telegram-bot-api; these errors have no codes.
_NOT_MODIFIED = "message is not modified"
_NOTHING_TO_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid", "message not found")
_NO_TOPIC = ("message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
_MUTED = (
    "not enough rights to send",
    "have no rights to send a message",
    "need administrator rights in the channel chat",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
)
# An older server does not see the rich message in an edit, and misses a text.
_OLDER = ('unsupported start tag "tg-time"', "message text is empty")
_NO_METHOD = "method not found"
_NOT_UNDERSTOOD = ("can't parse entities", "can't find end of the entity", "unsupported start tag")


def judge(error: TelegramError) -> Verdict:
    """Returns the verdict on a message for the `error` of the request that sends or edits it."""
    # In python-telegram-bot BadRequest and TimedOut are NetworkErrors, so certain errors are checked first.
    reason = f"{type(error).__name__}: {error.message}"
    match error:
        case Flood():
            return Verdict(Fate.FLOOD, reason, seconds=error.seconds)
        case ChatMigrated():
            return Verdict(Fate.MOVED, reason, chat=error.new_chat_id)
        case Forbidden():
            return Verdict(Fate.STOPPED, reason)
        case InvalidToken() if _NO_METHOD in error.message.casefold():
            return Verdict(Fate.OLDER, reason)  # both have the status 404
        case InvalidToken():
            return Verdict(Fate.LOCKED_OUT, reason)
        case BadRequest():
            return Verdict(_refusal(error.message.casefold()), reason)
        case NotSent() | Conflict():
            return Verdict(Fate.LATER, reason)
        case ServerTrouble():
            return Verdict(Fate.FAILED_THERE, reason)
        case _:
            return Verdict(Fate.UNCERTAIN, reason)


def _refusal(text: str) -> Fate:
    if _NOT_MODIFIED in text:
        return Fate.AS_SENT
    if any(part in text for part in _NOTHING_TO_EDIT):
        return Fate.ANEW
    if any(part in text for part in _OLDER):
        return Fate.OLDER
    if any(part in text for part in _NOT_UNDERSTOOD):
        return Fate.PLAIN
    if any(part in text for part in _NO_TOPIC):
        return Fate.NO_TOPIC
    if any(part in text for part in _MUTED):
        return Fate.MUTED
    return Fate.REFUSED
