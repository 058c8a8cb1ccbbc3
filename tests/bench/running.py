"""One bot under load: started with phones that wait for it, and looked at from outside."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import create_engine, select

from bot.botapi import BotApiServer
from storage.models import reports
from tests.bench.bots import MeasuredBot
from tests.bench.phones import ClosedLoop, OpenLoop
from tests.bench.process import ROOT, BotProcess, SeveralProcesses
from tests.bot.round_robin import RoundRobin

FIRST_ANSWER = 30.0
LAST_ANSWERS = 20.0
"""Seconds that are waited for them."""

FOLDER = ROOT / "build" / "bench"
"""On the disk of the project: the temporary folder may be in memory, where nothing has to reach a disk."""


@dataclass(frozen=True, slots=True)
class Load:
    """How many phones, and how many seconds every call of the Bot API takes longer than it would.

    With a `rate` they do so many things a second together; without, each the next thing as soon as it can.
    """

    phones: int = 50
    delay: float = 0.0
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the meters show at one moment."""

    at: float
    answers: int
    calls: int
    bot_cpu: float
    database_cpu: float
    bench_cpu: float


class Running:
    """A bot that runs, with the phones that talk to it."""

    def __init__(
        self, bot: MeasuredBot, loop: ClosedLoop, process: BotProcess | SeveralProcesses, database_url: str | None
    ) -> None:
        self.bot = bot
        self.loop = loop
        self.process = process
        self.first_answer = 0.0
        """Seconds from the start of the process to the first answer."""
        self.resident = 0.0
        """Its memory when the phones had come to their end, in MB."""
        self.kept: int | None = None
        """Reports that came into the database; None where the bot has none."""
        self.database_url = database_url
        self._before = submitted(database_url) if database_url else set()

    def read(self) -> Reading:
        """Look at the meters."""
        return Reading(
            at=perf_counter(),
            answers=len(self.loop.answers),
            calls=self.loop.asked,
            bot_cpu=self.process.cpu(),
            database_cpu=self.bot.database.cpu() if self.bot.database else 0.0,
            bench_cpu=process_time(),
        )

    def check(self) -> None:
        """Compare what the phones saw with what the bot kept and with what the specification allows."""
        loop = self.loop
        loop.problems += (f"violation: {violation}" for violation in loop.server.violations[:5])
        if self.database_url is None:
            return
        kept = submitted(self.database_url) - self._before
        self.kept = len(kept)
        if lost := set(loop.receipts) - kept:
            loop.problems.append(f"{len(lost)} reports with a receipt are not in the database")
        if unseen := kept - set(loop.receipts):
            loop.problems.append(f"{len(unseen)} reports in the database have no receipt")


@contextlib.asynccontextmanager
async def running(bot: MeasuredBot, load: Load) -> AsyncIterator[Running]:
    """`bot` with its first answer given and all phones at work; afterwards all that was to be checked is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER)))
        server = await stack.enter_async_context(BotApiServer())
        url = stack.enter_context(bot.database.new(folder)) if bot.database else None
        loop = OpenLoop(server, bot.dialogue, rate=load.rate) if load.rate else ClosedLoop(server, bot.dialogue)
        if load.delay:
            server.cloud.faults.add("delay", times=None, seconds=load.delay)
        loop.add()
        started = perf_counter()
        process = await _started(bot, environment(server, url), folder, stack)
        stack.push_async_callback(asyncio.to_thread, process.stop)  # it may need the server to stop
        run = Running(bot, loop, process, url)
        try:
            await loop.answered(1, FIRST_ANSWER)
        except TimeoutError:
            raise RuntimeError(f"{bot.name} does not answer; it said:\n{process.said()}") from None
        run.first_answer = loop.answers[0].at - started
        for _phone in range(load.phones - 1):
            loop.add()
        yield run
        await loop.end(LAST_ANSWERS)
        run.resident = process.resident()
        if code := await asyncio.to_thread(process.stop):
            loop.problems.append(f"ended with exit code {code}; it said:\n{process.said()}")
        run.check()


async def _started(
    bot: MeasuredBot, given: dict[str, str], folder: Path, stack: contextlib.AsyncExitStack
) -> BotProcess | SeveralProcesses:
    """`bot`, alone or as several workers that are called in turn."""
    if bot.workers == 1:
        return BotProcess(bot.command, given, folder)
    round_robin = RoundRobin(bot.workers)
    await stack.enter_async_context(round_robin.called())
    workers = []
    for port in round_robin.ports:
        own = folder / str(port)
        own.mkdir()
        workers.append(BotProcess(bot.command, {**given, **round_robin.environment(port)}, own))
    return SeveralProcesses(workers)


def environment(server: BotApiServer, database_url: str | None) -> dict[str, str]:
    """What a bot is told."""
    database = {"DATABASE_URL": database_url} if database_url else {}
    # Measured people are faster than people.
    own = {"MELDIND_LOG_LEVEL": "warning", "MELDIND_FLOOD_LIMIT": "0"}
    return {"BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url, **own, **database}


def submitted(database_url: str) -> set[str]:
    """The reports that came in by conversation, by their public ids."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        query = select(reports.c.id).where(reports.c.status == "submitted", reports.c.person_id.is_not(None))
        found = set(connection.scalars(query))
    engine.dispose()
    return found
