"""Removal of deleted content from the bytes of an SQLite database: its file and the files beside it.

`secure_delete` (storage/engine/database.py) overwrites deleted content with zeros. Two places keep it longer: the
journal, which has old pages, and the full-text index, which only marks a word as deleted until its pieces are merged.
PostgreSQL overwrites deleted content later by itself (autovacuum).
"""

from sqlalchemy import Connection

from storage.engine.fulltext import merge
from storage.engine.sqlite import driver, driver_connection
from storage.models import findable, known_words


def merge_index(connection: Connection, *, begin: bool) -> bool:
    """Merge some pieces of the search index; returns whether more are left to merge."""
    left = [merge(connection, table, begin=begin) for table in (findable, known_words)]
    return any(left)


def empty_journal(connection: Connection) -> bool:
    """Empty the journal beside the file, outside of a transaction; False: another process is using the file."""
    if connection.dialect.name != "sqlite":
        return True
    sqlite = driver_connection(connection)
    timeout, *_ = sqlite.execute("PRAGMA busy_timeout").fetchone()
    sqlite.execute("PRAGMA busy_timeout = 0")  # a long read must not make everybody wait
    try:
        mode, *_ = sqlite.execute("PRAGMA journal_mode").fetchone()
        if mode == "wal":
            busy, *_ = sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        # The journal is deleted when its mode changes, and created again with the next transaction.
        sqlite.execute("PRAGMA journal_mode = DELETE")
        sqlite.execute(f"PRAGMA journal_mode = {mode}")
    except driver.OperationalError:
        return False
    finally:
        sqlite.execute(f"PRAGMA busy_timeout = {timeout}")
    return True
