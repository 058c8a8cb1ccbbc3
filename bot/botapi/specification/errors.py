"""Telegram's error answers: a code, a description, and sometimes parameters.

The texts are those of Telegram's own server (tdlib/telegram-bot-api and tdlib/td): bots distinguish errors by them.
"""

from collections.abc import Mapping


class ApiError(Exception):
    """The call is answered with `ok: false`, `code` and `description`.

    `parameters` are the machine-readable hints of ResponseParameters (`retry_after` in seconds, `migrate_to_chat_id`).
    """

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class SpecError(ApiError):
    """The request violates the published specification or a limit: a mistake of the bot in any state of the world."""

    def __init__(self, description: str, code: int = 400) -> None:
        super().__init__(code, description)


def bad_request(what: str) -> ApiError:
    """400: the request is valid but impossible in the current state."""
    return ApiError(400, f"Bad Request: {what}")


def broken(what: str) -> SpecError:
    """400: the request is not allowed by the specification or its limits."""
    return SpecError(f"Bad Request: {what}")


def forbidden(what: str) -> ApiError:
    """403: the bot may not do this here."""
    return ApiError(403, f"Forbidden: {what}")


def conflict(what: str) -> ApiError:
    """409: two ways of receiving updates conflict."""
    return ApiError(409, f"Conflict: {what}")


def too_many(retry_after: int) -> ApiError:
    """429: wait `retry_after` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def not_modified() -> ApiError:
    """400: an edit that would change nothing."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message"
    )


def query_too_old() -> ApiError:
    """400: a press or an inline query can no longer be answered."""
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def migrated(to_chat_id: int) -> ApiError:
    """400: the group was migrated to the supergroup `to_chat_id`."""
    return ApiError(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": to_chat_id}
    )
