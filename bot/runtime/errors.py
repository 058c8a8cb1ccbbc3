"""What can go wrong in the shell. People's slips are no errors: the conversation answers them."""
# ruff: noqa: N818 - a name that says what happened reads better where it is caught

from telegram.error import NetworkError, TelegramError


class NotSent(NetworkError):
    """There was no connection, so the request certainly did not reach Telegram."""


class ServerTrouble(NetworkError):
    """The Bot API server answered that it failed (5xx)."""


class NotTelegram(NetworkError):
    """What answered is not Telegram, but something on the way: the page of a hotel's network, or of a proxy."""


class Flood(TelegramError):
    """Too many requests (429): nothing may be asked for `seconds`.

    In place of the library's RetryAfter, whose mere making is a deprecation warning.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many requests; to be repeated after {seconds:g} seconds")
        self.seconds = seconds


class AnswerTooLarge(TelegramError):
    """The answer was larger than anything Telegram sends."""


class UnreadableUpdate(Exception):
    """An update has not the form that the Bot API promises; it is set aside."""


class Unusable(Exception):
    """What was asked for cannot be done; the text is one line that says why and what to do."""
