"""PostgreSQL: statements run by name straight through libpq, several in one round trip where nobody waits for them.

psycopg's cursor lets go of Python's lock two or three times for a statement: to write, to wait, to read. Each time
another thread may take it, and with several threads most of a turn's processor time went into passing it around.
libpq's own calls are fewer, and send several statements together. psycopg still converts the values, and makes the
errors. More in docs/notes/0025-why-prepared-statements-go-straight-through-libpq.md.
"""

import itertools
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from storage.engine.database import refusal
from storage.engine.errors import CommitUnknown, NotKept
from storage.engine.hub import READABLE, WRITABLE, hub_here, wait

Done: TypeAlias = tuple[int, Sequence[Sequence[Any]]]
"""The number of changed rows, and the result rows."""

_SUCCEEDED = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


def psycopg_connection(connection: Connection) -> psycopg.Connection[Any]:
    """Returns the connection of the driver beneath `connection`, with everything run that was to run before."""
    NamedStatements.of(connection).catch_up(connection)
    return _driver(connection)


def prepare(engine: Engine) -> None:
    """Let the connections of `engine` be used for `transaction`, in a hub or not: they wait as the hub wants it, and
    before a statement that SQLAlchemy runs they run what was left for later.
    """
    event.listen(engine, "do_connect", _connected)
    event.listen(engine, "before_cursor_execute", _catch_up)


@contextmanager
def transaction(connection: Connection, *, reads: bool, waits_for_disk: bool) -> Iterator[None]:
    """Begin a transaction, and commit it at the end; the server refuses to write in it if it `reads`.

    If its commit does not wait for the disk, a crash of this process loses nothing, but one of the database's machine
    may. BEGIN goes to the server with the first statement, and COMMIT with those that were left for later.

    Raises NotKept if a statement was refused and nobody undid it, CommitUnknown if the connection broke at the commit
    of changes, and DBAPIError.
    """
    statements = NamedStatements.of(connection)
    with connection.begin():
        statements.begin(reads=reads, waits_for_disk=waits_for_disk)
        try:
            yield
            if not statements.has_begun(connection):
                return
            try:
                statements.commit(connection)
            except DBAPIError as error:
                if error.connection_invalidated and not reads:
                    raise CommitUnknown("The connection broke while the turn was committed; it may be kept.") from error
                raise
        finally:
            statements.forget()


@dataclass(frozen=True, slots=True)
class _Sent:
    """A statement to send. Without a name it is parsed anew."""

    text: str
    name: bytes | None = None
    values: Sequence[Any] | None = None
    prepares: bool = False
    """Whether this gives it its name, and does not run it."""


_BEGIN, _READ_ONLY, _COMMIT = _Sent("BEGIN"), _Sent("BEGIN READ ONLY"), _Sent("COMMIT")
_WITHOUT_THE_DISK = _Sent("SET LOCAL synchronous_commit = off")


