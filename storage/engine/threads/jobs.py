"""A job that waits for a thread, and how its caller gets the result."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from concurrent import futures
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError

from storage.engine.database import is_damaged, reason
from storage.engine.errors import DatabaseAway, NotKept
from storage.engine.sqlite import driver


class Kind(Enum):
    """Whether a job writes, notes, reads, reads beside the others, or runs between transactions."""

    READ = auto()
    """It must not write."""
    WRITE = auto()
    """Its changes are on disk when the caller gets the result."""
    NOTE = auto()
    """Its changes survive a crash of this process, but may be lost if the machine goes down."""
    BESIDE = auto()
    """It must not write, and may take long: where one thread does all jobs, another one does this one."""
    BETWEEN = auto()
    """It has no transaction: it is for statements that a database runs only between transactions."""


@dataclass(frozen=True, slots=True)
class Job:
    """A function to run in a transaction of its own, or outside of any if its kind is `BETWEEN`.

    `told` is called with the result, on `loop` if that is given.
    """

    run: Callable[[Any], Any]
    kind: Kind
    told: "asyncio.Future[Any] | futures.Future[Any]"
    loop: asyncio.AbstractEventLoop | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: with a committed `result`, or with an `error` and nothing stored."""

    job: Job
    result: Any = None
    error: BaseException | None = None


def tell(ended: Iterable[Ended]) -> None:
    """Give the callers their results. Each event loop is woken once for all its callers."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Ended]] = {}
    for each in ended:
        if each.job.loop is None:
            _settle(each)
        else:
            by_loop.setdefault(each.job.loop, []).append(each)
    for loop, together in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed, so nobody is waiting
            loop.call_soon_threadsafe(_settle_all, together)


def _settle_all(ended: list[Ended]) -> None:
    for each in ended:
        _settle(each)


def _settle(ended: Ended) -> None:
    told = ended.job.told
    if told.cancelled():
        return
    if ended.error is not None:
        told.set_exception(ended.error)
    else:
        told.set_result(ended.result)


def _is_our_fault(error: OperationalError) -> bool:
    """Returns whether SQLite could not parse a statement: then a retry cannot help."""
    return getattr(error.orig, "sqlite_errorcode", None) == driver.SQLITE_ERROR


_TAKES_NO_WRITES = frozenset({"25006", "0A000", "42501"})
"""SQLSTATEs of a PostgreSQL that does not write: for a statement where it is read-only, for a write transaction on a
standby, and where it may not open its own files, because their disk has become read-only.
"""


def _takes_no_writes(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _TAKES_NO_WRITES


def explained(error: BaseException) -> BaseException:
    """Returns a StorageError with a clear text if the database caused `error`; `error` itself if the turn did."""
    own: Exception
    match error:
        case DBAPIError(connection_invalidated=True):
            own = DatabaseAway("The connection to the database broke; nothing of this turn is kept.")
        case DBAPIError() if _takes_no_writes(error):
            own = NotKept("The database takes no writes now; nothing of this turn is kept.")
        case DBAPIError() if is_damaged(error):
            own = NotKept(f"The database refused: {reason(error)}")
        case OperationalError() if not _is_our_fault(error):
            own = NotKept(f"The database refused: {str(error.orig).splitlines()[0]}")
        case StopIteration():
            own = RuntimeError("A turn let StopIteration out.")  # a future cannot hold it
        case _:
            return error
    own.__cause__ = error
    return own
