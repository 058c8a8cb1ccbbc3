"""Names of processes by which another one on the same machine can tell that they are dead."""

import os
from pathlib import Path


def own_name() -> str:
    """Where this process runs, and its number there. A restarted machine, or another container, is another place."""
    return f"{_place()}/{os.getpid()}"


def is_dead(name: str) -> bool:
    """Whether the process of that name has certainly ended; of one in another place nothing is certain."""
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
