"""Databases to measure on, as durable as in earnest."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil
from sqlalchemy import create_engine, text

from storage.session.schema import migrate
from tests.bench.process import cpu_of
from tests.postgres import Postgres, running_postgres

DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


class Kind(Protocol):
    """A kind of database."""

    @property
    def name(self) -> str:
        """As it stands in tables."""
        ...

    def new(self, folder: Path) -> contextlib.AbstractContextManager[str]:
        """The URL of a new database, up to date and empty but for what the kind begins with."""
        ...

    def cpu(self) -> float:
        """The seconds of CPU time that its own processes have used."""
        ...


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """SQLite, with a copy of the file `like` to begin with, if there is one."""

    name: str = "SQLite"
    like: Path | None = None

    @contextlib.contextmanager
    def new(self, folder: Path) -> Iterator[str]:
        """A file in `folder`."""
        file = folder / "meldind.db"
        if self.like is not None:
            shutil.copyfile(self.like, file)
        url = f"sqlite:///{file}"
        migrate(url)
        yield url

    def cpu(self) -> float:
        """None: it works within the bot."""
        return 0.0


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """PostgreSQL, with a copy of the database `like` to begin with, if there is one."""

    server: Postgres
    postmaster: psutil.Process
    name: str = "PostgreSQL"
    like: str | None = None

    @contextlib.contextmanager
    def new(self, folder: Path) -> Iterator[str]:
        """A database, dropped afterwards; it is not in `folder`."""
        with self.server.database(*([self.like] if self.like else [])) as name:
            url = self.server.url(name)
            migrate(url)
            yield url

    def cpu(self) -> float:
        """That of the server and all its helpers."""
        return sum(map(cpu_of, [self.postmaster, *self.postmaster.children()]))


@contextlib.contextmanager
def durable_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server that waits for the disk: the one of the tests, which does not, set right."""
    with running_postgres() as server:
        engine = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for setting in DURABLE:
                connection.execute(text(f"ALTER SYSTEM SET {setting} = on"))
            connection.execute(text("SELECT pg_reload_conf()"))
            folder = Path(str(connection.scalar(text("SHOW data_directory"))))
        engine.dispose()
        postmaster = int((folder / "postmaster.pid").read_text().splitlines()[0])
        yield PostgresServer(server, psutil.Process(postmaster))
