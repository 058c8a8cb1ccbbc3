"""Progress of a long command: one line on a terminal, nothing otherwise."""

import sys
import time
from types import TracebackType

EVERY_SECONDS = 0.2


class Progress:
    """Shows the count of `things` on standard error; the line is removed at the end."""

    def __init__(self, things: str) -> None:
        self._things = things
        self._done = 0
        self._told_at = time.monotonic()
        self._length = 0

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, more: int = 1) -> None:
        """Add `more` to the count."""
        self._done += more
        now = time.monotonic()
        if now - self._told_at >= EVERY_SECONDS and sys.stderr.isatty():
            self._told_at = now
            self._write(f"{self._done:,} {self._things}")

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        if self._length:
            self._write("")
            sys.stderr.write("\r")

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r{line.ljust(self._length)}")
        sys.stderr.flush()
        self._length = len(line)
