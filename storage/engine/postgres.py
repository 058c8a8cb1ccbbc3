"""PostgreSQL: statements run by name straight through libpq, in one call each.

psycopg's cursor lets go of Python's lock two or three times for a statement: to write, to wait, to read. Each time
another thread may take it, and with several threads most of a turn's processor time went into passing it around.
libpq's own call lets go of it once. psycopg still converts the values, and makes the errors.
More in docs/notes/0025-why-prepared-statements-go-straight-through-libpq.md.
"""

import itertools
from collections.abc import Sequence
from typing import Any, cast

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Connection

from storage.engine.database import refusal
from storage.engine.errors import NotKept

_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


def psycopg_connection(connection: Connection) -> psycopg.Connection[Any]:
    """Returns the connection of the driver beneath `connection`."""
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)


class NamedStatements:
    """The statements that one connection has prepared on its server, each under a name of its own."""

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self._libpq = driver.pgconn
        self._transformer = Transformer(driver)
        self._names: dict[str, bytes | None] = {}
        """The names by text; None where it ran once and has no name yet."""
        self._numbers = itertools.count(1)

    @classmethod
    def of(cls, connection: Connection) -> "NamedStatements":
        """Returns those of `connection`, which are forgotten with it."""
        known = connection.info.get("named_statements")
        if known is None:
            known = connection.info["named_statements"] = cls(psycopg_connection(connection))
        return cast("NamedStatements", known)

    def ready(self, text: str) -> bool:
        """Returns whether `text` is to be run here: inside a transaction, and not for the first time.

        What runs once on a connection is not worth another round trip for its name. Raises psycopg.Error if the server
        refuses to prepare it.
        """
        if self._libpq.transaction_status != TransactionStatus.INTRANS:
            return False  # psycopg begins one, or raises its error
        try:
            name = self._names[text]
        except KeyError:
            self._names[text] = None
            return False
        if name is None:
            name = b"meldind_%d" % next(self._numbers)
            _checked(self._libpq, self._libpq.prepare(name, text.encode()))
            self._names[text] = name
        return True

    def run(self, text: str, values: Sequence[Any]) -> tuple[int, Sequence[Sequence[Any]]]:
        """Run `text`, which is `ready`, with `values` for $1, $2, …

        Returns the number of changed rows, and the result rows. Raises psycopg.Error.
        """
        convert = self._transformer
        sent: Any = convert.dump_sequence(values, [PyFormat.TEXT] * len(values))
        result = self._libpq.exec_prepared(cast("bytes", self._names[text]), sent)
        _checked(self._libpq, result)
        if not result.nfields:
            return result.command_tuples or 0, ()
        convert.set_pgresult(result)
        return result.ntuples, convert.load_rows(0, result.ntuples, tuple)


_BEGIN_A_NOTE = b"BEGIN; SET LOCAL synchronous_commit = off"


def begin(connection: Connection, *, reads: bool, waits_for_disk: bool) -> None:
    """Begin a transaction on the server, which refuses to write if it `reads`.

    If its commit does not wait for the disk, a crash of this process loses nothing, but one of the database's machine
    may. Raises DBAPIError.
    """
    _command(connection, b"BEGIN READ ONLY" if reads else b"BEGIN" if waits_for_disk else _BEGIN_A_NOTE)


def commit(connection: Connection) -> None:
    """Commit the transaction on the server. Raises NotKept if a statement of it was refused, and DBAPIError."""
    if _command(connection, b"COMMIT") == b"ROLLBACK":
        raise NotKept("The database refused a statement of the turn.")


def _command(connection: Connection, command: bytes) -> bytes | None:
    """Returns what the server says that it has done."""
    libpq = psycopg_connection(connection).pgconn
    try:
        return _checked(libpq, libpq.exec_(command)).command_status
    except psycopg.Error as error:
        raise refusal(command.decode(), error, connection) from error


def _checked(libpq: PGconn, result: PGresult) -> PGresult:
    """Returns `result`; raises psycopg's error if it is one."""
    if result.status in _DONE:
        return result
    if libpq.status == ConnStatus.BAD:
        raise psycopg.OperationalError(result.get_error_message())
    raise psycopg.errors.error_from_result(result)
