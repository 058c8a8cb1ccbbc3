"""`meldind run`: the process around the bot, from its start to an orderly stop."""

import asyncio
import contextlib
import gc
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import structlog
import typer
from telegram.error import InvalidToken, TelegramError

from bot.app import Application
from bot.language.catalogues import Catalogues
from bot.runtime.databases import make_folder, must_be_current, open_storage, serving_lock, upgraded
from bot.runtime.errors import Unusable
from bot.runtime.invitations import first_owner, first_owner_line
from bot.runtime.logs import set_up_logging
from bot.runtime.private import tell_of_narrowed
from bot.runtime.settings import Settings
from bot.sending.rate_limits import RateLimits
from bot.telegram.api import BotApi
from bot.telegram.http import run_requests
from bot.telegram.identity import ASKING_SECONDS
from storage.engine.urls import normalise_url, sqlite_file
from storage.session.schema import schema_state

log = structlog.get_logger("meldind")

HARD_STOP_SECONDS = 14.0
"""Seconds after which a stop is cut short: nothing depends on a clean end."""


def serve(settings: Settings, token: str, *, for_real: bool = True) -> None:
    """Serve Telegram until SIGTERM or SIGINT. Raises Unusable or a StorageError, with one line, if it cannot go on.

    While the bot has no owner, a code for the first owner is printed, except in a trial.
    """
    set_up_logging(settings.log, settings.log_level)
    with serving_alone(settings, "" if for_real else f"{settings.api_url}/") as state:
        run_requests(_serve(settings, token, state, for_real=for_real))


@contextlib.contextmanager
def serving_alone(settings: Settings, where: str = "") -> Iterator[str]:
    """Prepare the database, and lock it against other serving processes if it allows only one.

    Yields a line about the database; `where` is shown to processes that find the lock.
    """
    make_folder(settings.data_dir)
    tell_of_narrowed(settings)
    file = sqlite_file(normalise_url(settings.database))
    if file is None:
        # Several workers may serve a PostgreSQL; the operator decides when to migrate an older one.
        if schema_state(settings.database) != "empty":
            must_be_current(settings.database)
        yield upgraded(settings.database)
        return
    make_folder(file.parent)
    with serving_lock(file, where):
        yield upgraded(settings.database)


async def _serve(settings: Settings, token: str, state: str, *, for_real: bool) -> None:
    stopping = asyncio.Event()
    asked = asyncio.ensure_future(stopping.wait())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, stopping)
    async with contextlib.AsyncExitStack() as stack:
        application = await stack.enter_async_context(opened(settings, token))
        name = await _own_name(application.api, settings.api_url) if for_real else ""
        log.info("starting", bot=f"@{name}" if name else application.api.number, database=state)
        # Before serving starts: a database that is lost later does not end the process.
        if for_real and (code := await application.storage.write(first_owner)):
            typer.echo(first_owner_line(code))
        receiving = await stack.enter_async_context(application.running())
        log.info("serving", mode=settings.mode, bot=application.api.number)
        gc.freeze()
        gc.enable()
        waited: set[asyncio.Future[Any]] = {asked, receiving}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        log.info("stopping")
    log.info("stopped")


@contextlib.asynccontextmanager
async def opened(settings: Settings, token: str, limits: RateLimits | None = None) -> AsyncIterator[Application]:
    """The bot with its open database, with the rate limits of Telegram or those in `limits`."""
    catalogues = Catalogues(settings.timezone)
    storage = open_storage(settings.database, catalogues)
    try:
        yield Application(settings, token, storage, catalogues, limits or RateLimits())
    finally:
        await storage.close()


async def _own_name(api: BotApi, url: str) -> str:
    """Returns the bot's name; "" if Telegram cannot be reached, without retries. Raises Unusable if it refuses the
    token.
    """
    await api.connect()
    try:
        async with asyncio.timeout(ASKING_SECONDS):
            return str((await api.ask("getMe", {})).get("username") or "")
    except InvalidToken:
        raise Unusable(f"{url} does not take the token in BOT_TOKEN; copy it again from @BotFather.") from None
    except (TelegramError, TimeoutError):
        return ""


def _stop(stopping: asyncio.Event) -> None:
    if stopping.is_set():  # a second signal: end at once
        os._exit(1)
    stopping.set()
    watchdog = threading.Timer(HARD_STOP_SECONDS, os._exit, (1,))
    watchdog.daemon = True
    watchdog.start()
