"""An index over words: GIN on PostgreSQL, and on SQLite an FTS5 table that triggers keep in step with its own."""

import sqlite3
from typing import Any, cast

from sqlalchemy import DDL, Column, Connection, Index, Table, event, text

_ON_SQLITE = (
    # Of a text it keeps the words alone, not where they stood, so it is small and quickly read from its end.
    """CREATE VIRTUAL TABLE NAME_index USING fts5 (WORDS, content='NAME', content_rowid='number',
        detail='none', columnsize=0, tokenize="ascii tokenchars '-_:'")""",
    """CREATE TRIGGER NAME_added AFTER INSERT ON NAME BEGIN
        INSERT INTO NAME_index (rowid, WORDS) VALUES (new.number, new.WORDS); END""",
    """CREATE TRIGGER NAME_removed AFTER DELETE ON NAME BEGIN
        INSERT INTO NAME_index (NAME_index, rowid, WORDS) VALUES ('delete', old.number, old.WORDS); END""",
)

_PAGES = 256
"""How many pages of an index are merged at once: some 20 ms of work."""


def found_by(table: Table[Any], words: Column[Any]) -> None:
    """Let rows of `table`, which are added and removed but never updated, be found by what is in the column `words`.

    Its key must be the column `number`.
    """
    # Without `fastupdate` off, new entries would wait in a list that every search reads through.
    index = Index(f"{table.name}_{words.name}", words, postgresql_using="gin", postgresql_with={"fastupdate": "off"})
    index.ddl_if(dialect="postgresql")
    for template in _ON_SQLITE:
        _on_sqlite(table, "after_create", template.replace("NAME", table.name).replace("WORDS", words.name))
    _on_sqlite(table, "before_drop", f"DROP TABLE {table.name}_index")


def merge(connection: Connection, table: Table[Any], *, begin: bool) -> bool:
    """Bring the pieces of the index of `table` closer to one, and say whether anything is left to do.

    Every commit adds a piece, and a search asks each of them for every word: of one piece it takes a third of the time.
    FTS5 merges some of them by itself, and all only when asked: `begin` starts, and it goes on until nothing is left.
    What PostgreSQL keeps needs none of this.
    """
    if connection.dialect.name != "sqlite":
        return False
    name, driver = f"{table.name}_index", cast("sqlite3.Connection", connection.connection.driver_connection)
    before = driver.total_changes
    statement = text(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', :pages)")  # noqa: S608 - ours  # nosec B608
    connection.execute(statement, {"pages": -_PAGES if begin else _PAGES})
    # One change is the statement itself: https://sqlite.org/fts5.html, "The 'merge' Command".
    return driver.total_changes - before > 1


def empty(connection: Connection, table: Table[Any]) -> None:
    """Forget all words of `table` on SQLite, whose rows are deleted without its triggers."""
    name = f"{table.name}_index"
    connection.execute(text(f"INSERT INTO {name} ({name}) VALUES ('delete-all')"))  # noqa: S608 - ours  # nosec B608


def _on_sqlite(table: Table[Any], when: str, statement: str) -> None:
    event.listen(table, when, DDL(statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
