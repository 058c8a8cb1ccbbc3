"""The storage: runs functions in transactions, outside of the event loop, and returns their results."""

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
from storage.engine.threads.direct_reader import DirectReader
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
    """`words` in English only, for callers without catalogues."""
    return (words.text,)


def _pool(engine: Engine, work: Callable[[Connection], UnitOfWork]) -> _Threads:
    # Imported only where it is used, because a bot on SQLite does not need the 9 MB of PostgreSQL's driver.
    from storage.engine.threads.pool import Pool

    return Pool(engine, work)


@dataclass(slots=True)
class _Identity:
    """The worker id of this process; None: it serves alone, or does not serve."""

    worker: int | None = None


class Storage:
    """An open database.

    A function given to `write` or `read` may run again after a database error, so it must change things only through
    its `UnitOfWork`. When `write` returns, the changes are on disk; when it raises, nothing of that function is stored,
    except after `CommitUnknown`, when it may be.
    """

    def __init__(self, threads: _Threads, identity: "_Identity") -> None:
        self._threads = threads
        self._identity = identity
        self._closed = False
        self._door = threading.Lock()  # no job is queued after the end
        self._gathered: list[Job] = []

    @classmethod
    def open(cls, url: str, *, spellings: Callable[[Words], Sequence[str]] = in_english) -> "Storage":
        """Open the migrated database at `url`. `spellings` returns words in every language of the bot."""

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

    @classmethod
    def open_to_read(cls, url: str, *, spellings: Callable[[Words], Sequence[str]] = in_english) -> "Storage":
        """Open the same database for `read` and `read_now` only, on one connection, in the thread that calls."""

        def work(connection: Connection) -> UnitOfWork:
            return UnitOfWork(connection, spellings)

        return cls(DirectReader(make_engine(normalise_url(url)), work), _Identity())

    def work_as(self, worker: int) -> None:
        """Set the worker id of this process: it sends the replies of later transactions."""
        self._identity.worker = worker

    @property
    def in_order(self) -> bool:
        """Whether each job sees the changes of all jobs that were begun before it, committed or not."""
        return self._threads.in_order

    def write(self, f: Callable[[UnitOfWork], Result]) -> "asyncio.Future[Result]":
        """Run `f`; the result comes when its changes are committed. The job is queued before this is awaited."""
        return self._begun(f, Kind.WRITE)

    def note(self, f: Callable[[UnitOfWork], Result]) -> "asyncio.Future[Result]":
        """Run `f`; the result comes when its changes survive a crash of this process, perhaps before they are on disk.

        Use it for changes whose loss only causes some work to be repeated: a power cut may undo them.
        """
        return self._begun(f, Kind.NOTE)

    def read(self, f: Callable[[UnitOfWork], Result]) -> "asyncio.Future[Result]":
        """Run `f`, which sees everything committed before and must not write."""
        return self._begun(f, Kind.READ)

    def read_beside(self, f: Callable[[UnitOfWork], Result]) -> "asyncio.Future[Result]":
        """Run `f` as `read` does, but without holding up others however long it takes, and in no order with them."""
        return self._begun(f, Kind.BESIDE)

    def empty_journal(self) -> "asyncio.Future[bool]":
        """Remove deleted content from the files beside the database; False: another process is using it now."""
        return self._begun(lambda work: work.erasure_followup.empty_journal(), Kind.BETWEEN)

    def write_now(self, f: Callable[[UnitOfWork], Result]) -> Result:
        """Run `f` as `write` does, for callers that have no event loop."""
        return self._waited_for(f, Kind.WRITE)

    def read_now(self, f: Callable[[UnitOfWork], Result]) -> Result:
        """Run `f` as `read` does, for callers that have no event loop."""
        return self._waited_for(f, Kind.READ)

    async def close(self) -> None:
        """Finish the waiting jobs and close the database; a second call does nothing."""
        self._hand_over()
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Close the database as `close` does, for callers that have no event loop."""
        with self._door:
            if self._closed:
                return
            self._closed = True
        self._threads.stop()

    def _begun(self, f: Callable[[UnitOfWork], Result], kind: Kind) -> "asyncio.Future[Result]":
        loop = asyncio.get_running_loop()
        told: asyncio.Future[Result] = loop.create_future()
        if not self._gathered or self._gathered[-1].loop is not loop:  # the other loop has ended
            # Wait until all ready callbacks have run, so that writes of the same moment are committed together.
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
