"""How a connection is made, and how its commits become durable."""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.engine.sqlite import driver
from storage.engine.urls import with_network_limits

BUSY_TIMEOUT = 10_000
"""Milliseconds that SQLite waits for the lock of another process, for instance an export."""

JournalMode: TypeAlias = Literal["wal", "persist"]


@dataclass(frozen=True, slots=True)
class Journal:
    """The journal mode that SQLite uses, and the reason for it."""

    mode: JournalMode
    reason: str


def sqlite_journal(version: tuple[int, ...] = driver.sqlite_version_info) -> Journal:
    """Returns the journal mode for SQLite of this `version`: WAL where it is safe, otherwise a rollback journal.

    A commit to the write-ahead log waits for the disk once, one to a rollback journal three times. Before 3.51.3 a
    checkpoint at the wrong moment could reset the write-ahead log and lose commits. Of the rollback
    journals, DELETE with synchronous=FULL may still undo the last commit when the power goes, because the folder is
    not synchronised; PERSIST and TRUNCATE are, and PERSIST was the fastest (1,061 commits a second, TRUNCATE 1,014,
    DELETE made as durable 802; medians of twelve interleaved rounds).
    """
    number = ".".join(map(str, version))
    if version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45):
        return Journal("wal", f"SQLite {number} has the fix for the WAL reset fault")
    return Journal("persist", f"SQLite {number} lacks the fix for the WAL reset fault (3.51.3, 3.50.7, 3.44.6)")


def reason(error: DBAPIError) -> str:
    """Returns the database's message in one line that can be shown; with advice if its disk is full or its file
    damaged.
    """
    said = str(error.orig).splitlines()[0]
    if is_damaged(error):
        return f"{said}; its file is damaged: stop the bot, and put the last backup back with meldind restore --force"
    full = any(words in said for words in ("disk is full", "disk I/O error", "No space left"))
    return f"{said}; make room on its disk, and run it again" if full else said


def is_damaged(error: DBAPIError) -> bool:
    """Returns whether SQLite found its file damaged, in one place (CORRUPT) or as a whole (NOTADB)."""
    code = getattr(error.orig, "sqlite_errorcode", None) or 0
    return code & 0xFF in (driver.SQLITE_CORRUPT, driver.SQLITE_NOTADB)


def refusal(text: str, error: Any, connection: Connection) -> BaseException:
    """Returns the error that SQLAlchemy would raise, but without the values, because those are what people wrote."""
    dialect = connection.dialect
    gone = dialect.is_disconnect(error, connection.connection.dbapi_connection, None)
    if gone:
        connection.invalidate(error)
    refusal: BaseException = DBAPIError.instance(
        text,
        None,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=gone,
        dialect=dialect,
    )
    return refusal


def make_engine(url: URL) -> Engine:
    """Returns an engine for a normalised `url`. It has no connection pool: each thread holds its own connection."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        with_network_limits(url),
        poolclass=NullPool,
        hide_parameters=True,  # errors show statements without parameters, because those are what people wrote
        # After a rollback psycopg would forget the statements that it prepared itself by DEALLOCATE ALL, which takes
        # away those of storage/engine/postgres.py as well.
        connect_args={"prepare_threshold": None},
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url,
        module=driver,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={
            "isolation_level": None,  # transactions begin in `_begin`, not where the driver guesses
            "timeout": BUSY_TIMEOUT / 1000,
            "check_same_thread": False,  # made by one thread, then used by another alone
        },
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: driver.Connection, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA journal_mode = {sqlite_journal().mode}")


def _begin(connection: Connection) -> None:
    """Take the write lock at the start: a transaction that takes it later is refused, or overwrites other changes."""
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
