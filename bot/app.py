"""The application: its parts, and the order in which they start and stop.

A web server is imported only if one is needed, because every import delays the first answer.
"""

import asyncio
import contextlib
import errno
from collections.abc import AsyncIterator, Coroutine
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import structlog

from bot.heavy.lanes import HeavyLanes
from bot.heavy.registry import ENCLOSURE, HEAVY
from bot.heavy.work import HeavyWork
from bot.jobs.administrators import Administrators
from bot.jobs.attachments import Attachments
from bot.jobs.chat_exports import ChatExports
from bot.jobs.housekeeping import Housekeeping
from bot.jobs.match_notices import MatchNotices
from bot.jobs.nightly import NIGHTLY, Nightly
from bot.jobs.reminders import Reminders
from bot.jobs.scheduling import Schedule
from bot.jobs.site_upkeep import KEPT, SiteAsHeavyWork, SiteUpkeep
from bot.jobs.subscription_notices import SubscriptionNotices
from bot.jobs.weekly_digests import WeeklyDigests
from bot.language.catalogues import Catalogues
from bot.receiving.absence import Absence
from bot.receiving.groups import gone, moved, muted
from bot.receiving.inline import Inline
from bot.receiving.intake import Intake
from bot.receiving.lanes import Lanes
from bot.receiving.limits import Limits
from bot.receiving.polling import ANOTHER_WORKER, poll
from bot.receiving.sheets import SheetReader
from bot.receiving.turns import Turns
from bot.receiving.watching import watched
from bot.runtime.errors import Unusable
from bot.runtime.health import Health
from bot.runtime.logs import described, tell_of_failure
from bot.runtime.settings import Settings
from bot.runtime.timers import Timer, never
from bot.sending.delivery import Delivery
from bot.sending.delivery_log import DeliveryLog
from bot.sending.enclosures import completed
from bot.sending.handled import Handled
from bot.sending.menus import insist, set_menus
from bot.sending.notice_sender import NoticeSender
from bot.sending.profile import set_profile
from bot.sending.rate_limits import RateLimits
from bot.sending.replies import ReplySender
from bot.sending.worker import Worker
from bot.telegram.api import BotApi
from bot.webhooks.guard import Guard
from bot.webhooks.posting import Poster
from bot.webhooks.sender import WebhookSender
from bot.webhooks.signing import Secrets
from storage.engine.errors import StorageClosed, StorageError
from storage.engine.urls import normalise_url, sqlite_file
from storage.messages.workers import SENDING, polling
from storage.session.storage import Storage
from storage.webhooks.queue import WEBHOOK_TASK

if TYPE_CHECKING:
    from aiohttp import web

    from bot.heavy.queues import QueueWorkers
    from bot.jobs.wakeups import WakeupListener

log = structlog.get_logger("meldind")

STOP_SECONDS = 10.0
"""Seconds in which turns and messages under way may finish; a stop may take fifteen seconds."""

WORK_SECONDS = (4.5, 1.5)
"""Seconds in which background work may end, when it is cancelled and when it is cancelled again: procrastinate says of
its own tasks that a cancellation may be lost.
"""

LEFT_BEHIND_SECONDS = 5.0


