"""A process that only reads: jobs run at once, in the thread that brings them, on one connection."""

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
        if job.kind is not Kind.READ:
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
