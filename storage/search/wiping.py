"""Leaving no trace of what was deleted in the bytes of an SQLite database: its file, and what lies beside it.

`secure_delete` (storage/engine/database.py) overwrites what is deleted with zeros. Two things keep it longer: the
journal, which has pages as they were, and the index over words, which only notes that one is gone until its pieces are
merged. PostgreSQL overwrites in its own time (autovacuum).
"""

from sqlalchemy import Connection

from storage.engine.fulltext import merge
from storage.engine.sqlite import driver, driver_connection
from storage.models import findable, known_words


def merge_index(connection: Connection, *, begin: bool) -> bool:
    """Bring the pieces of the search's index closer to one, and say whether anything is left to do."""
    left = [merge(connection, table, begin=begin) for table in (findable, known_words)]
    return any(left)


def empty_journal(connection: Connection) -> bool:
    """Empty what SQLite keeps beside the file, outside of a transaction; False: somebody else uses the file now."""
    if connection.dialect.name != "sqlite":
        return True
    sqlite = driver_connection(connection)
    timeout, *_ = sqlite.execute("PRAGMA busy_timeout").fetchone()
    sqlite.execute("PRAGMA busy_timeout = 0")  # whoever reads for long must not make everybody wait
    try:
        mode, *_ = sqlite.execute("PRAGMA journal_mode").fetchone()
        if mode == "wal":
            busy, *_ = sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not busy
        # It is deleted when the mode changes, and made anew with the next transaction.
        sqlite.execute("PRAGMA journal_mode = DELETE")
        sqlite.execute(f"PRAGMA journal_mode = {mode}")
    except driver.OperationalError:
        return False
    finally:
        sqlite.execute(f"PRAGMA busy_timeout = {timeout}")
    return True
