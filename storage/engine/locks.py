"""A lock that allows one serving process on a SQLite file."""

import fcntl
import os
from pathlib import Path
from types import TracebackType

from storage.engine.errors import AlreadyServed


class SingleProcessLock:
    """A lock file at `path`, held during the `with` block and released when the process ends, however it ends.

    Only serving takes it: two processes that answer the same people would do everything twice. Exports and other
    commands may use the database file at the same time.
    """

    def __init__(self, path: Path, where: str = "") -> None:
        self._path = path
        self._where = where
        self._descriptor = -1

    def __enter__(self) -> "SingleProcessLock":
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder, _, where = os.read(descriptor, 256).decode(errors="replace").partition("\n")
            os.close(descriptor)
            raise AlreadyServed(
                f"Another process (id {holder or 'unknown'}) serves from this database; stop it first."
                + (f" It is at {where.strip()}" if where.strip() else "")
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n{self._where}\n".encode())
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)
