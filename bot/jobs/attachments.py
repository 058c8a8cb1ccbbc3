"""Files that people sent: fetched in the background, once the answer they belong to is kept."""

import asyncio
import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.files.stored import file_path
from bot.language.catalogues import Catalogues
from bot.runtime.errors import AnswerTooLarge, Flood
from bot.runtime.timers import look_when_told
from bot.sending.notices import notify
from bot.telegram.api import BotApi
from bot.telegram.http import LARGEST_ANSWER
from conversations.context.session import Notice
from conversations.flows.reports.lost_files import Reason, lost_file
from storage.engine.atomic import written_whole
from storage.messages.outbox import OutboxRow
from storage.reports.attachments import Attachment
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.attachments")

LOOK_SECONDS = 30.0
AT_ONCE = 4
LONGEST_PAUSE = timedelta(hours=1)
MOST_TRIES = 20

MOST_REFUSALS = 8
"""So often Telegram may refuse a file before that is final, twenty minutes after the first time. It says "wrong
file_id or the file is temporarily unavailable", and does not say which of the two."""

_FOR_GOOD = "too big"
"""What Telegram says of a file that it will never hand out."""

# How files begin. What Telegram calls a photo is always a JPEG; a "PDF" may be anything somebody named so.
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb".{0,1019}?%PDF-", re.DOTALL), "application/pdf"),  # readers look for it in the first 1024 bytes
)


class Attachments:
    """Fetches what `attachments` rows wait for into `folder`, each file under its own SHA-256."""

    def __init__(
        self,
        api: BotApi,
        storage: Storage,
        folder: Path,
        catalogues: Catalogues,
        hand_on: Callable[[list[OutboxRow]], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._api = api
        self._storage = storage
        self._folder = folder
        self._catalogues = catalogues
        self._hand_on = hand_on
        self._clock = clock
        self._told = asyncio.Event()

    def look_now(self) -> None:
        """There may be files to fetch."""
        self._told.set()

    async def run(self) -> None:
        """Fetch what waits, until cancelled."""
        await look_when_told(self._told, LOOK_SECONDS, self._fetch_some, "files to fetch")

    async def _fetch_some(self) -> float:
        found = await self._storage.read(lambda work: list(work.attachments.to_fetch(self._clock(), AT_ONCE)))
        await asyncio.gather(*(self._fetch(attachment) for attachment in found))
        return LOOK_SECONDS if len(found) < AT_ONCE else 0.0

    async def _fetch(self, attachment: Attachment) -> None:
        try:
            content = await self._content(attachment)
        except AnswerTooLarge as error:
            await self._drop(attachment, "large", error.message)
        except TelegramError as error:
            refused = isinstance(error, BadRequest | Forbidden)
            if _FOR_GOOD in error.message:
                await self._drop(attachment, "large", error.message)
            elif attachment.attempts >= (MOST_REFUSALS if refused else MOST_TRIES):
                await self._drop(attachment, "refused", error.message)
            else:
                pause = timedelta(seconds=error.seconds) if isinstance(error, Flood) else _pause(attachment.attempts)
                await self._try_again(attachment, error.message, self._clock() + pause)
        else:
            await self._keep(attachment, content)

    async def _keep(self, attachment: Attachment, content: bytes) -> None:
        """Keep the file, without what a camera wrote into it; Telegram takes that out of photos alone."""
        mime = kind_of(content, attachment.kind, attachment.mime)
        if mime is None:
            await self._drop(attachment, _unlike(attachment), f"not what it says: {attachment.mime}")
            return
        if attachment.kind == "document" and mime.startswith("image/"):
            from bot.files.pictures.bare import (  # the first answer waits for every import
                TooManyPixels,
                Unreadable,
                bare,
            )

            try:
                content = await asyncio.to_thread(bare, content)
            except Unreadable as why:
                await self._drop(attachment, "pixels" if isinstance(why, TooManyPixels) else "picture", str(why))
                return
        digest = hashlib.sha256(content).hexdigest()
        await asyncio.to_thread(keep_file, self._folder, digest, content)
        await self._storage.write(lambda work: work.attachments.fetched(attachment.id, digest, len(content), mime))

    async def _content(self, attachment: Attachment) -> bytes:
        if attachment.sha256 and (kept := file_path(self._folder, attachment.sha256)).exists():
            return await asyncio.to_thread(kept.read_bytes)  # from before pictures lost what is written into them
        if attachment.size is not None and attachment.size > LARGEST_ANSWER:
            raise AnswerTooLarge("The file is larger than 20 MB, which Telegram does not hand out.")
        return await self._api.download(attachment.reference)

    async def _try_again(self, attachment: Attachment, why: str, then: datetime) -> None:
        log.warning("file not fetched yet", attachment=attachment.id, reason=why)
        await self._storage.write(lambda work: work.attachments.try_again(attachment.id, why, then))

    async def _drop(self, attachment: Attachment, reason: Reason, why: str) -> None:
        """Give the file up, and tell its sender in the same transaction."""
        log.warning("file cannot be kept", attachment=attachment.id, reason=why)
        self._hand_on(await self._storage.write(partial(self._dropped, attachment, reason, why)))

    def _dropped(self, attachment: Attachment, reason: Reason, why: str, work: UnitOfWork) -> list[OutboxRow]:
        now = self._clock()
        dropped = work.dropping.drop(attachment, why, now)
        if dropped is None:
            return []
        screen = lost_file(dropped.file, reason, dropped.report, dropped.title, dropped.sent_at)
        return notify(work, [Notice(dropped.sender, screen, f"file:{attachment.id}")], self._catalogues, now)


def _unlike(attachment: Attachment) -> Reason:
    """Why a file that begins like none of those that are taken is of no use."""
    if attachment.mime.startswith("image/"):
        return "picture"
    return "pdf" if attachment.mime == "application/pdf" else "kind"


def kind_of(content: bytes, kind: str, told: str) -> str | None:
    """The MIME type of a file by how it begins; None where it is not what was to be sent.

    `kind` is that of the message, `told` the type that its sender's program names, "" for one that names none. What
    answers a question for pictures is told to be one; elsewhere a picture may be called a PDF, and the reverse.
    """
    if kind == "voice":
        return told or "audio/ogg"
    found = next((mime for beginning, mime in _BEGINNINGS if beginning.match(content)), None)
    if found and told.startswith("image/") and not found.startswith("image/"):
        return None
    return found


def keep_file(folder: Path, digest: str, content: bytes) -> Path:
    """Write `content` under its digest, durably and all or nothing; returns where."""
    path = file_path(folder, digest)
    if path.exists():
        path.touch()  # it is wanted again: nobody takes it for left over
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as file:
        file.write(content)
    return path


def _pause(attempts: int) -> timedelta:
    return min(timedelta(seconds=5 * 2 ** min(attempts, 12)), LONGEST_PAUSE)
