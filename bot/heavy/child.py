"""The process that does heavy work: reads jobs from standard input, and writes what becomes of each to standard output.

Its first line has the URL of the database. It can only read there, and has neither the token nor the settings. It works
only when nobody else needs the processor, has a bound on its memory, and ends with the process that started it.
"""

import contextlib
import json
import os
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, cast

if TYPE_CHECKING:
    from bot.heavy.task import HeavyFunction

NICE = 10

MOST_MEMORY = 512 * 1024 * 1024
"""Bytes of data; what needs more ends with MemoryError, and the machine keeps its memory."""


def main() -> None:
    """Do jobs until the input ends."""
    _be_modest()  # before all that takes time, above all imports
    os.umask(0o077)
    output = _own_output()
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    first = sys.stdin.buffer.readline()
    threading.Thread(target=_read, args=(jobs,), daemon=True).start()
    from bot.language.catalogues import Catalogues
    from storage.session.storage import Storage

    storage = Storage.open_to_read(json.loads(first)["database"], spellings=Catalogues().spellings)
    while True:
        _do(json.loads(jobs.get()), storage, output)


def _own_output() -> BinaryIO:
    """Returns standard output, which anything printed by mistake no longer reaches."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def _read(jobs: "queue.SimpleQueue[bytes]") -> None:
    """Read jobs in the background, so that the end of the input is noticed in the middle of a job too."""
    for line in sys.stdin.buffer:
        jobs.put(line)
    shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)  # a folder of its own: see process.py
    os._exit(0)


def _be_modest() -> None:
    """Not every system, and not every sandbox, has or allows each of these."""
    with contextlib.suppress(OSError):
        os.nice(NICE)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _do(asked: Mapping[str, Any], storage: Any, output: BinaryIO) -> None:
    from bot.heavy.task import HeavyTask

    with tempfile.TemporaryFile() as file:
        try:
            task = HeavyTask(storage, cast("BinaryIO", file), partial(_tell, output))
            told = _function(asked["where"])(asked["given"], task)
            size = file.tell()
        except Exception as error:  # noqa: BLE001 - the other process decides what becomes of it
            _say(output, _failure(error))
            return
        _say(output, {"made": size, "told": told or {}})
        file.seek(0)
        shutil.copyfileobj(file, output)
        output.flush()


def _function(where: str) -> "HeavyFunction":
    module, _, name = where.partition(":")
    function: HeavyFunction = getattr(import_module(module), name)
    return function


def _failure(error: Exception) -> dict[str, Any]:
    from bot.heavy.errors import Gone
    from bot.runtime.logs import described
    from storage.engine.errors import StorageError

    kind = "gone" if isinstance(error, Gone) else "storage" if isinstance(error, StorageError) else "failed"
    return {"ended": kind, "why": described(error)}


def _tell(output: BinaryIO, number: int) -> None:
    _say(output, {"at": number})


def _say(output: BinaryIO, said: Mapping[str, Any]) -> None:
    output.write(json.dumps(said).encode() + b"\n")
    output.flush()


if __name__ == "__main__":
    main()
