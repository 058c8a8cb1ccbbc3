"""`meldind worker`: a process that does heavy, timed and nightly jobs and tells webhooks, for the processes that serve
(PostgreSQL).
"""

import asyncio
import contextlib
import signal

import structlog
from telegram.error import InvalidToken, TelegramError

from bot.heavy.lanes import HeavyLanes
from bot.heavy.queues import QueueWorkers
from bot.heavy.tasks import HeavyTasks
from bot.jobs.match_notices import MatchNotices
from bot.jobs.nightly import Nightly
from bot.jobs.reminders import Reminders
from bot.jobs.scheduling import Schedule
from bot.jobs.weekly_digests import WeeklyDigests
from bot.language.catalogues import Catalogues
from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.errors import Unusable
from bot.runtime.logs import described, set_up_logging, tell_of_failure
from bot.runtime.processes import is_dead, own_name
from bot.runtime.settings import Settings
from bot.runtime.timers import Timer, longer
from bot.telegram.api import BotApi
from bot.telegram.http import run_requests
from bot.webhooks.guard import Guard
from bot.webhooks.posting import Poster
from bot.webhooks.sender import WebhookSender
from bot.webhooks.signing import Secrets
from storage.engine.urls import normalise_url, sqlite_file
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.worker")

SIGN_SECONDS = 1.0

STOP_SECONDS = 3.0
"""Seconds in which a message to a webhook may be finished, after those that a task may take."""

LONGEST_PAUSE = 60.0


def work(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT. Raises Unusable or a StorageError, with one line, if it cannot."""
    if sqlite_file(normalise_url(settings.database)) is not None:
        raise Unusable("A worker needs PostgreSQL (DATABASE_URL); with SQLite meldind run does everything by itself.")
    if settings.token is None:
        raise Unusable("BOT_TOKEN is not set; a worker asks Telegram for the bot's name, for links in messages.")
    set_up_logging(settings.log, settings.log_level)
    must_be_current(settings.database)
    run_requests(_work(settings, settings.token))


async def _work(settings: Settings, token: str) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    catalogues = Catalogues(settings.timezone)
    async with contextlib.AsyncExitStack() as stack:
        storage = open_storage(settings.database, catalogues)
        stack.push_async_callback(storage.close)
        api = BotApi(token, settings.api_url, settings.way_out)
        await api.connect()
        stack.push_async_callback(api.disconnect)
        this = await storage.write(_joined)
        storage.work_as(this)  # so that what is put into the outbox wakes its sender
        stack.push_async_callback(_leave, storage, this)
        lanes = HeavyLanes(settings.database)
        stack.push_async_callback(lanes.close)
        tasks = [
            asyncio.create_task(each, name="worker")
            for each in (
                Timer("a sign of life", SIGN_SECONDS, lambda: _sign(storage, this)).run(),
                QueueWorkers(
                    settings.database, [HeavyTasks(storage, lanes), Nightly(storage, settings.timezone)], _always
                ).run(),
                _with_name(settings, token, storage, api, catalogues),
            )
        ]
        for task in tasks:
            task.add_done_callback(tell_of_failure)
        stack.push_async_callback(_ended, tasks)
        log.info("working", worker=this)
        await stopping.wait()
        log.info("stopping")
    log.info("stopped")


async def _with_name(settings: Settings, token: str, storage: Storage, api: BotApi, catalogues: Catalogues) -> None:
    """Do what makes links to the bot: tell webhooks, and make reminders, match notices and digests when they are due,
    which the processes that serve send.
    """
    name = await _name(api, settings.api_url)
    reminders = Reminders(catalogues, settings.timezone, bot_name=lambda: name)
    proposals = MatchNotices(catalogues, settings.timezone)
    schedule = Schedule(storage, reminders, proposals, lambda: None)
    digests = WeeklyDigests(storage, catalogues, lambda _rows: None, bot_name=lambda: name)
    poster = Poster(Guard(), settings.way_out_to)
    webhooks = WebhookSender(storage, catalogues, Secrets(token), poster, bot_name=lambda: name)
    queues = QueueWorkers(settings.database, [webhooks], _always)
    try:
        await asyncio.gather(schedule.timer.run(), digests.timer.run(), queues.run())
    finally:
        await webhooks.stop(STOP_SECONDS)


async def _name(api: BotApi, url: str) -> str:
    """Returns the bot's name, for which Telegram is asked until it answers."""
    pause = 0.0
    while True:
        try:
            return str((await api.ask("getMe", {})).get("username") or "")
        except InvalidToken:
            log.error("the token is not taken; no timed messages are made, and no webhook is told", url=url)  # noqa: TRY400 - one line
            return await asyncio.Future()
        except TelegramError as error:
            pause = longer(pause, LONGEST_PAUSE)
            log.warning("cannot ask for the bot's name, trying again", seconds=pause, **described(error))
            await asyncio.sleep(pause)


def _joined(work: UnitOfWork) -> int:
    for this, name in work.workers.names():
        if is_dead(name):
            work.workers.leave(this)
    return work.workers.join(own_name(), works=True)


async def _sign(storage: Storage, this: int) -> None:
    await storage.write(lambda work: work.workers.sign(this, 0))


async def _leave(storage: Storage, this: int) -> None:
    try:
        async with asyncio.timeout(SIGN_SECONDS):
            await storage.write(lambda work: work.workers.leave(this))
    except Exception as error:  # noqa: BLE001 - the others find out by themselves
        log.warning("cannot take leave", **described(error))


async def _always() -> bool:
    return True


async def _ended(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
