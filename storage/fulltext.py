"""An index over words: GIN on PostgreSQL, and on SQLite an FTS5 table that triggers keep in step with its own."""

from typing import Any

from sqlalchemy import DDL, Column, Index, Table, event

_ON_SQLITE = (
    # Of a text it keeps the words alone, not where they stood, so it is small and quickly read from its end.
    """CREATE VIRTUAL TABLE NAME_index USING fts5 (WORDS, content='NAME', content_rowid='number',
        detail='none', columnsize=0, tokenize="ascii tokenchars '-_:'")""",
    """CREATE TRIGGER NAME_added AFTER INSERT ON NAME BEGIN
        INSERT INTO NAME_index (rowid, WORDS) VALUES (new.number, new.WORDS); END""",
    """CREATE TRIGGER NAME_removed AFTER DELETE ON NAME BEGIN
        INSERT INTO NAME_index (NAME_index, rowid, WORDS) VALUES ('delete', old.number, old.WORDS); END""",
)


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


def _on_sqlite(table: Table[Any], when: str, statement: str) -> None:
    event.listen(table, when, DDL(statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
