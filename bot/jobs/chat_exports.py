"""Makes the export files that people ask for in the chat: in the background, with progress, and cancellable."""

import asyncio
import io
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import structlog
from telegram import InputFile
from telegram.error import TelegramError

from bot.files.reports.exports import Wish, write_reports
from bot.language.catalogues import Catalogues
from bot.runtime.errors import Flood
from bot.runtime.logs import described
from bot.runtime.timers import Timer
from bot.sending.delivery import Delivery
from bot.sending.notices import notify
from conversations.context.session import Notice
from conversations.flows.reports.files.export import ended, key, progress
from conversations.flows.shared.report_words import ASKS_ITSELF
from conversations.language.screen import Screen
from conversations.language.words import Words, _, counted
from storage.engine.errors import StorageError
from storage.messages.outbox import OutboxRow
from storage.reports.exports import Asked
from storage.reports.records import Record
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.exports")

LOOK_SECONDS = 2.0
TELL_SECONDS = 3.0
LARGEST = 49 * 1024 * 1024
"""The largest document in bytes that a bot may send, with room for the rest of the request."""

TRIES = 5

MOST_TRIES = 3
"""The most attempts to make a file; then the person is told that it cannot be made."""


class Unwanted(Exception):  # noqa: N818 - somebody changed their mind
    """The file was cancelled while it was made."""


class ChatExports:
    """Makes one file after another."""

    def __init__(
        self,
        storage: Storage,
        delivery: Delivery,
        catalogues: Catalogues,
        hand_on: Callable[[list[OutboxRow]], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._delivery = delivery
        self._catalogues = catalogues
        self._hand_on = hand_on
        self._clock = clock
        self.timer = Timer("files to make", LOOK_SECONDS, self._make_what_waits)

    async def _make_what_waits(self) -> None:
        if await self._storage.read(lambda work: work.exports.waits(self._clock())):
            await self.make_next()

    async def make_next(self) -> None:
        """Make and send the next waiting file, if any."""
        asked = await self._storage.write(lambda work: work.exports.next(self._clock()))
        if asked is None:
            return
        if asked.tries > MOST_TRIES:  # each worker that made it died
            await self._cannot_be_made(asked)
            return
        try:
            content, number = await asyncio.to_thread(self._made, asked, asyncio.get_running_loop())
        except Unwanted:
            return
        except StorageError:
            raise  # the database is away; the file is made when it is back
        except Exception as error:  # noqa: BLE001 - whatever it was, it must not be tried for ever in silence
            log.error("cannot make a file", tries=asked.tries, **described(error))  # noqa: TRY400 - may quote people
            if asked.tries < MOST_TRIES:
                await self._storage.write(lambda work: work.exports.put_back(asked.id))
            else:
                await self._cannot_be_made(asked)
            return
        if len(content) > LARGEST:
            await self._end(asked, "failed", _("The file is too large for Telegram. At the server: meldind export"))
            return
        try:
            await self._send(asked, content)
        except TelegramError as error:
            log.warning("file not sent", reason=error.message)
            await self._end(asked, "failed", _("The file could not be sent. Try again later."))
            return
        done = counted("Here is the file, with one report.", "Here is the file, with {n} reports.", number)
        await self._end(asked, "done", done)

    async def _cannot_be_made(self, asked: Asked) -> None:
        code = secrets.token_hex(3).upper()
        log.error("a file is given up", code=code, form=asked.form)
        words = _("The file could not be made. (Error {code})", code=code)
        await self._end(asked, "failed", words)

    def _made(self, asked: Asked, loop: asyncio.AbstractEventLoop) -> tuple[bytes, int]:
        file, counter = io.BytesIO(), [0]
        wish = Wish(asked.form, with_contacts=asked.with_contacts, language=asked.language)
        write_reports(self._storage, wish, file, lambda records: self._counted(records, asked, counter, loop))
        return file.getvalue(), counter[0]

    def _counted(
        self, records: Iterator[Record], asked: Asked, counter: list[int], loop: asyncio.AbstractEventLoop
    ) -> Iterator[Record]:
        """Yields the same records; every few seconds it reports their number and checks whether the file is still
        wanted.
        """
        told = self._clock()
        for record in records:
            counter[0] += 1
            yield _for_coordinators(record)
            now = self._clock()
            if (now - told).total_seconds() >= TELL_SECONDS:
                told = now
                if not self._storage.write_now(lambda work: work.exports.still_wanted(asked.id, self._clock())):
                    raise Unwanted
                rows = self._storage.write_now(partial(self._tell, asked, progress(asked.id, counter[0]), now))
                loop.call_soon_threadsafe(self._hand_on, rows)
        if not self._storage.write_now(lambda work: work.exports.still_wanted(asked.id, self._clock())):
            raise Unwanted

    async def _send(self, asked: Asked, content: bytes) -> None:
        name = f"meldind-{self._clock():%Y-%m-%d}.{asked.form}"
        for attempt in range(1, TRIES + 1):
            try:
                document = InputFile(content, filename=name)
                await self._delivery.ask("sendDocument", asked.chat, {"document": document})
            except Flood:
                if attempt == TRIES:
                    raise
            else:
                return

    async def _end(self, asked: Asked, state: str, words: Words) -> None:
        def end(work: UnitOfWork) -> list[OutboxRow]:
            return self._tell(asked, ended(words), self._clock(), work) if work.exports.end(asked.id, state) else []

        self._hand_on(await self._storage.write(end))

    def _tell(self, asked: Asked, screen: Screen, now: datetime, work: UnitOfWork) -> list[OutboxRow]:
        return notify(work, [Notice(asked.person, screen, key(asked.id), "show")], self._catalogues, now)


def _for_coordinators(record: Record) -> Record:
    """Returns the record without somebody who is asked by themselves: coordinators see who agreed in /experts."""
    return replace(record, answers={key: value for key, value in record.answers.items() if key not in ASKS_ITSELF})
