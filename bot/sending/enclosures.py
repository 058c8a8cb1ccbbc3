"""What goes with a screen and is made only when it is sent: pictures of links, and files."""

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
"""The parameter that carries what is enclosed, by the method that sends it."""

ABOUT_THE_BOT = frozenset({"setMyCommands", "deleteMyCommands"})
"""Methods that belong to no chat, though they go the way of messages."""

NO_LONGER = "What was to be sent is no longer kept"


async def completed(
    method: str, chat: int, payload: Mapping[str, Any], storage: Storage, files: Path
) -> dict[str, Any]:
    """The parameters of the request: with its chat, and with the content of what is enclosed, kept `files` too."""
    parameters = dict(payload) if method in ABOUT_THE_BOT else {"chat_id": chat, **payload}
    if method.startswith("edit"):
        parameters.pop(TOPIC, None)  # a message stays in its topic; one of its own in its place goes there
    parameters.pop(TOLD, None)
    enclosed = parameters.pop("enclosed", None)
    if enclosed is not None:
        parameters[CARRIERS[method]] = await _carried(enclosed, storage, files)
    return parameters


async def _carried(enclosed: Mapping[str, str], storage: Storage, files: Path) -> str | InputFile:
    """What Telegram has already, by its name there; everything else as a file."""
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
        raise  # it may be made later
    except Exception as error:  # noqa: BLE001 - it would fail again each time the row is taken up
        log.error("cannot make what was to be sent", kind=kind, **described(error))  # noqa: TRY400 - may quote people
        raise BadRequest("What was to be sent cannot be made") from None


def qr_picture(link: str) -> bytes:
    """`link` as a picture in PNG, large enough for a poster on a screen."""
    import segno  # the first answer waits for every import, and few people ask for such a picture

    picture = io.BytesIO()
    segno.make(link, micro=False, error="m").save(picture, kind="png", scale=12, border=4)
    return picture.getvalue()