class Application:
    """A serving bot; `running` starts and stops it."""

    def __init__(
        self, settings: Settings, token: str, storage: Storage, catalogues: Catalogues, limits: RateLimits
    ) -> None:
        self.settings = settings
        self.health = Health()
        self.storage = storage
        self.api = BotApi(token, settings.api_url, settings.way_out)
        alone = sqlite_file(normalise_url(settings.database)) is not None
        self.polling = polling(self.api.number)
        wants = [*([self.polling] if settings.mode == "polling" else []), *([KEPT] if settings.site else [])]
        self.worker = Worker(storage, self.api.number, limits, self.health, alone=alone, wants=wants)
        files = settings.data_dir / "attachments"
        self._lanes_of_heavy = HeavyLanes(settings.database)
        self.heavy = HeavyWork(storage, self._lanes_of_heavy, shared=not alone)
        recorder = DeliveryLog(
            storage,
            group_gone=lambda work, chat: gone(work, chat, catalogues, datetime.now(UTC)),
            muted=lambda work, chat: muted(work, chat, catalogues, datetime.now(UTC)),
        )
        self.delivery = Delivery(
            self.api,
            self.health,
            limits,
            self.worker.pause,
            completed=lambda row: completed(row.method, row.chat_id, row.payload, self._enclosure, files),
            moved=lambda chat, new: recorder.keep(lambda work: moved(work, chat, new, datetime.now(UTC))),
        )
        self.notice_sender = NoticeSender(storage, self.worker, self.delivery, recorder, limits)
        self.sender = ReplySender(storage, self.delivery, recorder, self.notice_sender.timer.look_now)
        self.worker.changed = self.sender.look_for_unsent
        self.spreading = SubscriptionNotices(
            storage, catalogues, settings.timezone, self.sender.look_for_unsent, lambda: self.turns.bot_name
        )
        secrets = Secrets(token)
        self.turns = Turns(
            storage,
            catalogues,
            settings.timezone,
            settings.language,
            bounds=Limits(settings.flood_limit),
            spread=self.spreading.spread,
            bot=self.api.number,
            read_sheet=SheetReader(self.api).read,
            secret_of=secrets.of,
        )
        self.webhooks = WebhookSender(
            storage,
            catalogues,
            secrets,
            Poster(Guard(), settings.way_out_to),
            told=self.notice_sender.timer.look_now,
            bot_name=lambda: self.turns.bot_name,
        )
        self.attachments = Attachments(
            self.api, storage, files, catalogues, hand_on=lambda rows: self.sender.hand_on(Handled(rows))
        )
        self.lanes = Lanes(self.turns.next, self._hand_on, self.sender.look_for_unsent, self.turns.take_in)
        reminders = Reminders(catalogues, settings.timezone, bot_name=lambda: self.turns.bot_name)
        proposals = MatchNotices(catalogues, settings.timezone)
        self.absence = Absence(
            storage, self.health, self.api.number, polling=settings.mode == "polling", zone=settings.timezone
        )
        elsewhere = never if alone else self._works_elsewhere
        self.schedule = Schedule(storage, reminders, proposals, self.sender.look_for_unsent, elsewhere=elsewhere)
        self.inline = Inline(
            storage, self.api, catalogues, settings.timezone, settings.language, lambda: self.turns.bot_name
        )
        self.intake = Intake(storage, self.lanes, self.api.number, asked_inline=self.inline.asked)
        self.left_behind = Timer("updates that a dead worker left", LEFT_BEHIND_SECONDS, self.intake.resume)
        self.issuing = WeeklyDigests(
            storage,
            catalogues,
            hand_on=lambda rows: self.sender.hand_on(Handled(rows)),
            bot_name=lambda: self.turns.bot_name,
            elsewhere=elsewhere,
        )
        self.administrators = Administrators(
            self.api, storage, catalogues, hand_on=lambda rows: self.sender.hand_on(Handled(rows))
        )
        self.exporting = ChatExports(
            storage, self.heavy, self.delivery, catalogues, hand_on=lambda rows: self.sender.hand_on(Handled(rows))
        )
        self.nightly = Nightly(storage, settings.timezone)
        self.housekeeping = Housekeeping(storage, settings.data_dir, self.nightly if alone else None)
        self.site = SiteUpkeep(
            storage,
            SiteAsHeavyWork(self.heavy, settings, lambda: datetime.now(UTC)).publish,
            settings.timezone,
            ours=lambda: self.worker.epoch(KEPT) is not None,
            bot_name=lambda: self.turns.bot_name,
        )
        self._listener = None if alone else self._make_listener()
        self._queues = None if alone else self._make_queues()
        self._catalogues = catalogues
        self._background: list[asyncio.Task[None]] = []

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.Future[None]"]:
        """Serve during the block. The yielded future fails, with the reason, when the bot cannot go on."""
        async with contextlib.AsyncExitStack() as stack:
            await self.api.connect()
            stack.push_async_callback(self.api.disconnect)
            stack.push_async_callback(self._lanes_of_heavy.close)
            stack.push_async_callback(self.heavy.close)
            await self.worker.join()
            signs = asyncio.create_task(self.worker.run(), name="worker")
            stack.push_async_callback(self.worker.leave)
            stack.push_async_callback(_ended, signs)
            stack.push_async_callback(self._stop)
            await self._take_up()
            self._start(self.sender.timer.run())
            self.notice_sender.start()
            self._start(self.attachments.timer.run())
            self._start(self.left_behind.run())
            self._start(self._catch_up_with_initiatives())
            self._start(self.issuing.timer.run())
            self._start(self.spreading.timer.run())
            self._start(self.administrators.timer.run())
            self._start(self.exporting.timer.run())
            self._start(self.housekeeping.timer.run())
            if self.settings.site:
                self._start(self.site.timer.run())
            if self.settings.http:
                from bot.runtime.health_page import health_page

                await stack.enter_async_context(
                    _served(
                        health_page(self.health, self.storage, self.settings.mode, (*HEAVY, NIGHTLY, WEBHOOK_TASK)),
                        "MELDIND_HTTP",
                        self.settings.http,
                    )
                )
            serving = await self._receive(stack)
            # Stopped in the reverse order of the start: first, no more updates are accepted.
            stack.push_async_callback(_ended, serving)
            if self._listener is not None:
                self._start(self._listener.run())
            if self._queues is not None:
                self._start(self._queues.run())
            else:
                self._start(self.webhooks.timer.run())
                await self.storage.write(lambda work: work.heavy_jobs.abandon(datetime.now(UTC)))
            self._start(set_menus(self.api, self._catalogues))
            self._start(set_profile(self.api, self._catalogues))
            self._start(self._learn_name())
            self._start(self.absence.timer.run())
            self._start(self.schedule.timer.run())
            yield serving

    async def _take_up(self) -> None:
        """Resume what was left over from before the start: old replies are sent before new ones."""
        try:
            await self.sender.take_up()
            await self.intake.resume()
        except StorageError as error:  # the database went away since it was opened; both try again soon
            log.warning("cannot take up what was left over", **described(error))

    async def _receive(self, stack: contextlib.AsyncExitStack) -> "asyncio.Future[None]":
        if self.settings.mode == "polling":
            return asyncio.create_task(self._poll(), name="poll")
        from bot.receiving.webhook import be_called, webhook

        url, secret = self.settings.webhook
        endpoint = webhook(self.intake, self.health, urlsplit(url).path or "/", secret)
        await stack.enter_async_context(_served(endpoint, "WEBHOOK_LISTEN", self.settings.webhook_listen))
        return asyncio.create_task(be_called(self.api, self.health, url, secret), name="webhook")

    def _make_listener(self) -> "WakeupListener":
        """Returns the listener through which other workers wake this one; only the sender of notices listens for
        notices.
        """
        from bot.jobs.wakeups import WakeupListener

        listener = WakeupListener(
            self.settings.database,
            {"sending": self.notice_sender.timer.look_now, "exports": self.exporting.timer.look_now},
            wanted=lambda queue: queue != SENDING or self.worker.epoch(SENDING) is not None,
        )

        def changed() -> None:
            self.sender.look_for_unsent()
            listener.changed()

        self.worker.changed = changed
        return listener

    def _make_queues(self) -> "QueueWorkers":
        """Returns what does the tasks here as long as no `meldind worker` is alive, so that nothing stands still."""
        from bot.heavy.queues import QueueWorkers
        from bot.heavy.tasks import HeavyTasks

        async def wanted() -> bool:
            return not await self._works_elsewhere()

        heavy = HeavyTasks(self.storage, self._lanes_of_heavy)
        return QueueWorkers(self.settings.database, [heavy, self.webhooks, self.nightly], wanted)

    async def _works_elsewhere(self) -> bool:
        """Returns whether a `meldind worker` is alive, which does timed jobs and the tasks of procrastinate."""
        return bool(await self.storage.read(lambda work: work.heavy_jobs.workers(work.workers.alive_since())))

    async def _poll(self) -> None:
        """Fetch updates, unless another process does so."""
        if not await self.worker.gets(self.polling):
            raise Unusable(ANOTHER_WORKER)
        ours = partial(self.worker.holds, self.polling)
        once = partial(poll, self.api, self.intake, self.health, ours=ours)
        await watched(once, self.health, self.api.reconnect_polling)

    async def _learn_name(self) -> None:
        """Ask Telegram for the bot's name, which links need; until then people are shown what to type instead."""
        me = await insist(self.api, "getMe", {})
        self.turns.bot_name = str(me.get("username") or "")

    async def _enclosure(self, kind: str, data: str) -> bytes:
        return (await self.heavy.do(ENCLOSURE, {"kind": kind, "data": data})).content

    def _hand_on(self, handled: Handled) -> None:
        self.sender.hand_on(handled)
        if handled.files:
            self.attachments.timer.look_now()
        if handled.webhooks:
            self.webhooks.timer.look_now()
        if handled.chats:
            self.administrators.timer.look_now()
        if handled.news:
            self.sender.look_for_unsent()
            self.spreading.timer.look_now()

    async def _catch_up_with_initiatives(self) -> None:
        """Once: create rows for readers of reports that were published by an earlier version."""
        done = False
        while not done:
            try:
                # In small portions, so that other work runs in between.
                done = await self.storage.write(lambda work: work.initiatives.catch_up())
            except StorageClosed:
                return
            except Exception as error:  # noqa: BLE001 - the database may be away; the next try is soon
                log.warning("cannot catch up with initiatives", **described(error))
                await asyncio.sleep(LEFT_BEHIND_SECONDS)

    async def _stop(self) -> None:
        """Finish the turns and messages under way; everything else is stored and continues after the next start."""
        half = STOP_SECONDS / 2
        working = {task for task in self._background if not task.done()}
        for seconds in WORK_SECONDS:
            for task in working:
                task.cancel()
            if working:
                _done, working = await asyncio.wait(working, timeout=seconds)
        if working:
            log.warning("some work does not end, and is left", tasks=len(working))
        await self.inline.stop()
        await self.lanes.stop(half)
        await asyncio.gather(self.notice_sender.stop(half), self.sender.stop(half), self.webhooks.stop(half))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        task.add_done_callback(tell_of_failure)
        self._background.append(task)


async def _ended(serving: "asyncio.Future[None]") -> None:
    serving.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await serving


@contextlib.asynccontextmanager
async def _served(application: "web.Application", setting: str, address: str) -> AsyncIterator[None]:
    """Serve `application` on the `host:port` of a setting during the block. Raises Unusable if that fails."""
    from aiohttp import web

    host, _, port = address.rpartition(":")
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=3)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
        except OSError as error:
            why = "another program listens there" if error.errno == errno.EADDRINUSE else error.strerror
            raise Unusable(f"{setting}: nothing can listen on {address} ({why}); set another host:port.") from None
        yield
    finally:
        await runner.cleanup()
