"""Enclosures of screens, made when they are sent: pictures of links, and files."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import structlog
from telegram import InputFile
from telegram.error import BadRequest

from bot.files.stored import file_path
from bot.heavy.errors import Gone, HeavyFailed
from bot.sending.albums import TOLD
from bot.sending.notices import TOPIC
from storage.messages.outbox import PLAIN

log = structlog.get_logger("meldind.sending")

CARRIERS = {"sendPhoto": "photo", "sendDocument": "document"}
"""The parameter for the enclosure, by method."""

ABOUT_THE_BOT = frozenset({"setMyCommands", "deleteMyCommands"})
"""Methods without a chat that are sent through the outbox."""

NO_LONGER = "What was to be sent is no longer kept"

Make: TypeAlias = Callable[[str, str], Awaitable[bytes]]
"""Returns the content of an enclosure by its kind and data. Raises Gone, a HeavyFailed, or a StorageError, after which
a retry may succeed.
"""


async def completed(method: str, chat: int, payload: Mapping[str, Any], make: Make, files: Path) -> dict[str, Any]:
    """Returns the parameters of the request with its chat and enclosure; `files` is the folder of stored files."""
    parameters = dict(payload) if method in ABOUT_THE_BOT else {"chat_id": chat, **payload}
    if method.startswith("edit"):
        parameters.pop(TOPIC, None)  # an edited message stays in its topic; only a new one needs it
    for ours in (TOLD, PLAIN):
        parameters.pop(ours, None)
    enclosed = parameters.pop("enclosed", None)
    if enclosed is not None:
        parameters[CARRIERS[method]] = await _carried(enclosed, make, files)
    return parameters


async def _carried(enclosed: Mapping[str, str], make: Make, files: Path) -> str | InputFile:
    """Returns the file id if Telegram already has the content, otherwise the file."""
    kind, data, name = (enclosed[part] for part in ("kind", "data", "name"))
    match kind:
        case "photo":
            return data
        case "picture":
            content = await asyncio.to_thread(_kept, files, data)
        case "qr":
            content = qr_picture(data)
        case _:
            content = await _made(kind, data, make)
    return InputFile(content, filename=name)


def _kept(files: Path, data: str) -> bytes:
    _report, _, digest = data.partition(".")
    try:
        return file_path(files, digest).read_bytes()
    except FileNotFoundError:
        raise BadRequest(NO_LONGER) from None


async def _made(kind: str, data: str, make: Make) -> bytes:
    try:
        return await make(kind, data)
    except Gone:
        raise BadRequest(NO_LONGER) from None
    except HeavyFailed as error:  # it would fail again each time the row is taken up
        log.error("cannot make what was to be sent", kind=kind, **error.why)  # noqa: TRY400 - may quote people
        raise BadRequest("What was to be sent cannot be made") from None


def qr_picture(link: str) -> bytes:
    """Returns a QR code of `link` as PNG, large enough for a poster on a screen."""
    import segno  # imported late: imports delay the first answer, and few people need it

    picture = io.BytesIO()
    segno.make(link, micro=False, error="m").save(picture, kind="png", scale=12, border=4)
    return picture.getvalue()
