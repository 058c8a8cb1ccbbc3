"""Restoring a backup in one transaction: everything is written, read back and compared, or nothing changes."""

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from storage.backups.manifest import is_file, table_member
from storage.backups.reading import Backup
from storage.backups.rows import TOGETHER, is_empty, lines, read_row
from storage.engine.atomic import written_whole
from storage.engine.database import make_engine, reason
from storage.engine.errors import NotKept, Occupied
from storage.engine.fulltext import empty
from storage.engine.urls import normalise_url, sqlite_file
from storage.models import findable, known_words, metadata
from storage.privacy.forgetting import Erasure, Forgetting
from storage.search.wiping import empty_journal, merge_index
from storage.session.schema import migrate_within, state_of

_TRIGGERS = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
_PATIENCE = text("SET LOCAL lock_timeout = '10s'")
_LOCKED = "55P03"
"""The SQLSTATE of PostgreSQL for a lock timeout."""


def restore(
    backup: Backup,
    url: str,
    files: Path,
    *,
    force: bool,
    forgotten: Iterable[Erasure] = (),
    progress: Callable[[int], object] = lambda _rows: None,
) -> int:
    """Restore `backup` into the database at `url`, which no process may be serving from, and its files into `files`.

    Raises Occupied if either holds anything, unless `force`: then the old content is replaced. After any error both are
    unchanged. Erasures in `forgotten`, or recorded in the replaced database, that the backup does not know are done
    again; returns how many.
    """
    if not force and any(path.is_file() for path in files.rglob("*")):
        raise Occupied(f"The folder {files} holds files; restore elsewhere, or give --force to replace them.")
    with contextlib.ExitStack() as undoing:
        _unmake_new_database(url, undoing)
        try:
            engine = make_engine(normalise_url(url))
            with engine.begin() as connection:
                known = _make_room(connection, force=force)
                for table in metadata.sorted_tables:
                    _fill(connection, table, backup, progress)
                _compare(connection, backup)
                _put_files(backup, files, undoing)
                again = Forgetting(connection).again([*known, *forgotten])
                _leave_no_trace(connection)
            with engine.connect() as connection:
                empty_journal(connection)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _LOCKED:
                raise Occupied("The database is in use; stop the bot, and whatever else uses it, first.") from error
            raise NotKept(f"The database does not take the backup, and is as it was: {reason(error)}") from error
        except OSError as error:
            raise NotKept(f"The backup's files cannot be written to {files}: {error.strerror}.") from error
        undoing.pop_all()
    _remove_others(backup, files)
    return again


def _leave_no_trace(connection: Connection) -> None:
    """Remove from the search index what was erased again."""
    left = merge_index(connection, begin=True)
    while left:
        left = merge_index(connection, begin=False)


def _unmake_new_database(url: str, undoing: contextlib.ExitStack) -> None:
    file = sqlite_file(normalise_url(url))
    if file is not None and not file.exists():
        for name in (file.name, f"{file.name}-journal", f"{file.name}-wal", f"{file.name}-shm"):
            undoing.callback(file.with_name(name).unlink, missing_ok=True)


def _make_room(connection: Connection, *, force: bool) -> list[Erasure]:
    """Migrate an empty database to this version; delete the rows of any other database if `force`.

    Returns all erasures recorded in it.
    """
    match state_of(connection):
        case "empty":
            migrate_within(connection)
        case "older":
            raise Occupied("The database is of an earlier version of Meldind; run meldind db upgrade first.")
        case "newer":
            raise Occupied("The database was made by a later version of Meldind; point DATABASE_URL to another one.")
        case "current":
            pass
    if connection.dialect.name == "postgresql":  # no other process may write meanwhile
        connection.execute(_PATIENCE)
        connection.execute(text(f"LOCK TABLE {_all_tables()} IN ACCESS EXCLUSIVE MODE"))
    if is_empty(connection):
        return []
    if not force:
        raise Occupied("The database is not empty. Restore into another one, or use --force to replace everything.")
    known = Forgetting(connection).journal()
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"TRUNCATE {_all_tables()}"))
    else:
        _empty_sqlite(connection)
    return known


def _empty_sqlite(connection: Connection) -> None:
    """Delete every row, also rows that triggers protect in normal use."""
    triggers = connection.execute(_TRIGGERS).all()
    for name, _made_by in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in reversed(metadata.sorted_tables):
        connection.execute(table.delete())
    for table in (findable, known_words):
        empty(connection, table)
    for _name, made_by in triggers:
        connection.exec_driver_sql(made_by)


def _all_tables() -> str:
    return ", ".join(table.name for table in metadata.sorted_tables)


def _fill(connection: Connection, table: Table, backup: Backup, progress: Callable[[int], object]) -> None:
    statement = insert(table)
    rows = (read_row(line, table) for line in backup.rows(table.name))
    while together := list(islice(rows, TOGETHER)):
        connection.execute(statement, together)
        progress(len(together))
    number = table.autoincrement_column
    if connection.dialect.name == "postgresql" and number is not None:
        last = select(func.max(number)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, number.name)
        connection.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))


def _compare(connection: Connection, backup: Backup) -> None:
    """Read everything back and compare it with the backup, byte by byte."""
    for table in metadata.sorted_tables:
        count, digest = 0, hashlib.sha256()
        for line in lines(connection, table):
            count += 1
            digest.update(line)
        expected: tuple[Any, ...] = (
            backup.manifest.tables[table.name],
            backup.manifest.members[table_member(table.name)],
        )
        if (count, digest.hexdigest()) != expected:
            raise NotKept(f"Table {table.name} differs from the backup after restoring. Nothing was changed.")


def _put_files(backup: Backup, files: Path, undoing: contextlib.ExitStack) -> None:
    for member in backup.manifest.files:
        path = _place(member, files)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            undoing.callback(path.unlink, missing_ok=True)
        with written_whole(path) as file:
            for part in backup.content(member):
                file.write(part)


def _remove_others(backup: Backup, files: Path) -> None:
    """Remove old attachments that no restored row refers to."""
    kept = {_place(member, files) for member in backup.manifest.files}
    for path in _attachments(files):
        if path not in kept:
            path.unlink()


def _attachments(files: Path) -> Iterator[Path]:
    for path in files.glob("*/*"):
        if is_file(f"attachments/{path.relative_to(files).as_posix()}"):
            yield path


def _place(member: str, files: Path) -> Path:
    return files / member.removeprefix("attachments/")
