"""Errors of the shell. People's mistakes are not errors: the conversation answers them."""
# ruff: noqa: N818 - a name that says what happened reads better where it is caught

from collections.abc import Iterable

from telegram.error import NetworkError, TelegramError


class NotSent(NetworkError):
    """There was no connection, so the request did not reach Telegram."""


class ServerTrouble(NetworkError):
    """The Bot API server answered with an internal error (5xx)."""


class NotTelegram(NetworkError):
    """The answer is not from Telegram, but from something on the way, such as a hotel's network or a proxy."""


class Flood(TelegramError):
    """Too many requests (429): no request may be sent for `seconds`.

    It replaces the library's RetryAfter, which raises a deprecation warning when created.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many requests; to be repeated after {seconds:g} seconds")
        self.seconds = seconds


class AnswerTooLarge(TelegramError):
    """The answer was larger than anything Telegram sends."""


class UnreadableUpdate(Exception):
    """An update does not have the form of the Bot API; it is set aside."""


class Unusable(Exception):
    """A request cannot be done; the text is one line that says why and what to do."""


def alternatives(choices: Iterable[str]) -> str:
    """Returns `choices`, of which there are at least two, as a sentence lists them: "da, sl or en"."""
    *others, last = choices
    return f"{', '.join(others)} or {last}"
