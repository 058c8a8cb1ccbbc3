"""Cancellations that libraries lose."""

import asyncio
import contextlib
from collections.abc import Iterator


@contextlib.contextmanager
def heeding_cancellation() -> Iterator[None]:
    """Raise CancelledError after the block if the task was cancelled in it, even if the block returned or raised.

    If an answer comes at the same moment as the cancellation, pyreqwest returns the answer, and so does `wait_for` of
    Python before 3.12, with which psycopg waits; the task would continue.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task else 0
    try:
        yield
    finally:
        if task and task.cancelling() > before:
            raise asyncio.CancelledError
