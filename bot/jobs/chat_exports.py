"""Makes the export files that people ask for in the chat: in the background, with progress, and cancellable."""

import contextlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import structlog
from telegram import InputFile
from telegram.error import TelegramError

from bot.heavy.errors import HeavyFailed, TooLarge, Unwanted
from bot.heavy.registry import EXPORT
from bot.heavy.work import MOST_TRIES, HeavyWork
from bot.language.catalogues import Catalogues
from bot.runtime.errors import Flood
from bot.runtime.timers import Timer
from bot.sending.delivery import Delivery
from bot.sending.notices import notify
from conversations.context.session import Notice
from conversations.flows.reports.files.export import ended, key, progress
from conversations.language.screen import Screen
from conversations.language.words import Words, _, counted
from storage.engine.errors import StorageError
from storage.messages.outbox import OutboxRow
from storage.reports.exports import Asked
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.exports")

LOOK_SECONDS = 2.0
TELL_SECONDS = 3.0
TRIES = 5


class ChatExports:
    """Makes one file after another."""

    def __init__(
        self,
        storage: Storage,
        heavy: HeavyWork,
        delivery: Delivery,
        catalogues: Catalogues,
        hand_on: Callable[[list[OutboxRow]], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._heavy = heavy
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
        looked, told = self._clock(), 0

        async def progressed(number: int) -> None:
            nonlocal looked, told
            if ((now := self._clock()) - looked).total_seconds() < TELL_SECONDS:
                return
            looked = now
            await self._must_be_wanted(asked)
            if number > told:
                told = number
                self._hand_on(await self._storage.write(partial(self._tell, asked, progress(asked.id, number), now)))

        try:
            made = await self._heavy.do(EXPORT, asked.given, progressed, tries=1)
            await self._must_be_wanted(asked)
        except Unwanted:
            return
        except TooLarge:
            await self._end(asked, "failed", _("The file is too large for Telegram. At the server: meldind export"))
            return
        except StorageError:  # the result went with a server that was killed, or the database is away
            with contextlib.suppress(StorageError):  # then the file waits until its maker counts as dead
                await self._storage.write(lambda work: work.exports.put_back(asked.id))
            raise
        except HeavyFailed as error:  # whatever it was, it must not be tried for ever in silence
            log.error("cannot make a file", tries=asked.tries, **error.why)  # noqa: TRY400 - may quote people
            if asked.tries < MOST_TRIES:
                await self._storage.write(lambda work: work.exports.put_back(asked.id))
            else:
                await self._cannot_be_made(asked)
            return
        try:
            await self._send(asked, made.content)
        except TelegramError as error:
            log.warning("file not sent", reason=error.message)
            await self._end(asked, "failed", _("The file could not be sent. Try again later."))
            return
        done = counted("Here is the file, with one report.", "Here is the file, with {n} reports.", made.told["number"])
        await self._end(asked, "done", done)

    async def _cannot_be_made(self, asked: Asked) -> None:
        code = secrets.token_hex(3).upper()
        log.error("a file is given up", code=code, form=asked.form)
        words = _("The file could not be made. (Error {code})", code=code)
        await self._end(asked, "failed", words)

    async def _must_be_wanted(self, asked: Asked) -> None:
        """Give a sign of life for the file. Raises Unwanted if it was cancelled."""
        if not await self._storage.write(lambda work: work.exports.still_wanted(asked.id, self._clock())):
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
