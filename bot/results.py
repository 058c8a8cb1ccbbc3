"""What the Bot API answers: a result, or a reason why there is none."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.errors import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Flood,
    Forbidden,
    InvalidToken,
    NetworkError,
    ServerTrouble,
    TelegramError,
)

_REFUSALS: Mapping[int, type[TelegramError]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.NOT_FOUND: InvalidToken,  # which is also said to a token that has not the form of one
    HTTPStatus.CONFLICT: Conflict,
}


def result(status: int, body: bytes) -> Any:
    """The result in an answer. Raises the TelegramError that it stands for where there is none."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerTrouble(f"The Bot API server failed ({status}).")
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise Flood(_retry_after(body))
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        answer = _parsed(body)
        if "result" not in answer:
            raise TelegramError("The answer has no result.")
        return answer["result"]
    raise _refusal(status, body)


def _refusal(status: int, body: bytes) -> TelegramError:
    try:
        answer = _parsed(body)
    except TelegramError:
        answer = {}
    parameters = answer.get("parameters")
    if isinstance(parameters, Mapping) and type(new := parameters.get("migrate_to_chat_id")) is int:
        return ChatMigrated(new)
    return _REFUSALS.get(status, NetworkError)(str(answer.get("description") or f"HTTP status {status}"))


def _parsed(body: bytes) -> dict[str, Any]:
    """The answer as a dictionary; what cannot be read is never quoted."""
    try:
        parsed = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise TelegramError("The answer is not JSON.") from error
    if not isinstance(parsed, dict):
        raise TelegramError("The answer is not a JSON object.")
    return parsed


def _retry_after(body: bytes) -> float:
    """The seconds Telegram asks to wait; a few where it does not say."""
    try:
        return max(float(json.loads(body)["parameters"]["retry_after"]), 0.0)
    except (ValueError, KeyError, TypeError):
        return 3.0
