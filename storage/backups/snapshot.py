"""One moment of a database that is in use, to be read at leisure."""

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
"""So often a copy that is overtaken by writing begins anew, before it is made in one go."""


class _OvertakenTooOften(Exception):  # noqa: N818 - says what happened
    pass


@contextlib.contextmanager
def snapshot(url: str, workplace: Path) -> Iterator[Connection]:
    """A connection that sees the database at `url` as it is now, whatever others write meanwhile.

    SQLite is copied into the folder `workplace` first: a reader of the file itself would keep the bot from writing.
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
    """Copy some pages at a time, so that the bot's commits come in between.

    Each of them makes SQLite begin the copy anew. Where that happens too often, one copy in one go is shorter than
    the time a commit waits for its turn.
    """
    with (
        contextlib.closing(driver.connect(file.absolute().as_uri() + "?mode=rw", uri=True)) as here,
        contextlib.closing(driver.connect(copy)) as there,
    ):
        here.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT}")
        there.execute("PRAGMA synchronous = OFF")  # thrown away in a moment
        try:
            here.backup(there, pages=_PAGES, sleep=_PAUSE, progress=_Patience().goes_on)
        except _OvertakenTooOften:
            here.backup(there, sleep=_PAUSE)


class _Patience:
    """Counts how often a copy begins anew."""

    def __init__(self) -> None:
        self._left = -1
        self._overtaken = 0

    def goes_on(self, _status: int, left: int, _pages: int) -> None:
        if 0 <= self._left < left:
            self._overtaken += 1
        self._left = left
        if self._overtaken > _BEGINNINGS:
            raise _OvertakenTooOften
