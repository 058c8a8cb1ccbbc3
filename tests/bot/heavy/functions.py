"""Heavy functions for tests: they run in the process for heavy work, found by their names."""

import io
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.files.reports.exports import chat_export
from bot.heavy.errors import Gone
from bot.heavy.task import HeavyTask
from storage.session.unit_of_work import UnitOfWork


def says(given: Mapping[str, Any], task: HeavyTask) -> Mapping[str, Any]:
    """What was given, and what stands in the environment."""
    task.file.write(str(given["say"]).encode())
    return {"pid": os.getpid(), "nice": os.nice(0), "environment": dict(os.environ)}


def cannot(given: Mapping[str, Any], task: HeavyTask) -> None:
    """It notes each try, and raises."""
    if "note" in given:
        _note(given)
    raise OverflowError("date value of Ida out of range")


def is_gone(given: Mapping[str, Any], task: HeavyTask) -> None:
    raise Gone


def dies(given: Mapping[str, Any], task: HeavyTask) -> None:
    """The first `times` tries end as kill -9 does."""
    if _note(given) <= given["times"]:
        os.kill(os.getpid(), signal.SIGKILL)
    task.file.write(b"at last")


def dies_always(given: Mapping[str, Any], task: HeavyTask) -> None:
    """Ends as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def lasts(given: Mapping[str, Any], task: HeavyTask) -> None:
    """It notes that it has begun, then counts until its end."""
    _note(given)
    for _number in task.counted(range(100_000)):
        time.sleep(0.05)


def hangs_once(given: Mapping[str, Any], task: HeavyTask) -> None:
    """The first try comes to no end."""
    if _note(given) == 1:
        time.sleep(600)
    task.file.write(b"at last")


def is_greedy(given: Mapping[str, Any], task: HeavyTask) -> None:
    """It wants more memory than it may have."""
    _ = bytearray(8 * 1024**3)


def is_large(given: Mapping[str, Any], task: HeavyTask) -> None:
    task.file.write(bytes(given["size"]))


def writes(given: Mapping[str, Any], task: HeavyTask) -> None:
    """It tries to change the database."""

    def change(work: UnitOfWork) -> None:
        work._connection.execute(text("DELETE FROM reports"))

    ways = {"write": task.storage.write_now, "read": task.storage.read_now}
    ways[given["how"]](change)


def export_behind_a_gate(given: Mapping[str, Any], task: HeavyTask) -> Mapping[str, Any]:
    """The export, once there is a file named `gate` in the working directory; `begun` says that it waits for it."""
    Path("begun").touch()
    while not Path("gate").exists():
        time.sleep(0.01)
    return chat_export(given, task)


def export_killed_once(given: Mapping[str, Any], task: HeavyTask) -> Mapping[str, Any]:
    """The export, whose process is killed in its middle at the first try."""
    told = chat_export(given, task)
    dies({"note": "tries", "times": 1}, HeavyTask(task.storage, io.BytesIO(), lambda _number: None))
    return told


def export_that_cannot(given: Mapping[str, Any], task: HeavyTask) -> None:
    cannot({"note": "tries"}, task)


def _note(given: Mapping[str, Any]) -> int:
    """Add a letter to a file; how many it has."""
    file = Path(given["note"])
    with file.open("a") as notes:
        notes.write("x")
    return file.stat().st_size
