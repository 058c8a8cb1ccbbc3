"""A turn waiting for a thread, and how its caller hears of the end."""

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
    """What becomes of what a job does."""

    READ = auto()
    """It may not write."""
    WRITE = auto()
    """It is on the disk when the caller hears of it."""
    NOTE = auto()
    """It outlives this process; should the machine go down, it may be as if it had not been."""
    BETWEEN = auto()
    """It has no transaction: it is for what a database does between two of them."""


@dataclass(frozen=True, slots=True)
class Job:
    """`run` is to have a transaction of its own, unless it is `BETWEEN` them.

    `told` gets what it returns, on `loop` if that is given.
    """

    run: Callable[[Any], Any]
    kind: Kind
    told: "asyncio.Future[Any] | futures.Future[Any]"
    loop: asyncio.AbstractEventLoop | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: with a `result` that is committed, or with an `error` and nothing kept."""

    job: Job
    result: Any = None
    error: BaseException | None = None


def tell(ended: Iterable[Ended]) -> None:
    """Let the callers know. An event loop is woken once for all that were waiting on it."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Ended]] = {}
    for each in ended:
        if each.job.loop is None:
            _settle(each)
        else:
            by_loop.setdefault(each.job.loop, []).append(each)
    for loop, together in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed, so nobody waits any more
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
    """Whether SQLite could not make sense of a statement: then no later try is any better."""
    return getattr(error.orig, "sqlite_errorcode", None) == driver.SQLITE_ERROR


_TAKES_NO_WRITES = frozenset({"25006", "0A000"})
"""SQLSTATEs of a PostgreSQL that only reads: of a statement, and of a transaction that is to write on a standby."""


def _takes_no_writes(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _TAKES_NO_WRITES


def explained(error: BaseException) -> BaseException:
    """`error` in words of our own where it is the database's trouble, as it is where it is the turn's."""
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
            own = RuntimeError("A turn let StopIteration out.")  # which no future takes
        case _:
            return error
    own.__cause__ = error
    return own
