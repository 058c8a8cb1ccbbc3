"""A full-text index: GIN on PostgreSQL, and on SQLite an FTS5 table that triggers keep up to date."""

import sqlite3
from typing import Any, cast

from sqlalchemy import DDL, Column, Connection, Index, Table, event, text

_ON_SQLITE = (
    # The index stores the words without their positions, so it is small and can be read quickly from its end.
    """CREATE VIRTUAL TABLE NAME_index USING fts5 (WORDS, content='NAME', content_rowid='number',
        detail='none', columnsize=0, tokenize="ascii tokenchars '-_:'")""",
    """CREATE TRIGGER NAME_added AFTER INSERT ON NAME BEGIN
        INSERT INTO NAME_index (rowid, WORDS) VALUES (new.number, new.WORDS); END""",
    """CREATE TRIGGER NAME_removed AFTER DELETE ON NAME BEGIN
        INSERT INTO NAME_index (NAME_index, rowid, WORDS) VALUES ('delete', old.number, old.WORDS); END""",
)

_PAGES = 256
"""Pages of an index that are merged at once: about 20 ms of work."""


def found_by(table: Table[Any], words: Column[Any]) -> None:
    """Create an index that finds rows of `table` by the column `words`. Rows may be added and removed, never updated.

    The key of `table` must be the column `number`.
    """
    # `fastupdate` is off because new entries would otherwise wait in a list that every search must read.
    index = Index(f"{table.name}_{words.name}", words, postgresql_using="gin", postgresql_with={"fastupdate": "off"})
    index.ddl_if(dialect="postgresql")
    for template in _ON_SQLITE:
        _on_sqlite(table, "after_create", template.replace("NAME", table.name).replace("WORDS", words.name))
    _on_sqlite(table, "before_drop", f"DROP TABLE {table.name}_index")


def merge(connection: Connection, table: Table[Any], *, begin: bool) -> bool:
    """Merge some pieces of the index of `table`; returns whether more are left to merge.

    Every commit adds a piece, and a search looks up every word in each of them: with one piece it takes a third of the
    time. FTS5 merges all pieces only on request: call it first with `begin`, then without until nothing is left.
    PostgreSQL needs none of this.
    """
    if connection.dialect.name != "sqlite":
        return False
    name, driver = f"{table.name}_index", cast("sqlite3.Connection", connection.connection.driver_connection)
    before = driver.total_changes
    statement = text(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', :pages)")  # noqa: S608 - ours  # nosec B608
    connection.execute(statement, {"pages": -_PAGES if begin else _PAGES})
    # The statement itself counts as one change: https://sqlite.org/fts5.html, "The 'merge' Command".
    return driver.total_changes - before > 1


def empty(connection: Connection, table: Table[Any]) -> None:
    """Empty the index of `table` on SQLite, after its rows were deleted without triggers."""
    name = f"{table.name}_index"
    connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('delete-all')"))  # noqa: S608 - ours  # nosec B608


def _on_sqlite(table: Table[Any], when: str, statement: str) -> None:
    event.listen(table, when, DDL(statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
