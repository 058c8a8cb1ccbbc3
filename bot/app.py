"""The bot as a whole: what runs, in which order it starts and stops.

A web server is imported only where one is wanted, because the first answer waits for every import.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog

from bot.api import BotApi
from bot.attachments import Attachments
from bot.bounds import Bounds
from bot.catalogues import Catalogues
from bot.exporting import Exporting
from bot.groups import gone
from bot.health import Health
from bot.intake import Intake
from bot.issuing import Issuing
from bot.lanes import Lanes
from bot.logs import described, tell_of_failure
from bot.menus import insist, set_menus
from bot.polling import poll
from bot.reminders import Reminders
from bot.scheduling import Schedule
from bot.sending import Sender
from bot.settings import Settings
from bot.spreading import Spreading
from bot.turns import Handled, Turns
from storage.storage import Storage
from storage.urls import normalise_url, sqlite_file

if TYPE_CHECKING:
    from aiohttp import web

log = structlog.get_logger("meldind")

STOP_SECONDS = 10.0
"""What turns and messages under way get to finish, of the fifteen seconds a stop may take."""

LEFT_BEHIND_SECONDS = 5.0
PATIENCE = timedelta(seconds=10)


class Application:
    """A bot that serves; `running` starts and stops it."""

    def __init__(self, settings: Settings, token: str, storage: Storage, catalogues: Catalogues) -> None:
        self.settings = settings
        self.health = Health()
        self.storage = storage
        self.api = BotApi(token, settings.api_url)
        # Several workers serve one database only where Telegram calls them; a poller is alone.
        shared = settings.mode == "webhook" and sqlite_file(normalise_url(settings.database)) is None
        self.sender = Sender(
            self.api,
            storage,
            self.health,
            PATIENCE if shared else timedelta(0),
            group_gone=lambda work, chat: gone(work, chat, catalogues, datetime.now(UTC)),
        )
        self.spreading = Spreading(
            storage, catalogues, settings.timezone, self.sender.look_for_unsent, lambda: self.turns.bot_name
        )
        self.turns = Turns(
            storage,
            catalogues,
            settings.timezone,
            settings.language,
            bounds=Bounds(settings.flood_limit),
            spread=self.spreading.spread,
        )
        self.attachments = Attachments(self.api, storage, settings.data_dir / "attachments")
        self.lanes = Lanes(self.turns.next, self._hand_on, self.sender.look_for_unsent)
        reminders = Reminders(catalogues, settings.timezone)
        self.schedule = Schedule(storage, reminders, self.sender.look_for_unsent)
        self.intake = Intake(storage, self.lanes, self.api.number)
        self.issuing = Issuing(
            storage,
            catalogues,
            hand_on=lambda rows: self.sender.hand_on(Handled(rows)),
            bot_name=lambda: self.turns.bot_name,
        )
        self.exporting = Exporting(
            storage, self.api, catalogues, hand_on=lambda rows: self.sender.hand_on(Handled(rows))
        )
        self._catalogues = catalogues
        self._background: list[asyncio.Task[None]] = []

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.Future[None]"]:
        """Serve while the block runs. What is yielded ends, with the reason, when the bot cannot go on."""
        async with contextlib.AsyncExitStack() as stack:
            await self.api.connect()
            stack.push_async_callback(self.api.disconnect)
            stack.push_async_callback(self._stop)
            await self.sender.take_up()
            await self.intake.resume()
            self._start(self.sender.run())
            self._start(self.attachments.run())
            self._start(self._look_after_left_behind())
            self._start(self._catch_up_with_initiatives())
            self._start(self.issuing.run())
            self._start(self.spreading.run())
            self._start(self.exporting.run())
            if self.settings.http:
                from bot.health_page import health_page

                await stack.enter_async_context(_served(health_page(self), self.settings.http))
            serving = await self._receive(stack)
            # Undone in the reverse order of the start: first of all nothing more is taken in.
            stack.push_async_callback(_ended, serving)
            self._start(set_menus(self.api, self._catalogues))
            self._start(self._learn_name())
            self._start(self.schedule.run())
            yield serving

    async def _receive(self, stack: contextlib.AsyncExitStack) -> "asyncio.Future[None]":
        if self.settings.mode == "polling":
            return asyncio.create_task(poll(self.api, self.intake, self.health), name="poll")
        from bot.webhook import be_called, webhook

        url, secret = self.settings.webhook
        endpoint = webhook(self.intake, self.health, urlsplit(url).path or "/", secret)
        await stack.enter_async_context(_served(endpoint, self.settings.webhook_listen))
        return asyncio.create_task(be_called(self.api, self.health, url, secret), name="webhook")

    async def _learn_name(self) -> None:
        """Ask Telegram what the bot is called, for links; until then they are shown as what to write."""
        me = await insist(self.api, "getMe", {})
        self.turns.bot_name = str(me.get("username") or "")

    def _hand_on(self, handled: Handled) -> None:
        self.sender.hand_on(handled)
        if handled.files:
            self.attachments.look_now()
        if handled.news:
            self.sender.look_for_unsent()
            self.spreading.look_now()

    async def _look_after_left_behind(self) -> None:
        """Take up the updates of a worker that died before it handled them."""
        while True:
            await asyncio.sleep(LEFT_BEHIND_SECONDS)
            try:
                await self.intake.resume()
            except Exception as error:  # noqa: BLE001 - the database may be away; the next look is soon
                log.warning("cannot look into the inbox", **described(error))

    async def _catch_up_with_initiatives(self) -> None:
        """Once: reports that were published before there were rows for readers."""
        while not await self.storage.write(lambda work: work.initiatives.catch_up()):
            pass  # in small parts, between which others have their turn

    async def _stop(self) -> None:
        """Finish the turns and messages under way; all else is kept and goes on after the next start."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        half = STOP_SECONDS / 2
        await self.lanes.stop(half)
        await self.sender.stop(half)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(tell_of_failure)
        self._background.append(task)


async def _ended(serving: "asyncio.Future[None]") -> None:
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


@contextlib.asynccontextmanager
async def _served(application: "web.Application", address: str) -> AsyncIterator[None]:
    """`application` on `host:port`, as long as the block runs."""
    from aiohttp import web

    host, _, port = address.rpartition(":")
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=3)
    await runner.setup()
    try:
        await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
        yield
    finally:
        await runner.cleanup()
