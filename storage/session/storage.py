"""The door to the database: a function runs in a transaction, off the event loop, and its result comes back."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent import futures
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from conversations.language.words import Words
from storage.engine.database import make_engine, reason
from storage.engine.errors import DatabaseAway, StorageClosed
from storage.engine.threads.group_writer import GroupWriter
from storage.engine.threads.jobs import Ended, Job, Kind, tell
from storage.engine.urls import normalise_url
from storage.session.unit_of_work import UnitOfWork

Result = TypeVar("Result")


class _Threads(Protocol):
    @property
    def in_order(self) -> bool: ...
    def start(self) -> None: ...
    def put(self, jobs: list[Job]) -> None: ...
    def stop(self) -> None: ...


def in_english(words: Words) -> Sequence[str]:
    """`words` as they stand in the sources, where no catalogue is at hand."""
    return (words.text,)


def _pool(engine: Engine, work: Callable[[Connection], UnitOfWork]) -> _Threads:
    # Imported only where it is used: PostgreSQL's driver is 9 MB that a bot on SQLite does not need.
    from storage.engine.threads.pool import Pool

    return Pool(engine, work)


@dataclass(slots=True)
class _Identity:
    """Which of several workers this process is; None: it serves alone, or does not serve."""

    worker: int | None = None


class Storage:
    """An open database.

    A function handed to `write` or `read` may run again if the database asked for it, so it changes nothing but
    through its `UnitOfWork`. What `write` returned is on disk; when it raised, nothing of that function is kept, except
    after `CommitUnknown`, when it may be.
    """

    def __init__(self, threads: _Threads, identity: "_Identity") -> None:
        self._threads = threads
        self._identity = identity
        self._closed = False
        self._door = threading.Lock()  # nothing is put after the end
        self._gathered: list[Job] = []

    @classmethod
    def open(cls, url: str, *, spellings: Callable[[Words], Sequence[str]] = in_english) -> "Storage":
        """The database at `url`, which must be migrated. `spellings` gives words in every language of the bot."""

        identity = _Identity()

        def work(connection: Connection) -> UnitOfWork:
            return UnitOfWork(connection, spellings, identity.worker)

        engine = make_engine(normalise_url(url))
        try:
            threads = GroupWriter(engine, work) if engine.dialect.name == "sqlite" else _pool(engine, work)
        except DBAPIError as error:
            raise DatabaseAway(f"The database cannot be opened: {reason(error)}") from error
        threads.start()
        return cls(threads, identity)

    def work_as(self, worker: int) -> None:
        """Be that worker from now on: the replies of later transactions are its own to send."""
        self._identity.worker = worker

    @property
    def in_order(self) -> bool:
        """Whether each job sees what those that were begun before it have done, committed or not."""
        return self._threads.in_order

    def write(self, f: Callable[[UnitOfWork], Result]) -> "asyncio.Future[Result]":
        """What `f` returns, once what it did is committed. It has its place in the order before this is awaited."""
        return self._begun(f, Kind.WRITE)

    def note(self, f: Callable[[UnitOfWork], Result]) -> "asyncio.Future[Result]":
        """What `f` returns, once what it did outlives this process; the disk is not waited for where that can be told.

        For what is only done once more where it is lost: should the power go, it may be as if it had not been.
        """
        return self._begun(f, Kind.NOTE)

    def read(self, f: Callable[[UnitOfWork], Result]) -> "asyncio.Future[Result]":
        """What `f` returns; it sees all that was committed before, and may not write."""
        return self._begun(f, Kind.READ)

    def empty_journal(self) -> "asyncio.Future[bool]":
        """Whether nothing is left beside the database of what was deleted before; False: somebody else uses it now."""
        return self._begun(lambda work: work.erasure_followup.empty_journal(), Kind.BETWEEN)

    def write_now(self, f: Callable[[UnitOfWork], Result]) -> Result:
        """The same as `write`, for callers that have no event loop."""
        return self._waited_for(f, Kind.WRITE)

    def read_now(self, f: Callable[[UnitOfWork], Result]) -> Result:
        """The same as `read`, for callers that have no event loop."""
        return self._waited_for(f, Kind.READ)

    async def close(self) -> None:
        """Finish what waits and let go of the database; a second call does nothing."""
        self._hand_over()
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """The same as `close`, for callers that have no event loop."""
        with self._door:
            if self._closed:
                return
            self._closed = True
        self._threads.stop()

    def _begun(self, f: Callable[[UnitOfWork], Result], kind: Kind) -> "asyncio.Future[Result]":
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Result] = loop.create_future()
        if not self._gathered or self._gathered[-1].loop is not loop:  # that one has ended meanwhile
            # After all that is ready to run, and what that makes ready: what comes together is kept together.
            loop.call_soon(loop.call_soon, self._hand_over)
        self._gathered.append(Job(f, kind, told, loop))
        return told

    def _hand_over(self) -> None:
        jobs, self._gathered = self._gathered, []
        try:
            self._put(jobs)
        except StorageClosed as error:
            tell(Ended(job, error=error) for job in jobs)

    def _waited_for(self, f: Callable[[UnitOfWork], Result], kind: Kind) -> Result:
        told: futures.Future[Any] = futures.Future()
        self._put([Job(f, kind, told)])
        result: Result = told.result()
        return result

    def _put(self, jobs: list[Job]) -> None:
        with self._door:
            if self._closed:
                raise StorageClosed("The storage is closed.")
            self._threads.put(jobs)
