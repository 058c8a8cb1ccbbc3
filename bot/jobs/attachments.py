"""Fetches the files that people sent, in the background, after their answer is stored."""

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
from bot.runtime.timers import Timer
from bot.sending.notices import notify
from bot.telegram.api import BotApi
from bot.telegram.http import LARGEST_ANSWER
from conversations.context.session import Notice
from conversations.flows.reports.files.lost_files import Reason, lost_file
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
"""How often Telegram may refuse a file before it is dropped, twenty minutes after the first time. Its error says "wrong
file_id or the file is temporarily unavailable", but not which of the two."""

_FOR_GOOD = "too big"
"""Telegram's error text for a file that can never be fetched."""

# The first bytes of file types. A Telegram photo is always a JPEG; a file named "PDF" may be anything.
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb".{0,1019}?%PDF-", re.DOTALL), "application/pdf"),  # readers accept it in the first 1024 bytes
)


class Attachments:
    """Fetches the waiting files of the table `attachments` into `folder`, each under its SHA-256."""

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
        self.timer = Timer("files to fetch", LOOK_SECONDS, self._fetch_some)

    async def _fetch_some(self) -> float | None:
        found = await self._storage.read(lambda work: list(work.attachments.to_fetch(self._clock(), AT_ONCE)))
        await asyncio.gather(*(self._fetch(attachment) for attachment in found))
        return None if len(found) < AT_ONCE else 0.0

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
        """Store the file without camera metadata, which Telegram removes only from photos."""
        mime = kind_of(content, attachment.kind, attachment.mime)
        if mime is None:
            await self._drop(attachment, _unlike(attachment), f"not what it says: {attachment.mime}")
            return
        if attachment.kind == "document" and mime.startswith("image/"):
            from bot.files.pictures.bare import (  # every import delays the first answer
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
            return await asyncio.to_thread(kept.read_bytes)  # stored before metadata was removed from pictures
        if attachment.size is not None and attachment.size > LARGEST_ANSWER:
            raise AnswerTooLarge("The file is larger than 20 MB, which Telegram does not hand out.")
        return await self._api.download(attachment.reference)

    async def _try_again(self, attachment: Attachment, why: str, then: datetime) -> None:
        log.warning("file not fetched yet", attachment=attachment.id, reason=why)
        await self._storage.write(lambda work: work.attachments.try_again(attachment.id, why, then))

    async def _drop(self, attachment: Attachment, reason: Reason, why: str) -> None:
        """Drop the file, and notify its sender in the same transaction."""
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
    """Returns the reason to drop a file whose type is not accepted."""
    if attachment.mime.startswith("image/"):
        return "picture"
    return "pdf" if attachment.mime == "application/pdf" else "kind"


def kind_of(content: bytes, kind: str, told: str) -> str | None:
    """Returns the MIME type of a file by its first bytes; None: it is not of an accepted type.

    `kind` is that of the message, `told` the type that the sender's program gives, "" if none. For a question about
    pictures `told` is always a picture; elsewhere a picture may be sent as a PDF and vice versa.
    """
    if kind == "voice":
        return told or "audio/ogg"
    found = next((mime for beginning, mime in _BEGINNINGS if beginning.match(content)), None)
    if found and told.startswith("image/") and not found.startswith("image/"):
        return None
    return found


def keep_file(folder: Path, digest: str, content: bytes) -> Path:
    """Write `content` under its digest, durably and atomically; returns the path."""
    path = file_path(folder, digest)
    if path.exists():
        path.touch()  # it is used again, so that the clean-up does not remove it
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as file:
        file.write(content)
    return path


def _pause(attempts: int) -> timedelta:
    return min(timedelta(seconds=5 * 2 ** min(attempts, 12)), LONGEST_PAUSE)
