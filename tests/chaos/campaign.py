"""A campaign: life after life the bot is killed while people talk to it, and each time its promises are looked at."""

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf
from random import Random
from typing import Any

from sqlalchemy import Connection

from bot.botapi import BotApiServer
from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.chaos import kept
from tests.chaos.boundaries import AT_SERVER, Boundary
from tests.chaos.coordinator import Coordinator
from tests.chaos.databases import Database, Trouble
from tests.chaos.fleet import Fleet
from tests.chaos.librarians import Crowd, Librarian
from tests.chaos.plan import Clock, Injection, Life, Weather, befall
from tests.chaos.sends import Sends
from tests.chaos.watching import Watch

CALM_EVERY = 25
"""After so many kills everything is left in peace until everybody has their answer."""

PATIENCE = 10.0
"""Seconds after which a life ends that has not come to its boundary."""

REACHES = 0.1
FIRST_SIGN = 30.0
IN_VAIN = 10.0
"""Seconds without an answer after which somebody writes again who had blocked the bot."""
ENDS_LATE = 10.0
"""Seconds after which a worker has ended that could not start while the database took no writes."""

QUIET = 0.5
"""Seconds for which nothing may be on its way before everything counts as answered."""

STUCK = 120.0
"""Seconds in peace after which a chat counts as stuck: the longest pause for a message is 60 s."""

LONGEST_WAIT = 200.0
"""The same at the end: a file whose maker was killed is made by another after two minutes."""

LONGEST_ROUND = 600.0
"""The same where the bot has not taken what somebody did: a webhook that failed often is called every two minutes."""
NOT_TAKEN = ", and what was done there was not taken"


@dataclass(slots=True)
class Record:
    """What happened."""

    kills: "Counter[Boundary]" = field(default_factory=Counter)
    lives: int = 0
    missed: int = 0
    """Lives that did not come to their boundary, and were ended from outside."""
    ended_itself: int = 0
    """Lives in which the bot could not start, or gave up, for want of a database or of Telegram."""
    injections: "Counter[Injection]" = field(default_factory=Counter)
    recoveries: list[float] = field(default_factory=list)
    """Seconds from a start after a kill to the first thing somebody saw, where nothing else was wrong."""
    problems: list[str] = field(default_factory=list)


