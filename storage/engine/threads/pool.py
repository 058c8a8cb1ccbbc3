"""PostgreSQL: several connections in one thread; every turn has its own transaction.

While one turn waits for the database, another goes on (`Hub`). What may take long has a thread beside.
"""

import queue
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import psycopg
from greenlet import getcurrent, greenlet
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.engine.errors import DatabaseAway
from storage.engine.hub import Hub, elsewhere, sleep
from storage.engine.postgres import prepare, transaction
from storage.engine.threads.jobs import Ended, Job, Kind, explained, tell

TURNS = 8
"""How many turns may be under way at a time, each with its connection."""

PAUSES = (0.02, 0.1, 0.5, 1.5)
"""Seconds before each retry of a turn that failed because of the database; after the last its caller gets the error."""

_TRANSIENT = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)


class Pool:
    """A thread for turns, and one for what is read beside them."""

    in_order = False
    """A job may finish before an earlier one."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        prepare(engine)
        engine.connect().close()  # report an unreachable server at once
        self._turns = _Turns(engine, work)
        self._beside = _Beside(engine, work)

    def start(self) -> None:
        """Start the threads."""
        self._turns.start()
        self._beside.start()

    def put(self, jobs: list[Job]) -> None:
        """Queue `jobs`; several may run at the same time."""
        self._turns.put([job for job in jobs if job.kind is not Kind.BESIDE])
        for job in jobs:
            if job.kind is Kind.BESIDE:
                self._beside.put(job)

    def stop(self) -> None:
        """Finish the waiting jobs, then end."""
        self._turns.stop()
        self._beside.put(None)
        self._turns.join()
        self._turns.close()
        self._beside.join()


class _Turns(threading.Thread):
    """Runs jobs by turns, each on a connection of its own."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        super().__init__(name="storage", daemon=True)
        self._hub = Hub()
        self._jobs: deque[Job] = deque()
        self._workers = [_Worker(engine, work) for _number in range(TURNS)]
        self._idle: list[greenlet] = []
        self._ended: list[Ended] = []
        self._stops = False

    def put(self, jobs: list[Job]) -> None:
        """Queue `jobs`."""
        self._jobs.extend(jobs)
        self._hub.ring()

    def stop(self) -> None:
        """Finish the waiting jobs, then end."""
        self._stops = True
        self._hub.ring()

    def close(self) -> None:
        """Give back what it took, after it has ended."""
        self._hub.close()

    def run(self) -> None:
        """Run jobs until it stops."""
        self._hub.run([partial(self._work, worker) for worker in self._workers], self._between)
        for worker in self._workers:
            worker.hang_up()

    def _work(self, worker: "_Worker") -> None:
        while True:
            while self._jobs:
                ended = worker.done(self._jobs.popleft())  # meanwhile others are told, and the list is a new one
                self._ended.append(ended)
            self._idle.append(getcurrent())
            self._hub.stand()

    def _between(self) -> bool:
        """Tell the callers what has ended, and let waiting jobs begin; returns False at the end."""
        ended, self._ended = self._ended, []
        tell(ended)
        for _job in range(min(len(self._jobs), len(self._idle))):
            self._hub.go_on(self._idle.pop())
        return not (self._stops and not self._jobs and len(self._idle) == len(self._workers))


class _Beside(threading.Thread):
    """Runs what may take long, one after another."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        super().__init__(name="storage-beside", daemon=True)
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._worker = _Worker(engine, work)

    def put(self, job: Job | None) -> None:
        """Queue a job; None: end after those before it."""
        self._jobs.put(job)

    def run(self) -> None:
        """Run jobs until it stops."""
        while (job := self._jobs.get()) is not None:
            tell([self._worker.done(job)])
        self._worker.hang_up()


class _Worker:
    """Runs one job at a time on a connection, which is replaced when it breaks."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        self._engine = engine
        self._work = work
        self._connection: Connection | None = None

    def done(self, job: Job) -> Ended:
        """Run `job`, again if the database was in the way, and return how it ended."""
        ended = self._tried(job)
        for pause in PAUSES:
            if not _passes(ended.error):
                break
            sleep(pause)
            ended = self._tried(job)
        return Ended(job, ended.result, ended.error and explained(ended.error))

    def hang_up(self) -> None:
        """Close the connection; if that fails, it is gone anyway, and the others go on."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, psycopg.Error):
                connection.close()

    def _tried(self, job: Job) -> Ended:
        try:
            return Ended(job, self._turn(job))
        except BaseException as error:  # noqa: BLE001 - it is the caller's, who gets it
            if self._connection is not None and self._connection.invalidated:
                self.hang_up()
            return Ended(job, error=error)

    def _turn(self, job: Job) -> Any:
        connection = self._connected()
        if job.kind is Kind.BETWEEN:
            return job.run(self._work(connection))
        reads = job.kind in (Kind.READ, Kind.BESIDE)
        with transaction(connection, reads=reads, waits_for_disk=job.kind is not Kind.NOTE):
            return job.run(self._work(connection))

    def _connected(self) -> Connection:
        if self._connection is None:
            try:
                self._connection = elsewhere(self._engine.connect)  # a server that does not answer holds up nobody
            except DBAPIError as error:
                raise DatabaseAway("The database cannot be reached; nothing of this turn is kept.") from error
        return self._connection


def _passes(error: BaseException | None) -> bool:
    """Returns whether the same turn may succeed when it is tried again."""
    match error:
        case DatabaseAway() | DBAPIError(connection_invalidated=True):
            return True
        case DBAPIError():
            return isinstance(error.orig, _TRANSIENT)
        case _:
            return False
