"""What each error of the Bot API means for a message. The texts are those of tdlib/telegram-bot-api."""

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.runtime.errors import Flood, NotSent, ServerTrouble
from bot.sending.error_policy import Fate, judge


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (BadRequest("Message is not modified: specified new message content is the same"), Fate.AS_SENT),
        (BadRequest("Message to edit not found"), Fate.ANEW),
        (BadRequest("Message can't be edited"), Fate.ANEW),
        (BadRequest("MESSAGE_ID_INVALID"), Fate.ANEW),
        (BadRequest("Can't parse entities: unsupported start tag"), Fate.PLAIN),
        (BadRequest('Can\'t parse entities: Unsupported start tag "tg-time" at byte offset 18'), Fate.OLDER),
        (BadRequest("Message text is empty"), Fate.OLDER),  # an edit whose rich message the server does not know
        (InvalidToken("Not Found: method not found"), Fate.OLDER),
        (BadRequest("Message is too long"), Fate.REFUSED),
        (BadRequest("Chat not found"), Fate.REFUSED),
        (Forbidden("Forbidden: bot was blocked by the user"), Fate.STOPPED),
        (Forbidden("Forbidden: user is deactivated"), Fate.STOPPED),
        (InvalidToken("Unauthorized"), Fate.LOCKED_OUT),
        (ChatMigrated(-1005), Fate.MOVED),
        (Flood(7), Fate.FLOOD),
        (NotSent("x"), Fate.LATER),
        (ServerTrouble("x"), Fate.FAILED_THERE),
        (TimedOut("x"), Fate.UNCERTAIN),
        (NetworkError("x"), Fate.UNCERTAIN),
        (TelegramError("The answer is not JSON."), Fate.UNCERTAIN),
    ],
)
def test_what_becomes_of_a_message(error: TelegramError, fate: Fate) -> None:
    assert judge(error).fate is fate


BY_CODE: dict[int, type[TelegramError]] = {400: BadRequest, 401: InvalidToken, 403: Forbidden, 404: InvalidToken}

SAID = {
    Fate.AS_SENT: """
        400 message is not modified: specified new message content and reply markup are exactly the same as a current
        content and reply markup of the message""",
    Fate.ANEW: """
        400 message to edit not found | 400 message can't be edited | 400 MESSAGE_ID_INVALID | 400 message not found""",
    Fate.PLAIN: """
        400 can't parse entities: Unsupported start tag "x" at byte offset 0 |
        400 can't parse entities: Can't find end tag corresponding to start tag "b" |
        400 can't parse entities: Unexpected end tag at byte offset 7 |
        400 can't parse entities: Can't find end of the entity starting at byte offset 3""",
    Fate.REFUSED: """
        400 chat not found | 400 PEER_ID_INVALID | 400 user not found | 400 chat_id is empty
        | 400 message is too long | 400 MESSAGE_TOO_LONG | 400 message caption is too long
        | 400 message must be non-empty | 400 BUTTON_DATA_INVALID | 400 reply markup is too long
        | 400 strings must be encoded in UTF-8 | 400 wrong file identifier/HTTP URL specified | 400 group is deactivated
        | 400 can't upload file by URL | 400 file must be non-empty
        | 400 Wrong type of the web page content | 400 Failed to get HTTP URL content | 400 PHOTO_INVALID_DIMENSIONS
        | 400 message to be replied not found
        | 400 query is too old and response timeout expired or query ID is invalid""",
    Fate.MUTED: """
        400 not enough rights to send text messages to the chat | 400 have no rights to send a message
        | 400 need administrator rights in the channel chat | 400 CHAT_WRITE_FORBIDDEN | 400 CHAT_RESTRICTED
        | 400 not enough rights to send documents to the chat | 400 CHAT_SEND_PLAIN_FORBIDDEN""",
    Fate.NO_TOPIC: "400 message thread not found | 400 TOPIC_CLOSED | 400 TOPIC_DELETED | 400 TOPIC_ID_INVALID",
    Fate.STOPPED: """
        403 bot was blocked by the user | 403 user is deactivated | 403 bot can't initiate conversation with a user
        | 403 bot was kicked from the group chat | 403 bot was kicked from the supergroup chat
        | 403 bot is not a member of the channel chat | 403 the group chat was deleted
        | 403 bot can't send messages to bots""",
    Fate.LOCKED_OUT: "401 Unauthorized | 404 Not Found",
}


@pytest.mark.parametrize(
    ("said", "fate"), [(" ".join(said.split()), fate) for fate, texts in SAID.items() for said in texts.split("|")]
)
def test_what_telegrams_own_words_mean(said: str, fate: Fate) -> None:
    code, _space, text = said.partition(" ")
    prefix = {"400": "Bad Request: ", "403": "Forbidden: "}.get(code, "")
    for error in (BY_CODE[int(code)](text), BY_CODE[int(code)](prefix + text), BY_CODE[int(code)](text.upper())):
        assert judge(error).fate is fate


def test_what_goes_along_with_it() -> None:
    assert judge(Flood(7)).seconds == 7
    assert judge(ChatMigrated(-1005)).chat == -1005