class Campaign:
    """One server, one database, some phones, and a bot that does not live long."""

    def __init__(
        self, server: BotApiServer, database: Database, bot: Fleet, seed: int, phones: int, patience: float = PATIENCE
    ) -> None:
        self.record = Record()
        self.server = server
        self.database = database
        self.crowd = Crowd(server, Random(seed))
        self.coordinator = Coordinator(server, Random(seed + 1))
        self.sends = Sends(server, bot.size == 1)
        self.watch = Watch(server)
        self._phones = phones
        self._patience = patience
        self._bot = bot
        self.engine = make_engine(normalise_url(database.direct_url))
        self._suffers = False
        self._tell: Callable[[str], object] = lambda line: None
        delivery = server.cloud.updates.delivery
        delivery.redeliver = delivery.repeat_presses = 0.1

    async def run(
        self, plan: Iterable[Life], tell: Callable[[str], object] = lambda line: None, until: float = inf
    ) -> None:
        """The whole of it: one life after another; how far it has come, and what is broken, is told at once.

        No life begins after `until`, on the clock of the event loop.
        """
        self._tell = tell
        try:
            await self._prepare()
            for number, life in enumerate(plan, 1):
                if asyncio.get_running_loop().time() > until:
                    break
                if number % CALM_EVERY == 0:
                    await self._calm()
                    tell(f"{number} lives, {len(self.record.problems)} promises broken")
                await self._live(life)
            self.crowd.ending = True
            await self._calm()
            if self._unfinished():  # somebody pressed while the bot was stopping: that arrives after the next start
                await self._calm()
                self._complain(self._unfinished())
            self._look_at_everything()
        finally:
            self._bot.end()
            self.engine.dispose()

    async def _prepare(self) -> None:
        await _make_coordinator(self.database.direct_url, self.coordinator.id)
        self.coordinator.starts()
        for _phone in range(self._phones):
            self.crowd.add()
        await self._calm()

    async def _live(self, life: Life) -> None:
        """One life, from the start to the kill, and a look at what is left."""
        faults = self.server.cloud.faults
        somebody_waits = bool(self.crowd.waiting)
        self.watch.begin()
        if isinstance(life.injection, Weather):
            befall(faults, life.injection, whom=self.crowd.everybody[-1].chat)
            if life.injection is Weather.MIGRATED:
                self.coordinator.upgrades_group()
                self.sends.moved = self.coordinator.moved
        started = asyncio.get_running_loop().time()
        self.record.lives += 1
        fresh = await self._bot.start(life)
        troubled = asyncio.create_task(self._trouble(life))
        code, boundary = await self._struck(life)
        begun = await self._over(troubled)
        faults.clear()
        if life.injection:
            jumped = fresh and isinstance(life.injection, Clock)
            self.record.injections[life.injection] += begun or jumped or isinstance(life.injection, Weather)
        elif somebody_waits and self.watch.shown_at:
            self.record.recoveries.append(self.watch.shown_at - started)
        if code == -signal.SIGKILL:
            self.record.kills[boundary] += 1
        elif life.injection is None:
            self._complain([f"ended with {code} though nothing was wrong:\n{self._bot.said()}"])
        else:
            self.record.ended_itself += 1
        await self.database.mend()
        await self._look()

    async def _struck(self, life: Life) -> tuple[int, Boundary]:
        """Wait until the bot is killed, at its boundary or by chance; its exit code, and which it was."""
        boundary = life.boundary
        end = asyncio.ensure_future(self._bot.ended())
        sign = self.watch.first_call()
        if life.boundary in AT_SERVER:
            self.watch.at(life.boundary, life.n, self._bot.kill)
        if life.boundary is Boundary.STARTING:
            await _first_of(end, life.seconds)
        else:
            await _first_of(end, FIRST_SIGN, sign)
            by_chance = life.boundary is Boundary.ANY
            await _first_of(end, life.seconds if by_chance else self._patience)
            if not by_chance and not end.done():
                self.record.missed += 1
                boundary = Boundary.ANY
        self._bot.kill()
        return await end, boundary

    async def _trouble(self, life: Life) -> None:
        """Let the database suffer, as soon as the bot has said something, or from the start if it is to die there."""
        if isinstance(life.injection, Trouble):
            if life.boundary is not Boundary.STARTING:
                await self.watch.first_shown()
            self._suffers = True
            await self.database.suffer(life.injection)

    async def _over(self, troubled: "asyncio.Task[None]") -> bool:
        """Wait for the end of what has begun; whether something had."""
        begun, self._suffers = self._suffers, False
        if not begun:
            troubled.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await troubled
        return begun

    async def _calm(self) -> None:
        """Leave everything in peace until everybody has got what they wait for, then stop the bot in an orderly way.

        At the end of the campaign everybody finishes their report first; before it nobody does anything more.
        """
        loop, crowd = asyncio.get_running_loop(), self.crowd
        owed = {librarian: librarian.answers for librarian in crowd.waiting}
        if not crowd.ending:
            crowd.hold()
        await self._bot.start()
        began = loop.time()
        waiting: list[Librarian] = []
        quiet_since: float | None = None
        patience = LONGEST_WAIT if crowd.ending else STUCK
        until = began + patience
        while loop.time() < until:
            await asyncio.sleep(0.1)
            if self.server.cloud.updates.waiting:
                until = min(loop.time() + patience, began + LONGEST_ROUND)
            if loop.time() < began + ENDS_LATE:
                await self._bot.start_again()
            owed = {one: answers for one, answers in owed.items() if one.waits and one.answers == answers}
            waiting = list(crowd.by_chat.values()) if crowd.ending else list(owed)
            if waiting or self._is_on_its_way() or self._unfinished() or (crowd.ending and self._files_wait()):
                quiet_since = None
            elif quiet_since is None:
                quiet_since = loop.time()
            elif loop.time() > quiet_since + QUIET:
                break
            for librarian in crowd.waiting:
                if librarian.press_is_given_up:
                    librarian.presses_again()
                    until = min(loop.time() + patience, began + LONGEST_ROUND)
                if loop.time() - max(librarian.since, began) > IN_VAIN and librarian.chat in self.watch.blocked:
                    librarian.insists()
        else:
            untaken = {pending.lane for pending in self.server.cloud.updates.waiting.values()}
            stuck = [f"{one.token}: the chat is stuck{NOT_TAKEN * (one.chat in untaken)}" for one in waiting]
            self._complain(stuck or self._unfinished() or (["a file was never made"] if self._files_wait() else []))
        if code := await self._bot.stop():
            self._complain([f"an orderly stop ended with {code}:\n{self._bot.said()}"])
        await self._look()
        crowd.go_on()

    def _is_on_its_way(self) -> bool:
        """Whether somebody is about to press, or the bot has not taken in yet what somebody did."""
        return self.coordinator.is_about_to_press or bool(self.server.cloud.updates.waiting)

    async def _look(self) -> None:
        """The bot is dead, and whoever goes on stands still: is all there that was acknowledged?"""
        self._bot.halt()
        await asyncio.sleep(REACHES)  # what the dead one had asked for may still be on its way
        with self._connected() as connection:
            self.sends.look(connection)
            recent = self.crowd.everybody[-4 * self._phones :]
            self._complain(kept.lost(connection, recent))
        self._bot.go_on()

    def _look_at_everything(self) -> None:
        """The campaign is over: the same for everybody, and for what had to arrive."""
        self.sends.check()
        everybody = self.crowd.everybody
        with self._connected() as connection:
            self._complain(kept.lost(connection, everybody))
            self._complain(kept.notices_lost(connection, everybody, self.coordinator, self.watch.seen))
            self._complain(kept.files_lost(connection, self.sends.files))
        self._complain([*self.sends.problems, *self.crowd.problems, *self.watch.failed_turns])
        self._complain([f"violation: {violation}" for violation in self.server.violations])

    def _complain(self, problems: Iterable[str]) -> None:
        """Write down, once, that something is not as it was promised."""
        for problem in problems:
            if problem not in self.record.problems:
                self.record.problems.append(problem)
                self._tell(f"after {self.record.lives} lives: {problem}")

    def _unfinished(self) -> list[str]:
        with self._connected() as connection:
            return kept.unfinished(connection)

    def _files_wait(self) -> bool:
        with self._connected() as connection:
            return kept.files_wait(connection)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(reading=True) as connection:
            yield connection


async def _first_of(end: "asyncio.Future[int]", seconds: float, *others: "asyncio.Future[Any]") -> None:
    """Wait for `end` or one of the others, at most so long."""
    waited: list[asyncio.Future[Any]] = [end, *others]
    await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)


async def _make_coordinator(url: str, telegram_id: int) -> None:
    """Give that person her role, while the bot is not running."""

    def made(work: UnitOfWork) -> None:
        standing = work.people.arrive(telegram_id, telegram_id, "en", datetime.now(UTC))
        work.members.become(standing.person.id, frozenset({"coordinator", "owner"}))
        work.people.set_name(standing.person.id, "Ann")

    storage = Storage.open(url)
    try:
        await storage.write(made)
    finally:
        await storage.close()
