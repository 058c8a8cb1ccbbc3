"""SQLite: one thread that takes all waiting turns and commits them together."""

import queue
import threading
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine.errors import NotKept
from storage.engine.sqlite import driver, driver_connection
from storage.engine.threads.direct_reader import ReaderBeside
from storage.engine.threads.jobs import Ended, Job, Kind, explained, tell

MOST_TOGETHER = 64
"""Turns in one commit: enough to spread the cost of the disk, few enough that the first does not wait for long."""


class GroupWriter:
    """The only thread of this process that uses the file, so no turn waits for a lock of another.

    Each waiting write gets a savepoint, so that a failure undoes only that write; one commit stores them all. Reads use
    a second, read-only connection of the same thread. If only notes (`Storage.note`) are waiting, the commit does not
    wait for the disk: the operating system has them, so they survive a crash of this process, and the next write syncs
    them. What is read beside has a thread and a connection of its own, except with a rollback journal, where a long
    reader would hold up the commits.
    """

    in_order = True
    """A job sees the changes of the jobs before it, committed or not; one that is read beside, only committed ones."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        self._writing = engine.connect()
        self._reading = engine.connect().execution_options(reading=True)
        driver_connection(self._reading).execute("PRAGMA query_only = ON")
        self._may_note = _journal(self._writing) == "wal"  # other journal modes could be corrupted
        self._waits_for_disk = True
        self._work = work
        self._beside = ReaderBeside(engine, work) if self._may_note else None
        self._jobs: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="storage", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def put(self, jobs: list[Job]) -> None:
        """Queue `jobs`; they run in this order."""
        if self._beside is not None and (beside := [job for job in jobs if job.kind is Kind.BESIDE]):
            self._beside.put(beside)
            jobs = [job for job in jobs if job.kind is not Kind.BESIDE]
        if jobs:  # an empty list would be the end
            self._jobs.put(jobs)

    def stop(self) -> None:
        """Finish the waiting jobs, then end."""
        self._jobs.put(None)
        self._thread.join()
        if self._beside is not None:
            self._beside.stop()

    def _serve(self) -> None:
        with self._writing, self._reading:
            while batch := self._waiting():
                if writes := [job for job in batch if job.kind in (Kind.WRITE, Kind.NOTE)]:
                    tell(self._write(writes))
                tell([self._between(job) for job in batch if job.kind is Kind.BETWEEN])
                if reads := [job for job in batch if job.kind in (Kind.READ, Kind.BESIDE)]:
                    tell(self._read(job) for job in reads)

    def _waiting(self) -> list[Job]:
        """Returns the waiting jobs, at least one; an empty list after `stop` when none are left."""
        batch: list[Job] = []
        jobs = self._jobs.get()
        while jobs is not None:
            batch += jobs
            if len(batch) >= MOST_TOGETHER:
                return batch
            try:
                jobs = self._jobs.get_nowait()
            except queue.Empty:
                return batch
        if batch:
            self._jobs.put(None)  # read too early: put it back for after this batch
        return batch

    def _write(self, jobs: list[Job]) -> Iterable[Ended]:
        try:
            self._wait_for_disk(not self._may_note or any(job.kind is Kind.WRITE for job in jobs))
            with self._writing.begin():
                return [self._in_savepoint(job) for job in jobs]
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing is kept and everybody hears of it
            return [Ended(job, error=_refused(error)) for job in jobs]

    def _wait_for_disk(self, wanted: bool) -> None:
        """Set whether the next commit waits for the disk."""
        if wanted is not self._waits_for_disk:
            level = "FULL" if wanted else "NORMAL"
            driver_connection(self._writing).execute(f"PRAGMA synchronous = {level}")
            self._waits_for_disk = wanted

    def _in_savepoint(self, job: Job) -> Ended:
        # Directly on the driver, because these three run for every turn. They also notice when SQLite has rolled back
        # the whole transaction (a full disk); a later commit would then be empty.
        connection = driver_connection(self._writing)
        connection.execute("SAVEPOINT turn")
        try:
            ended = Ended(job, job.run(self._work(self._writing)))
        except BaseException as error:  # noqa: BLE001 - it is the caller's, who gets it
            try:
                connection.execute("ROLLBACK TO turn")
            except driver.Error:
                if isinstance(error, DBAPIError):
                    raise error from None  # the cause of the rollback, not the missing savepoint
                raise
            ended = Ended(job, error=explained(error))
        connection.execute("RELEASE turn")
        return ended

    def _between(self, job: Job) -> Ended:
        try:
            return Ended(job, job.run(self._work(self._writing)))
        except Exception as error:  # noqa: BLE001 - it is the caller's, who gets it
            return Ended(job, error=explained(error))

    def _read(self, job: Job) -> Ended:
        try:
            with self._reading.begin():
                return Ended(job, job.run(self._work(self._reading)))
        except BaseException as error:  # noqa: BLE001 - it is the caller's, who gets it
            return Ended(job, error=explained(error))


def _journal(connection: Connection) -> str:
    mode, *_ = driver_connection(connection).execute("PRAGMA journal_mode").fetchone()
    return str(mode)


def _refused(error: Exception) -> NotKept:
    """Returns one error object for each turn of a commit, because an exception stores where it was raised."""
    refusal = NotKept(f"The database refused: {str(getattr(error, 'orig', error)).splitlines()[0]}")
    refusal.__cause__ = error
    return refusal
