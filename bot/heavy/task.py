"""What a heavy function is handed, in the process that runs it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, TypeAlias, TypeVar

from storage.session.storage import Storage

Item = TypeVar("Item")

TELL_SECONDS = 0.5
"""The shortest time between two messages about progress."""


class HeavyTask:
    """The database, which can only be read, the `file` to write the result to, and a way to tell the progress."""

    def __init__(self, storage: Storage, file: BinaryIO, tell: Callable[[int], None]) -> None:
        self.storage = storage
        self.file = file
        self._tell = tell
        self._told = time.monotonic()

    def counted(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yields the same items, and tells now and then how many there were."""
        for number, item in enumerate(items, 1):
            yield item
            if (now := time.monotonic()) - self._told >= TELL_SECONDS:
                self._told = now
                self._tell(number)


HeavyFunction: TypeAlias = Callable[[Mapping[str, Any], HeavyTask], Mapping[str, Any] | None]
"""Makes a file from plain data, and may return a few plain figures about it. It is run again if its process dies."""
