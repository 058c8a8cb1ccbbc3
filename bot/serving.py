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
"""When a stop has taken so long, the process ends as it is: nothing depends on a clean end."""


def serve(settings: Settings, token: str, *, for_real: bool = True) -> None:
    """Serve Telegram until SIGTERM or SIGINT. Raises Unusable or a StorageError with one line when it cannot go on.

    As long as nobody owns the bot, a code for the first owner is printed; not in a trial.
    """
    set_up_logging(settings.log, settings.log_level)
    with serving_alone(settings, "" if for_real else f"{settings.api_url}/") as state:
        run_requests(_serve(settings, token, state, for_real=for_real))


@contextlib.contextmanager
def serving_alone(settings: Settings, where: str = "") -> Iterator[str]:
    """Prepare the database, and keep every other serving process off it where it can have only one.

    Yields what there is to say about the database; `where` is told to those that come later.
    """
    make_folder(settings.data_dir)
    tell_of_narrowed(settings)
    file = sqlite_file(normalise_url(settings.database))
    if file is None:
        # Several workers may serve a PostgreSQL; bringing an older one up to date is the operator's decision.
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
        # Before anything is served: a database that is lost later ends nothing any more.
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
async def opened(settings: Settings, token: str, pace: RateLimits | None = None) -> AsyncIterator[Application]:
    """The bot over its open database, sending at the pace that Telegram permits or at `pace`."""
    catalogues = Catalogues(settings.timezone)
    storage = open_storage(settings.database, catalogues)
    try:
        yield Application(settings, token, storage, catalogues, pace or RateLimits())
    finally:
        await storage.close()


async def _own_name(api: BotApi, url: str) -> str:
    """The bot's name; "" where Telegram cannot be reached, for which nothing waits. Raises Unusable if it refuses."""
    await api.connect()
    try:
        async with asyncio.timeout(ASKING_SECONDS):
            return str((await api.ask("getMe", {})).get("username") or "")
    except InvalidToken:
        raise Unusable(f"{url} does not take the token in BOT_TOKEN; copy it again from @BotFather.") from None
    except (TelegramError, TimeoutError):
        return ""


def _stop(stopping: asyncio.Event) -> None:
    if stopping.is_set():  # asked a second time: somebody is in a hurry
        os._exit(1)
    stopping.set()
    watchdog = threading.Timer(HARD_STOP_SECONDS, os._exit, (1,))
    watchdog.daemon = True
    watchdog.start()
