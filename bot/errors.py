"""What can go wrong in the shell. People's slips are no errors: the conversation answers them."""
# ruff: noqa: N818 - a name that says what happened reads better where it is caught


class TelegramError(Exception):
    """A request to the Bot API did not end as it should; `message` says how."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BadRequest(TelegramError):
    """Telegram will not do what was asked, now or later (400)."""


class Forbidden(TelegramError):
    """Whoever it was for does not want to hear from the bot (403)."""


class InvalidToken(TelegramError):
    """Telegram does not know the token (401, 404)."""


class Conflict(TelegramError):
    """Another program fetches updates with this token, or a webhook is set (409)."""


class ChatMigrated(TelegramError):
    """The group has become a supergroup, with the number `new_chat_id`."""

    def __init__(self, new_chat_id: int) -> None:
        super().__init__(f"The group has become a supergroup: {new_chat_id}")
        self.new_chat_id = new_chat_id


class NetworkError(TelegramError):
    """There was no answer, or none that says what became of the request."""


class TimedOut(NetworkError):
    """There was no answer in time."""


class NotSent(NetworkError):
    """There was no connection, so the request certainly did not reach Telegram."""


class ServerTrouble(NetworkError):
    """The Bot API server answered that it failed (5xx)."""


class Flood(TelegramError):
    """Too many requests (429): nothing may be asked for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too many requests; to be repeated after {seconds:g} seconds")
        self.seconds = seconds


class AnswerTooLarge(TelegramError):
    """The answer was larger than anything Telegram sends."""


class UnreadableUpdate(Exception):
    """An update has not the form that the Bot API promises; it is set aside."""


class Unusable(Exception):
    """What was asked for cannot be done; the text is one line that says why and what to do."""
