"""PostgreSQL: a few threads with a connection each; every turn has its own transaction."""

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine.errors import CommitUnknown, DatabaseAway
from storage.engine.postgres import begin, commit
from storage.engine.threads.jobs import Ended, Job, Kind, explained, tell

THREADS = 8

PAUSES = (0.02, 0.1, 0.5, 1.5)
"""Seconds before each retry of a turn that failed because of the database; after the last its caller gets the error."""

_TRANSIENT = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)


class Pool:
    """Threads that take jobs from one queue."""

    in_order = False
    """A job may finish before an earlier one."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        engine.connect().close()  # report an unreachable server at once
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads = [_Worker(number, self._jobs, engine, work) for number in range(THREADS)]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def put(self, jobs: list[Job]) -> None:
        """Queue `jobs`; several may run at the same time."""
        for job in jobs:
            self._jobs.put(job)

    def stop(self) -> None:
        """Finish the waiting jobs, then end."""
        for _thread in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()


class _Worker(threading.Thread):
    """One thread and its connection, which is replaced when it breaks."""

    def __init__(
        self,
        number: int,
        jobs: "queue.SimpleQueue[Job | None]",
        engine: Engine,
        work: Callable[[Connection], Any],
    ) -> None:
        super().__init__(name=f"storage-{number}", daemon=True)
        self._jobs = jobs
        self._engine = engine
        self._work = work
        self._connection: Connection | None = None

    def run(self) -> None:
        """Run jobs until the pool stops."""
        while (job := self._jobs.get()) is not None:
            tell([self._done(job)])
        self._hang_up()

    def _done(self, job: Job) -> Ended:
        ended = self._tried(job)
        for pause in PAUSES:
            if not _passes(ended.error):
                break
            time.sleep(pause)
            ended = self._tried(job)
        return Ended(job, ended.result, ended.error and explained(ended.error))

    def _tried(self, job: Job) -> Ended:
        try:
            return Ended(job, self._turn(job))
        except BaseException as error:  # noqa: BLE001 - it is the caller's, who gets it
            if self._connection is not None and self._connection.invalidated:
                self._hang_up()
            return Ended(job, error=error)

    def _turn(self, job: Job) -> Any:
        connection = self._connected()
        if job.kind is Kind.BETWEEN:
            return job.run(self._work(connection))
        reads = job.kind in (Kind.READ, Kind.BESIDE)
        with connection.begin():
            begin(connection, reads=reads, waits_for_disk=job.kind is not Kind.NOTE)
            result = job.run(self._work(connection))
            try:
                commit(connection)
            except DBAPIError as error:
                if error.connection_invalidated and not reads:
                    raise CommitUnknown("The connection broke while the turn was committed; it may be kept.") from error
                raise
        return result

    def _connected(self) -> Connection:
        if self._connection is None:
            try:
                self._connection = self._engine.connect()
            except DBAPIError as error:
                raise DatabaseAway("The database cannot be reached; nothing of this turn is kept.") from error
        return self._connection

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _passes(error: BaseException | None) -> bool:
    """Returns whether the same turn may succeed when it is tried again."""
    match error:
        case DatabaseAway() | DBAPIError(connection_invalidated=True):
            return True
        case DBAPIError():
            return isinstance(error.orig, _TRANSIENT)
        case _:
            return False
