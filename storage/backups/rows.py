"""Rows as lines of JSON, identical for SQLite and PostgreSQL."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, Text, select

from storage.engine.columns import UtcTime, as_json
from storage.engine.errors import UnusableBackup
from storage.models import metadata

TOGETHER = 500
"""Rows that are fetched or written at once."""


def is_empty(connection: Connection) -> bool:
    """Returns whether all tables are empty."""
    return not any(connection.scalar(select(select(table).exists())) for table in metadata.sorted_tables)


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yields the rows of `table`, one line each, ordered by key; the order is the same on both databases."""
    names = [column.name for column in table.c]
    times = [at for at, column in enumerate(table.c) if isinstance(column.type, UtcTime)]
    statement = _in_order(table, connection.dialect.name)
    for row in connection.execute(statement, execution_options={"yield_per": TOGETHER}):
        values = list(row)
        for at in times:
            values[at] = _written(values[at])
        yield as_json(dict(zip(names, values, strict=True))).encode() + b"\n"


def read_row(line: bytes, table: Table) -> dict[str, Any]:
    """Parse `line` as a row of `table`."""
    try:
        row = json.loads(line)
        if set(row) != set(table.c.keys()):
            raise UnusableBackup(f"the columns of its table {table.name} are others than here")
        return {name: _read(value) if isinstance(table.c[name].type, UtcTime) else value for name, value in row.items()}
    except (ValueError, TypeError, AttributeError):
        raise UnusableBackup(f"a row of its table {table.name} cannot be read") from None


def _in_order(table: Table, dialect: str) -> Select[Any]:
    keys = list(table.primary_key)
    if dialect == "postgresql":  # order by bytes, as SQLite does, not by the database's locale
        return select(table).order_by(*(key.collate("C") if _is_text(key.type) else key for key in keys))
    return select(table).order_by(*keys)


def _is_text(kind: object) -> bool:
    return isinstance(getattr(kind, "impl", None), Text)


def _written(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def _read(moment: str | None) -> datetime | None:
    return None if moment is None else datetime.fromisoformat(moment)
