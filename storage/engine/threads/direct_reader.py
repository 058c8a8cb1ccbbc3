"""Reading on a connection of one's own: in the thread that asks, or in one beside the storage thread."""

import queue
import threading
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.engine.database import reason
from storage.engine.errors import DatabaseAway, NotKept
from storage.engine.sqlite import driver_connection
from storage.engine.threads.jobs import Ended, Job, Kind, explained, tell


class DirectReader:
    """Runs each job in a short transaction that cannot write; it connects when the first job comes."""

    in_order = True
    """Each job has ended before the next begins."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        self._engine = engine
        self._work = work
        self._connection: Connection | None = None

    def start(self) -> None:
        """Do nothing: there is no thread to start."""

    def put(self, jobs: list[Job]) -> None:
        """Run `jobs` now, in this order."""
        tell([self._done(job) for job in jobs])

    def stop(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _done(self, job: Job) -> Ended:
        if job.kind not in (Kind.READ, Kind.BESIDE):
            return Ended(job, error=NotKept("This process only reads."))
        try:
            connection = self._connected()
            with connection.begin():
                return Ended(job, job.run(self._work(connection)))
        except BaseException as error:  # noqa: BLE001 - it is the caller's, who gets it
            if self._connection is not None and self._connection.invalidated:
                self.stop()
            return Ended(job, error=explained(error))

    def _connected(self) -> Connection:
        if self._connection is None:
            try:
                self._connection = self._engine.connect().execution_options(reading=True)
            except DBAPIError as error:
                raise DatabaseAway(f"The database cannot be opened: {reason(error)}") from error
            if self._engine.dialect.name == "sqlite":
                driver_connection(self._connection).execute("PRAGMA query_only = ON")
            else:
                cast("Any", self._connection.connection.driver_connection).read_only = True
        return self._connection


class ReaderBeside:
    """A thread that reads what takes long, so that turns need not wait for it. It starts with the first job."""

    def __init__(self, engine: Engine, work: Callable[[Connection], Any]) -> None:
        self._reader = DirectReader(engine, work)
        self._jobs: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def put(self, jobs: list[Job]) -> None:
        """Queue `jobs`; they run in this order."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="storage-beside", daemon=True)
            self._thread.start()
        self._jobs.put(jobs)

    def stop(self) -> None:
        """Finish the waiting jobs, then end."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join()

    def _serve(self) -> None:
        while (jobs := self._jobs.get()) is not None:
            for job in jobs:
                self._reader.put([job])
        self._reader.stop()
