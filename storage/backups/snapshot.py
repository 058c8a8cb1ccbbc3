"""A consistent snapshot of a database that is in use."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from storage.engine.database import BUSY_TIMEOUT, make_engine
from storage.engine.sqlite import driver
from storage.engine.urls import normalise_url, sqlite_file

_PAGES = 2048
_PAUSE = 0.005
_BEGINNINGS = 3
"""How often a copy may restart because of writes before it is made in one step."""


class _OvertakenTooOften(Exception):  # noqa: N818 - says what happened
    pass


@contextlib.contextmanager
def snapshot(url: str, workplace: Path) -> Iterator[Connection]:
    """Yields a connection that sees the database at `url` as it is now; later writes do not appear in it.

    SQLite is first copied into the folder `workplace`, because reading the file itself would block the bot's writes.
    """
    parsed = normalise_url(url)
    file = sqlite_file(parsed)
    if file is None:
        engine = make_engine(parsed)
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with engine.connect().execution_options(**options) as connection:
            yield connection
        return
    with TemporaryDirectory(dir=workplace, prefix=".meldind-backup-") as folder:
        copy = Path(folder) / "copy.db"
        _copy(file, copy)
        here = URL.create("sqlite+pysqlite", database=str(copy))
        with make_engine(here).connect().execution_options(reading=True) as connection:
            yield connection


def _copy(file: Path, copy: Path) -> None:
    """Copy a few pages at a time, so that the bot can commit in between.

    Each commit makes SQLite restart the copy. If that happens too often, the rest is copied in one step, which takes
    less time than a commit waits for its lock.
    """
    with (
        contextlib.closing(driver.connect(file.absolute().as_uri() + "?mode=rw", uri=True)) as here,
        contextlib.closing(driver.connect(copy)) as there,
    ):
        here.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        there.execute("PRAGMA synchronous = OFF")  # the copy is deleted soon
        try:
            here.backup(there, pages=_PAGES, sleep=_PAUSE, progress=_Patience().goes_on)
        except _OvertakenTooOften:
            here.backup(there, sleep=_PAUSE)


class _Patience:
    """Counts how often a copy restarts."""

    def __init__(self) -> None:
        self._left = -1
        self._overtaken = 0

    def goes_on(self, _status: int, left: int, _pages: int) -> None:
        if 0 <= self._left < left:
            self._overtaken += 1
        self._left = left
        if self._overtaken > _BEGINNINGS:
            raise _OvertakenTooOften
