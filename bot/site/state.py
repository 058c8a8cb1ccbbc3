"""What a site knows of itself between two runs: a SQLite file in its folder, changed in one transaction a run."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.runtime.errors import Unusable

HIDDEN = ".meldind-site"
"""The folder within the site that is not for readers: the state, and files that are being written."""

_KIND = 0x4D53_4954
"""SQLite's number for the kind of an application's file."""

_VERSION = 1

_TABLES = """
CREATE TABLE files (path TEXT PRIMARY KEY, made_of TEXT NOT NULL, content TEXT NOT NULL, run INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE pending (path TEXT PRIMARY KEY, staged TEXT) WITHOUT ROWID;
CREATE TABLE runs (number INTEGER PRIMARY KEY);
CREATE TABLE items (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, made_of TEXT NOT NULL, card TEXT NOT NULL,
    run INTEGER NOT NULL);
CREATE TABLE listed (list TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (list, number)) WITHOUT ROWID;
CREATE INDEX listed_number ON listed (number);
CREATE TABLE bounds (list TEXT NOT NULL, first INTEGER NOT NULL, page INTEGER NOT NULL, PRIMARY KEY (list, first))
    WITHOUT ROWID;
CREATE TABLE words (word TEXT NOT NULL, number INTEGER NOT NULL, title INTEGER NOT NULL, PRIMARY KEY (word, number))
    WITHOUT ROWID;
CREATE INDEX words_number ON words (number);
CREATE TABLE shards (shard TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE shown (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def foreign(folder: Path) -> str:
    """Returns why no site can be written in the folder, which is for something else; "": it can, or it is not there."""
    if folder.exists() and not folder.is_dir():
        return f"{folder} is not a folder. Give a folder that is empty or a site of Meldind."
    if folder.is_dir() and not (folder / HIDDEN).is_dir() and any(folder.iterdir()):
        return f"{folder} has other files in it and is not a site of Meldind. Give an empty folder."
    return ""


@contextmanager
def opened_state(folder: Path) -> Iterator[sqlite3.Connection]:
    """Open the state of the site in `folder`, which is made if it is not there; no other process may meanwhile.

    Raises Unusable if the folder has other files in it and is not a site, or if another run is writing it.
    """
    if wrong := foreign(folder):
        raise Unusable(wrong)
    hidden = folder / HIDDEN
    try:
        hidden.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # a web server of another user reads it
    except OSError as error:
        raise Unusable(f"{folder} cannot be written: {error.strerror}.") from None
    with _locked(hidden / "lock", folder), closing(_connected(hidden / "state.db")) as connection:
        with _as_errors(folder):
            _must_be_ours(connection, folder)
        yield connection


@contextmanager
def _locked(file: Path, folder: Path) -> Iterator[None]:
    """Hold the lock of the site, which is released when the process ends, however it ends."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(f"The site in {folder} is being written by another process. Try again later.") from None
        yield
    finally:
        os.close(descriptor)


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, timeout=0)
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA secure_delete = ON")  # what is no longer public leaves no byte behind
    connection.execute("PRAGMA cache_size = -16000")
    return connection


@contextmanager
def whole_run(connection: sqlite3.Connection, folder: Path) -> Iterator[int]:
    """One run: its number; all that it changes in the state is kept together at its end, or not at all."""
    with _as_errors(folder):
        connection.execute("BEGIN IMMEDIATE")
        try:
            number = (connection.execute("SELECT max(number) FROM runs").fetchone()[0] or 0) + 1
            connection.execute("DELETE FROM runs")
            connection.execute("INSERT INTO runs VALUES (?)", (number,))
            yield number
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _must_be_ours(connection: sqlite3.Connection, folder: Path) -> None:
    kind = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if kind == 0 and version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        connection.execute("BEGIN IMMEDIATE")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_KIND}")
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("COMMIT")
    elif kind != _KIND:
        raise Unusable(f"{folder} is not a site of Meldind. Give an empty folder.")
    elif version != _VERSION:
        raise Unusable(f"The site in {folder} is of another version of Meldind. Delete the folder, and publish again.")


@contextmanager
def _as_errors(folder: Path) -> Iterator[None]:
    """SQLite's own errors in the words of the command line."""
    try:
        yield
    except sqlite3.OperationalError as error:
        told = str(error)
        if "full" in told:
            raise Unusable(
                f"The disk is full ({folder}). Make room, and run it again; the site is as before."
            ) from None
        raise Unusable(f"The site in {folder} cannot be written: {told}.") from None
