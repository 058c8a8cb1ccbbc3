"""Statements of every turn: on SQLite they are prepared once, and not each time they run.

SQLAlchemy keeps the text of a statement, but for each run it makes anew what surrounds it: the key under which the text
is found, the parameters, a context, a result and the columns it has. For a statement that finds one row of a local file
that costs ten times what the database takes. Here all of it is made the first time, from what SQLAlchemy's own compiler
says. More in docs/notes/0010-why-the-statements-of-every-turn-are-prepared-once.md.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from sqlalchemy import CompoundSelect, Connection, CursorResult, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

Statement: TypeAlias = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]] | UpdateBase
Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = Sequence[Any]

_Processor: TypeAlias = Callable[[Any], Any]


class Prepared:
    """A statement that is run with the same names of values each time, one row of them.

    It runs in the transaction that `connection` is in. Values go in and come out as they do with `connection.execute`,
    and the errors of the database are the same. PostgreSQL, and whatever is out of the ordinary, gets just that.
    """

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._on_sqlite: _Plan | None = None
        self._plain = True

    def rows(self, connection: Connection, values: Values) -> Sequence[Row]:
        """Every row that is found, or returned."""
        if plan := self._plan(connection, values):
            _changed, rows = plan.run(connection, values)
            return rows
        return self._executed(connection, values).all()

    def scalar(self, connection: Connection, values: Values) -> Any:
        """The first value of the first row; None if there is no row."""
        for row in self.rows(connection, values):
            return row[0]
        return None

    def run(self, connection: Connection, values: Values) -> int:
        """How many rows it changed."""
        if plan := self._plan(connection, values):
            changed, _rows = plan.run(connection, values)
            return changed
        return self._executed(connection, values).rowcount

    def _plan(self, connection: Connection, values: Values) -> "_Plan | None":
        # Without a transaction SQLAlchemy has to begin one, or to say why it cannot.
        if not self._plain or connection.dialect.name != "sqlite" or not connection.in_transaction():
            return None
        plan = self._on_sqlite
        if plan is None:
            plan = self._on_sqlite = _planned(self._statement, connection.dialect, values)
            self._plain = plan is not None
        # As many, and each that is used is there (or a KeyError): these are the names it was prepared for.
        return plan if plan is not None and len(values) == plan.given else None

    def _executed(self, connection: Connection, values: Values) -> CursorResult[*tuple[Any, ...]]:
        return connection.execute(self._statement, values)


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is needed to run a statement on SQLite's driver."""

    text: str
    given: int
    parameters: Sequence[tuple[str, _Processor | None]]
    """Names in the order of the question marks, each with what makes a value fit for the database."""
    constants: Mapping[str, Any]
    """What is part of the statement, fit for the database."""
    columns: Sequence[_Processor | None]
    """What makes the value of a column what it was; empty if all are already."""

    def run(self, connection: Connection, values: Values) -> tuple[int, Sequence[Row]]:
        """How many rows were changed, and those that were found."""
        if self.constants:
            values = {**self.constants, **values}
        arguments = [
            values[name] if processor is None else processor(values[name]) for name, processor in self.parameters
        ]
        driver = cast("sqlite3.Connection", connection.connection.driver_connection)
        try:
            cursor = driver.execute(self.text, arguments)
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            # without the arguments, which are what people wrote
            raise DBAPIError.instance(self.text, None, error, sqlite3.Error, hide_parameters=True) from error
        if self.columns:
            rows = [
                [
                    value if processor is None else processor(value)
                    for value, processor in zip(row, self.columns, strict=True)
                ]
                for row in rows
            ]
        return cursor.rowcount, rows


def _planned(statement: Statement, dialect: Dialect, values: Values) -> _Plan | None:
    """None: it is none that can be prepared."""
    compiled = statement.compile(dialect=dialect, column_keys=sorted(values))
    if not isinstance(compiled, SQLCompiler) or compiled.positiontup is None:
        return None
    changes_each_time = compiled.post_compile_params or compiled.literal_execute_params
    if changes_each_time or compiled.insert_prefetch or compiled.update_prefetch or compiled.escaped_bind_names:
        return None
    names = compiled.positiontup
    required = {name for parameter, name in compiled.bind_names.items() if parameter.required}
    if not required <= values.keys() <= set(names):
        return None  # SQLAlchemy says what is wrong
    processors: dict[str, _Processor] = {}
    for parameter, name in compiled.bind_names.items():
        if processor := parameter.type.dialect_impl(dialect).bind_processor(dialect):
            processors[name] = processor
    columns = [
        column.type.dialect_impl(dialect).result_processor(dialect, None) for column in statement.exported_columns
    ]
    return _Plan(
        text=str(compiled),
        given=len(values),
        parameters=[(name, processors.get(name) if name in values else None) for name in names],
        constants={
            name: processors[name](value) if name in processors else value
            for name, value in compiled.params.items()
            if name not in values
        },
        columns=columns if any(columns) else (),
    )
