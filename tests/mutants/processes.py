"""Processes that run tests: forked, waited for, and ended with everything that they started."""

import contextlib
import os
import signal
import time


def ended(child: int, seconds: float) -> int | None:
    """How a child process ended; None: it did not within so long, and has been killed with what it started."""
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.005)
    finally:
        end_group(child)
    os.waitpid(child, 0)
    return None


def end_group(leader: int) -> None:
    """End what the tests may have left behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
