"""Prepared statements: the statements of every turn are compiled once, not each time they run.

SQLAlchemy caches the text of a statement, but for each run it builds the rest again: the cache key, the parameters, a
context, a result and its columns. For a statement that finds one row of a local file, that takes ten times as long as
the database itself. Here all of it is built once, from the output of SQLAlchemy's own compiler.

What every turn runs is prepared, and stands at the head of its file, as does what runs for thousands of rows at once
(imports, exports, search, summaries). All other repositories write a statement where they run it.
More in docs/notes/0010-why-the-statements-of-every-turn-are-prepared-once.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sqlalchemy import CompoundSelect, Connection, CursorResult, Dialect, Select, TextualSelect
from sqlalchemy.sql.dml import UpdateBase

from storage.engine.database import refusal

if TYPE_CHECKING:
    from storage.engine.postgres import NamedStatements

Statement: TypeAlias = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | TextualSelect | UpdateBase
Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = Sequence[Any]

_Processor: TypeAlias = Callable[[Any], Any]


class Prepared:
    """A statement that always runs with one row of values under the same names.

    It runs in the transaction of `connection`. Values are converted as with `connection.execute`, and database errors
    are the same. A statement that cannot be prepared runs with `connection.execute`. Where the databases need different
    SQL, there is one statement for each dialect name.
    """

    def __init__(self, statement: Statement | Mapping[str, Statement]) -> None:
        self._statements = statement if isinstance(statement, Mapping) else {}
        self._statement = None if isinstance(statement, Mapping) else statement
        self._plans: dict[str, _Plan | None] = {}

    def statement(self, dialect: str) -> Statement:
        """Returns the statement for that dialect."""
        return self._statements[dialect] if self._statement is None else self._statement

    def rows(self, connection: Connection, values: Values) -> Sequence[Row]:
        """Run it; returns all result rows."""
        if plan := self._plan(connection, values):
            _changed, rows = plan.run(connection, values)
            return rows
        return self._executed(connection, values).all()

    def rows_for_each(self, connection: Connection, many: Sequence[Values]) -> list[Sequence[Row]]:
        """Run it for each of `many`, on PostgreSQL in one round trip; returns the result rows of each."""
        if many and (plan := self._plan(connection, many[0])):
            return plan.run_for_each(connection, many)
        return [self.rows(connection, values) for values in many]

    def scalar(self, connection: Connection, values: Values) -> Any:
        """Run it; returns the first value of the first row, None if there is no row."""
        for row in self.rows(connection, values):
            return row[0]
        return None

    def changed(self, connection: Connection, values: Values) -> int:
        """Run it; returns the number of changed rows."""
        if plan := self._plan(connection, values):
            changed, _rows = plan.run(connection, values)
            return changed
        return self._executed(connection, values).rowcount

    def run(self, connection: Connection, values: Values) -> None:
        """Run it before the next statement of the connection, or with the commit: who calls this needs no result.

        On PostgreSQL it costs no round trip of its own; an error is raised by what runs next.
        """
        if plan := self._plan(connection, values):
            plan.run_later(connection, values)
        else:
            self._executed(connection, values)

    def _plan(self, connection: Connection, values: Values) -> "_Plan | None":
        if not connection.in_transaction():
            return None  # SQLAlchemy must begin a transaction, or raise its error
        dialect = connection.dialect
        try:
            plan = self._plans[dialect.name]
        except KeyError:
            plan = self._plans[dialect.name] = _planned(self.statement(dialect.name), dialect, values)
        # The same number of values, and a missing one raises KeyError: so these are the names it was prepared for.
        return plan if plan is not None and len(values) == plan.given else None

    def _executed(self, connection: Connection, values: Values) -> CursorResult[*tuple[Any, ...]]:
        return connection.execute(self.statement(connection.dialect.name), values)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything needed to run a statement directly on the driver."""

    text: str
    numbered: "_Numbered | None"
    """How PostgreSQL runs it by name, from the second time of a connection on; None on SQLite."""
    given: int
    names: Sequence[str]
    """The names of the parameters in the order of the question marks, or of $1, $2, …"""
    constants: Mapping[str, Any]
    """Values that are part of the statement, converted for the database."""
    into: Sequence[tuple[str, _Processor]]
    """Converters of values for the database, by name."""
    out_of: Sequence[tuple[int, _Processor]]
    """Converters of column values from the database."""
    finds: bool

    def run(self, connection: Connection, values: Values) -> tuple[int, Sequence[Row]]:
        """Run it; returns the number of changed rows, and the result rows."""
        fit = self._fit(values)
        if self.numbered is None:
            changed, rows = self._on_the_driver(connection, [fit[name] for name in self.names])
        elif named := self.numbered.ready(connection):
            changed, rows = named.run(connection, self.numbered.text, [fit[name] for name in self.names])
        else:
            changed, rows = self._on_the_driver(connection, fit)
        return changed, self._read(rows)

    def run_later(self, connection: Connection, values: Values) -> None:
        """Run it before the next statement, or with the commit."""
        fit = self._fit(values)
        if self.numbered is None:
            self._on_the_driver(connection, [fit[name] for name in self.names])
        elif named := self.numbered.ready(connection):
            named.later(connection, self.numbered.text, [fit[name] for name in self.names])
        else:
            self._on_the_driver(connection, fit)

    def run_for_each(self, connection: Connection, many: Sequence[Values]) -> list[Sequence[Row]]:
        """Run it for each of `many`, in one round trip if it can be; returns the result rows of each."""
        if self.numbered is None or not (named := self.numbered.ready(connection)):
            return [self.run(connection, values)[1] for values in many]
        text = self.numbered.text
        asked = [(text, [fit[name] for name in self.names]) for fit in map(self._fit, many)]
        return [self._read(rows) for _changed, rows in named.run_together(connection, asked)]

    def _fit(self, values: Values) -> dict[str, Any]:
        """Returns all values of the statement, converted for the database."""
        fit = {**self.constants, **values}
        for name, processor in self.into:
            fit[name] = processor(fit[name])
        return fit

    def _on_the_driver(
        self, connection: Connection, values: Sequence[Any] | Mapping[str, Any]
    ) -> tuple[int, Sequence[Row]]:
        driver: Any = connection.connection.driver_connection
        try:
            cursor = driver.execute(self.text, values)
            return cursor.rowcount, cursor.fetchall() if self.finds else ()
        except connection.dialect.loaded_dbapi.Error as error:
            raise refusal(self.text, error, connection) from error

    def _read(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Returns the rows with their values converted from the database."""
        if not self.out_of:
            return rows
        found = []
        for row in rows:
            values = list(row)
            for place, processor in self.out_of:
                values[place] = processor(values[place])
            found.append(values)
        return found


def _planned(statement: Statement, dialect: Dialect, values: Values) -> _Plan | None:
    """Returns the plan for a statement; None: it cannot be prepared."""
    compiled = statement.compile(dialect=dialect, column_keys=sorted(values))
    changes_each_time = compiled.post_compile_params or compiled.literal_execute_params
    if changes_each_time or compiled.insert_prefetch or compiled.update_prefetch or compiled.escaped_bind_names:
        return None
    numbered = _numbered(statement, dialect, values)
    used = set(compiled.bind_names.values())
    required = {name for parameter, name in compiled.bind_names.items() if parameter.required}
    if not required <= values.keys() <= used:
        return None  # SQLAlchemy raises the error
    processors: dict[str, _Processor] = {}
    for parameter, name in compiled.bind_names.items():
        if processor := parameter.type.dialect_impl(dialect).bind_processor(dialect):
            processors[name] = processor
    columns = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.exported_columns
    ]
    return _Plan(
        text=str(compiled),
        numbered=numbered,
        given=len(values),
        names=numbered.names if numbered else compiled.positiontup or (),
        constants={
            name: processors[name](value) if name in processors else value
            for name, value in compiled.params.items()
            if name not in values
        },
        into=[(name, processor) for name, processor in processors.items() if name in values],
        out_of=[(place, processor) for place, processor in enumerate(columns) if processor is not None],
        finds=bool(columns),
    )


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A statement with $1, $2, …, as PostgreSQL's protocol has it, and the names of the values in that order."""

    text: str
    names: Sequence[str]
    statements: Callable[[Connection], "NamedStatements"]
    """Returns the named statements of a connection."""

    def ready(self, connection: Connection) -> "NamedStatements | None":
        """Returns those of `connection` if it is to be run by name there; else everything is run that was left for
        later.
        """
        named = self.statements(connection)
        if named.ready(self.text):
            return named
        named.catch_up(connection)
        return None


def _numbered(statement: Statement, dialect: Dialect, values: Values) -> _Numbered | None:
    if dialect.name != "postgresql":
        return None
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

    from storage.engine.postgres import NamedStatements  # nine megabytes that SQLite does not need

    with_numbers: Dialect = cast("Any", PGDialect_psycopg)(paramstyle="numeric_dollar")
    compiled = statement.compile(dialect=with_numbers, column_keys=sorted(values))
    return _Numbered(str(compiled), compiled.positiontup or (), NamedStatements.of)
