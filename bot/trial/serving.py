"""The server of a trial: the local Bot API, and the page with the phones."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Callable

from aiohttp import web

from bot.botapi import BotApiServer
from bot.botapi.cloud.journal import Entry
from bot.runtime.settings import read_settings
from bot.trial.bot_process import BotProcess
from bot.trial.cast import FIRST, Cast
from bot.trial.front import Front
from bot.trial.options import Options
from bot.trial.site import site_folder

EPOCH = 1_735_689_600
"""Seconds at the beginning of 2025. Messages are numbered from the seconds since: a bot that goes on with the database
of an earlier trial must not take a new message for an old one."""


async def serve(port: int, token: str, bot: BotProcess, options: Options, announce: Callable[[str], None]) -> bool:
    """Serve until SIGINT or SIGTERM: True. False: the bot could not even start."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    async with opened(port, token, bot, options) as server:
        announce(f"{server.url}/")
        watching = asyncio.create_task(_failed_to_start(server, bot))
        asked = asyncio.create_task(ended.wait())
        await asyncio.wait({watching, asked}, return_when=asyncio.FIRST_COMPLETED)
        failed = watching.done()
        for task in (watching, asked):
            task.cancel()
        return not failed


@contextlib.asynccontextmanager
async def opened(port: int, token: str, bot: BotProcess, options: Options) -> AsyncIterator[BotApiServer]:
    """The server, with the page and the first people."""
    front: Front

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        return await front.handle(request)

    async with BotApiServer(port=port, token=token, username="meldind_trial_bot", front=answer) as server:
        server.world.number_messages_from(int(time.time()) - EPOCH)
        cast = Cast(server.world)
        for name, role in FIRST:
            cast.enter(name, role, "en")
        about = {"username": server.world.bot["username"], "demo": not options.empty}
        front = Front(bot, server.cloud, cast, about, site_folder(read_settings().data_dir))
        _connect(server, bot)
        try:
            yield server
        finally:
            bot.on_change = lambda: None


def _connect(server: BotApiServer, bot: BotProcess) -> None:
    """Tell the process object when the bot calls, and the page the state of the process."""
    loop = asyncio.get_running_loop()

    def tell() -> None:
        server.events.tell("bot", {"state": bot.state})

    def hear(_entry: Entry) -> None:
        bot.is_heard()

    def told_by_any_thread() -> None:
        loop.call_soon_threadsafe(tell)

    bot.on_change = told_by_any_thread
    server.journal.listeners.append(hear)


async def _failed_to_start(server: BotApiServer, bot: BotProcess) -> None:
    """Return if the bot has ended before its first call; after a call it never returns."""
    while server.journal.count == 0 or bot.state == "starting":
        if bot.state == "failed":
            return
        await asyncio.sleep(0.05)
    await asyncio.Event().wait()