class NamedStatements:
    """The statements that one connection has prepared on its server, each under a name of its own."""

    def __init__(self, driver: psycopg.Connection[Any]) -> None:
        self._libpq = driver.pgconn
        self._transformer = Transformer(driver)
        self._names: dict[str, bytes | None] = {}
        """The names by text; None where it ran once and has no name yet."""
        self._numbers = itertools.count(1)
        self._waiting: list[_Sent] = []
        """What goes to the server before the next statement."""
        self._gathers = False
        """Whether statements may wait: inside `transaction`, which commits them."""

    @classmethod
    def of(cls, connection: Connection) -> "NamedStatements":
        """Returns those of `connection`, which are forgotten with it."""
        known = connection.info.get("named_statements")
        if known is None:
            known = connection.info["named_statements"] = cls(_driver(connection))
        return cast("NamedStatements", known)

    def begin(self, *, reads: bool, waits_for_disk: bool) -> None:
        """Begin a transaction with the next statement."""
        self._waiting = [_READ_ONLY] if reads else [_BEGIN] if waits_for_disk else [_BEGIN, _WITHOUT_THE_DISK]
        self._gathers = True

    def has_begun(self, connection: Connection) -> bool:
        """Returns whether there is anything to commit, and begins the transaction on the server if there is.

        COMMIT does not go with BEGIN: a connection that broke while it was idle has then surely kept nothing, and the
        turn can be tried again. Raises DBAPIError.
        """
        if self._waiting[:1] in ([_BEGIN], [_READ_ONLY]):
            if all(each.values is None for each in self._waiting):
                return False
            self.catch_up(connection)
        return True

    def commit(self, connection: Connection) -> None:
        """Run what waits, and commit. Raises NotKept if an earlier statement was refused, and DBAPIError."""
        done = self._answers(connection, [_COMMIT])
        if done[-1].command_status == b"ROLLBACK":
            raise NotKept("The database refused a statement of the turn.")

    def forget(self) -> None:
        """Forget what waits; from now on nothing does."""
        self._unname(self._waiting)
        self._waiting = []
        self._gathers = False

    def catch_up(self, connection: Connection) -> None:
        """Run what waits. Raises DBAPIError."""
        if self._waiting:
            self._answers(connection, [])

    def ready(self, text: str) -> bool:
        """Returns whether `text` is to be run here: inside a transaction, and not for the first time.

        What runs once on a connection is not worth a name. The second time it gets one, on the same way.
        """
        if not self._gathers and self._libpq.transaction_status != TransactionStatus.INTRANS:
            return False  # psycopg begins one, or raises its error
        try:
            name = self._names[text]
        except KeyError:
            self._names[text] = None
            return False
        if name is None:
            self._names[text] = b"meldind_%d" % next(self._numbers)
            self._waiting.append(_Sent(text, self._names[text], prepares=True))
        return True

    def later(self, connection: Connection, text: str, values: Sequence[Any]) -> None:
        """Run `text`, which is `ready`, before the next statement or with the commit. Raises DBAPIError."""
        if self._gathers:
            self._waiting.append(self._sent(text, values))
        else:
            self.run(connection, text, values)

    def run(self, connection: Connection, text: str, values: Sequence[Any]) -> Done:
        """Run `text`, which is `ready`, with `values` for $1, $2, … Raises DBAPIError."""
        (done,) = self.run_together(connection, [(text, values)])
        return done

    def run_together(self, connection: Connection, asked: Sequence[tuple[str, Sequence[Any]]]) -> list[Done]:
        """Run all of `asked`, which are `ready`, in one round trip. Raises DBAPIError."""
        sent = [self._sent(text, values) for text, values in asked]
        return [self._done(result) for result in self._answers(connection, sent)[-len(sent) :]]

    def _sent(self, text: str, values: Sequence[Any]) -> _Sent:
        dumped: Any = self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))
        return _Sent(text, self._names[text], dumped)

    def _done(self, result: PGresult) -> Done:
        if not result.nfields:
            return result.command_tuples or 0, ()
        self._transformer.set_pgresult(result)
        return result.ntuples, self._transformer.load_rows(0, result.ntuples, tuple)

    def _answers(self, connection: Connection, sent: Sequence[_Sent]) -> Sequence[PGresult]:
        """Send what waits and then `sent`; returns what the server answers to each. Raises DBAPIError."""
        all_sent, self._waiting = [*self._waiting, *sent], []
        try:
            results = self._exchanged(all_sent)
        except psycopg.Error as error:
            self._libpq.finish()  # what it would answer next is not known
            raise refusal(all_sent[-1].text, error, connection) from error
        if any(result.status not in _SUCCEEDED for result in results):
            self._unname(all_sent)
        for each, result in zip(all_sent, results, strict=True):
            self._checked(connection, each.text, result)
        return results

    def _unname(self, sent: Sequence[_Sent]) -> None:
        """Forget the names that these would have given: perhaps the server has not got so far."""
        for each in sent:
            if each.prepares:
                self._names[each.text] = None

    def _exchanged(self, sent: Sequence[_Sent]) -> list[PGresult]:
        """Returns the answers to all of `sent`, in one round trip. Raises psycopg.Error if the connection breaks."""
        libpq = self._libpq
        several = len(sent) > 1
        if several:
            libpq.enter_pipeline_mode()
        for each in sent:
            if each.name is None:
                libpq.send_query_params(each.text.encode(), None)
            elif each.prepares:
                libpq.send_prepare(each.name, each.text.encode())
            else:
                libpq.send_query_prepared(each.name, each.values)
        if several:
            libpq.pipeline_sync()
        while libpq.flush():  # more than the socket takes at once; the server may have to be listened to meanwhile
            if wait(libpq.socket, READABLE | WRITABLE) & READABLE:
                libpq.consume_input()
        results = []
        for _each in sent:
            results.append(self._next_answer())
            libpq.get_result()  # None ends those of a statement
        if several:
            self._next_answer()  # that all of them are done
            libpq.exit_pipeline_mode()
        return results

    def _next_answer(self) -> PGresult:
        while self._libpq.is_busy():
            wait(self._libpq.socket, READABLE)  # lets go of Python's lock, which libpq's own waiting would not
            self._libpq.consume_input()
        result = self._libpq.get_result()
        if result is None or self._libpq.status == ConnStatus.BAD:
            raise psycopg.OperationalError(result.get_error_message() if result else "the connection is lost")
        return result

    def _checked(self, connection: Connection, text: str, result: PGresult) -> PGresult:
        """Returns `result`, the answer to `text`. Raises DBAPIError if it is an error."""
        if result.status in _SUCCEEDED:
            return result
        error = (
            psycopg.OperationalError(result.get_error_message())
            if self._libpq.status == ConnStatus.BAD
            else psycopg.errors.error_from_result(result)
        )
        raise refusal(text, error, connection) from error


class _Waiting(psycopg.Connection[Any]):
    """A connection whose cursors wait as the statements above do."""

    def wait(self, gen: Generator[Any, Any, Any], *limits: Any, **more: Any) -> Any:
        """Go on with `gen` until its end; returns its result."""
        if hub_here() is None:
            return super().wait(gen, *limits, **more)
        try:
            what = next(gen)
            while True:
                what = gen.send(wait(self.pgconn.socket, what))
        except StopIteration as ended:
            return ended.value


def _connected(_dialect: Any, _record: Any, given: Sequence[Any], named: Any) -> psycopg.Connection[Any]:
    return _Waiting.connect(*given, **named)


def _catch_up(connection: Connection, *_statement: Any) -> None:
    psycopg_connection(connection)


def _driver(connection: Connection) -> psycopg.Connection[Any]:
    return cast("psycopg.Connection[Any]", connection.connection.driver_connection)
