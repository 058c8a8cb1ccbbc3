"""Enclosures of screens, made when they are sent: pictures of links, and files."""

import asyncio
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from telegram import InputFile
from telegram.error import BadRequest

from bot.files.stored import file_path
from bot.runtime.logs import described
from bot.sending.albums import TOLD
from bot.sending.notices import TOPIC
from storage.engine.errors import StorageError
from storage.session.storage import Storage

log = structlog.get_logger("meldind.sending")

CARRIERS = {"sendPhoto": "photo", "sendDocument": "document"}
"""The parameter for the enclosure, by method."""

ABOUT_THE_BOT = frozenset({"setMyCommands", "deleteMyCommands"})
"""Methods without a chat that are sent through the outbox."""

NO_LONGER = "What was to be sent is no longer kept"


async def completed(
    method: str, chat: int, payload: Mapping[str, Any], storage: Storage, files: Path
) -> dict[str, Any]:
    """Returns the parameters of the request with its chat and enclosure; `files` is the folder of stored files."""
    parameters = dict(payload) if method in ABOUT_THE_BOT else {"chat_id": chat, **payload}
    if method.startswith("edit"):
        parameters.pop(TOPIC, None)  # an edited message stays in its topic; only a new one needs it
    parameters.pop(TOLD, None)
    enclosed = parameters.pop("enclosed", None)
    if enclosed is not None:
        parameters[CARRIERS[method]] = await _carried(enclosed, storage, files)
    return parameters


async def _carried(enclosed: Mapping[str, str], storage: Storage, files: Path) -> str | InputFile:
    """Returns the file id if Telegram already has the content, otherwise the file."""
    kind, data, name = (enclosed[part] for part in ("kind", "data", "name"))
    if kind == "photo":
        return data
    if kind == "picture":
        return InputFile(await asyncio.to_thread(_kept, files, data), filename=name)
    return InputFile(await _content(kind, data, storage), filename=name)


def _kept(files: Path, data: str) -> bytes:
    _report, _, digest = data.partition(".")
    try:
        return file_path(files, digest).read_bytes()
    except FileNotFoundError:
        raise BadRequest(NO_LONGER) from None


async def _content(kind: str, data: str, storage: Storage) -> bytes:
    if kind == "qr":
        return qr_picture(data)
    if kind != "audit":
        return await asyncio.to_thread(_made, kind, data, storage)
    lines = await storage.read(lambda work: list(work.audit.lines()))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _made(kind: str, data: str, storage: Storage) -> bytes:
    from bot.files.making import Gone, made

    try:
        return made(kind, data, storage)
    except Gone:
        raise BadRequest(NO_LONGER) from None
    except StorageError:
        raise  # a retry may succeed
    except Exception as error:  # noqa: BLE001 - it would fail again each time the row is taken up
        log.error("cannot make what was to be sent", kind=kind, **described(error))  # noqa: TRY400 - may quote people
        raise BadRequest("What was to be sent cannot be made") from None


def qr_picture(link: str) -> bytes:
    """Returns a QR code of `link` as PNG, large enough for a poster on a screen."""
    import segno  # imported late: imports delay the first answer, and few people need it

    picture = io.BytesIO()
    segno.make(link, micro=False, error="m").save(picture, kind="png", scale=12, border=4)
    return picture.getvalue()
