"""The bot on a stage: the real application over HTTP against the local Bot API server, with people and their phones."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.app import Application
from bot.botapi import BotApiServer, Phone, Screen
from bot.runtime.databases import upgraded
from bot.runtime.settings import Settings
from bot.sending.rate_limits import RateLimits
from bot.serving import opened
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import next_due_at

Result = TypeVar("Result")

NAMES = {"da": "Ida", "sl": "Maja", "en": "Emily"}


def settings_for(server: BotApiServer, folder: Path, **given: Any) -> Settings:
    """Settings of a bot that serves from `folder` and calls `server`; nothing of the environment counts."""
    chosen: dict[str, Any] = {
        "token": server.token,
        "database_url": f"sqlite:///{folder / 'meldind.db'}",
        "data_dir": folder,
        "api_url": server.url,
        "flood_limit": 0,  # people in tests are faster than people
        **given,
    }
    return Settings(**chosen)


class NoLimits(RateLimits):
    """The pace of a server whose flood limits are off, as they are unless a test puts them on."""

    def notice_wait(self, chat: int, now: float) -> float:
        return 0.0

    def room(self, now: float) -> float:
        return self.paused(now)


class Stage:
    """A server and a bot that can be stopped and started again on the same database."""

    def __init__(self, server: BotApiServer, settings: Settings, pace: type[RateLimits] = NoLimits) -> None:
        self.server = server
        self.settings = settings
        self.pace = pace
        self.application: Application | None = None
        self.receiving: asyncio.Future[None] | None = None
        self._running = contextlib.AsyncExitStack()

    async def start(self) -> None:
        """Start the bot."""
        upgraded(self.settings.database)
        self.application = await self._running.enter_async_context(
            opened(self.settings, self.server.token, self.pace())
        )
        self.receiving = await self._running.enter_async_context(self.application.running())

    async def stop(self) -> None:
        """Stop the bot in an orderly way."""
        self.application = None
        await self._running.aclose()

    async def restart(self) -> None:
        """Stop the bot and start it again."""
        await self.stop()
        await self.start()

    @property
    def storage(self) -> Storage:
        """The running bot's storage."""
        assert self.application is not None
        return self.application.storage

    async def finds(self, look: Callable[[UnitOfWork], Result]) -> Result:
        """What `look` finds in the database."""
        return await self.storage.read(look)

    async def settles(self) -> None:
        """Wait until nothing waits any more to be fetched, handled or sent."""
        await until(self._settled)

    async def transcript(self, talk: "Talk") -> str:
        """The chat of `talk` as it reads once nothing waits any more: an edit may follow what the phone waited for."""
        await self.settles()
        return await talk.phone.transcript()

    async def _settled(self) -> bool:
        # What the bot has not yet confirmed to the server may not be in its inbox yet.
        return not self.server.cloud.updates.waiting and await self.finds(_nothing_waits)

    def talk(self, language: str = "en") -> "Talk":
        """A chat between the bot and a new person whose phone speaks `language`."""
        return Talk(self.server.phone(language, NAMES.get(language, "Alex")))


async def until(happens: Callable[[], Awaitable[bool]], patience: float = 20.0) -> None:
    """Wait until `happens` is true; TimeoutError when it takes longer than `patience` seconds."""
    async with asyncio.timeout(patience):
        while not await happens():  # noqa: ASYNC110 - what happens elsewhere cannot be waited for
            await asyncio.sleep(0.01)


def _nothing_waits(work: UnitOfWork) -> bool:
    return work.inbox.oldest_pending() is None and next_due_at(work) is None


class Talk:
    """One person's chat with the bot, written down as it would be read on the phone."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone

    # what the person does; each waits for the bot's answer

    async def starts(self, payload: str = "") -> Screen:
        await self.phone.starts(payload)
        return await self.phone.waits()

    async def writes(self, text: str) -> Screen:
        await self.phone.types(text)
        return await self.phone.waits()

    async def presses(self, label: str) -> Screen:
        await self.phone.presses(label)
        return await self.phone.waits()

    async def sends_photo(self, **given: Any) -> Screen:
        await self.phone.sends_photo(**given)
        return await self.phone.waits()

    async def sends(self, **content: Any) -> Screen:
        """Send a message with any fields of the Bot API's Message."""
        await self.phone.sends_raw(content)
        return await self.phone.waits()

    # what the person sees

    @property
    def screen(self) -> Screen:
        return self.phone.screen

    @property
    def labels(self) -> tuple[str, ...]:
        return self.phone.screen.labels

    def bot(self, *parts: str, buttons: tuple[str, ...] | list[str] = ()) -> None:
        """The newest screen has these parts, in this order, and these buttons."""
        said, place = self.screen.text, 0
        for part in parts:
            found = said.find(part, place)
            assert found >= 0, f"{part!r} is not (there) in:\n{said}"
            place = found + len(part)
        missing = [label for label in buttons if label not in self.labels]
        assert not missing, f"{missing} are not among {self.labels}"

    @property
    def count(self) -> int:
        """How many messages of the bot are on the screen."""
        return sum(screen.by_bot for screen in self.phone.messages)


@contextlib.asynccontextmanager
async def on_stage(folder: Path, **given: Any) -> AsyncIterator[Stage]:
    """A running bot on a fresh SQLite database in `folder`; at the end no request broke the specification."""
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, folder, **given))
        await stage.start()
        try:
            yield stage
        finally:
            await stage.stop()
        assert server.violations == []


def zone_at_noon() -> str:
    """A time zone in which it is about noon now, wherever and whenever the test runs: nobody there is asleep."""
    offset = datetime.now(UTC).hour - 12
    return f"Etc/GMT{offset:+d}" if offset else "Etc/UTC"  # the sign is that of POSIX: west of Greenwich is plus
