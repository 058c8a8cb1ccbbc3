"""What each error of the Bot API means for a message. The texts are those of tdlib/telegram-bot-api."""

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.errors import Flood, NotSent, ServerTrouble
from bot.fates import Fate, judge


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (BadRequest("Message is not modified: specified new message content is the same"), Fate.AS_SENT),
        (BadRequest("Message to edit not found"), Fate.ANEW),
        (BadRequest("Message can't be edited"), Fate.ANEW),
        (BadRequest("MESSAGE_ID_INVALID"), Fate.ANEW),
        (BadRequest("Can't parse entities: unsupported start tag"), Fate.PLAIN),
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


def test_what_goes_along_with_it() -> None:
    assert judge(Flood(7)).seconds == 7
    assert judge(ChatMigrated(-1005)).chat == -1005
