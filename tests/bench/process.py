"""A bot in a process of its own."""

import contextlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]

STOPPING = 20.0
"""Seconds a bot has to stop by itself."""


class BotProcess:
    """A program that runs from now on, in `folder`, where its output goes too."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._output = folder / "output.txt"
        inherited = {name: os.environ[name] for name in ("HOME", "LANG", "PATH", "TMPDIR") if name in os.environ}
        with self._output.open("wb") as output:
            self._popen = subprocess.Popen(
                command,
                cwd=folder,
                env={**inherited, "PYTHONPATH": str(ROOT), **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        self._process = psutil.Process(self._popen.pid)

    def cpu(self) -> float:
        """The seconds of CPU time it has used."""
        return cpu_of(self._process)

    def resident(self) -> float:
        """The memory it occupies now, in MB of a million bytes."""
        return float(self._process.memory_info().rss) / 1e6

    def stop(self) -> int:
        """Ask it to stop and wait until it has; its exit code."""
        self._popen.terminate()
        try:
            return self._popen.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            return self._popen.wait()

    def said(self, lines: int = 20) -> str:
        """The last of what it printed."""
        return "\n".join(self._output.read_text(errors="replace").splitlines()[-lines:])


class SeveralProcesses:
    """Workers of one bot, looked at as one."""

    def __init__(self, workers: Sequence[BotProcess]) -> None:
        self._workers = workers

    def cpu(self) -> float:
        """The seconds of CPU time they have used together."""
        return sum(worker.cpu() for worker in self._workers)

    def resident(self) -> float:
        """The memory they occupy together, in MB of a million bytes."""
        return sum(worker.resident() for worker in self._workers)

    def stop(self) -> int:
        """Ask each to stop and wait until it has; the largest exit code."""
        return max(worker.stop() for worker in self._workers)

    def said(self, lines: int = 20) -> str:
        """The last of what each printed."""
        return "\n".join(worker.said(lines) for worker in self._workers)


def cpu_of(process: psutil.Process) -> float:
    """The seconds of CPU time `process` has used; those of its children are theirs."""
    with contextlib.suppress(psutil.NoSuchProcess):
        times = process.cpu_times()
        return float(times.user + times.system)
    return 0.0
