"""Names of processes, from which others on the same machine can tell whether they are dead."""

import os
from pathlib import Path


def own_name() -> str:
    """The place where this process runs, and its process id. After a restart of the machine, or in another container,
    the place is different."""
    return f"{_place()}/{os.getpid()}"


def is_dead(name: str) -> bool:
    """Returns whether the process with that name has certainly ended; False for one in another place."""
    place, _, number = name.rpartition("/")
    if place != _place() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


def _place() -> str:
    try:
        started = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{started}/{os.readlink('/proc/self/ns/pid')}"  # noqa: PTH115 - it names no file
    except OSError:
        return "unknown"
