"""Runs tests against a changed file, in a process that is forked when everything of others is imported already."""

import contextlib
import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

import pytest

OWN = ("bot", "conversations", "locales", "storage", "tests")
"""What is imported anew in each process, from the copy."""

OF_OTHERS = (
    *("aiohttp", "alembic", "attrs", "babel", "hypothesis", "jinja2", "msgspec", "PIL", "procrastinate", "psycopg"),
    *("pydantic_settings", "pytest_asyncio", "rapidfuzz", "sqlalchemy", "structlog", "telegram", "telegram.ext"),
    *("time_machine", "typer", "xlsxwriter", "openpyxl"),
)
"""What most tests need; to import it takes longer than most of them run."""


class Outcome(Enum):
    """What became of a change."""

    NOTICED = "noticed"
    TOO_LONG = "noticed: the tests did not end"
    SURVIVED = "survived"
    UNREACHED = "survived: no test comes there"
    BROKEN = "the tests could not run"


class Copy:
    """A copy of the project in which one file at a time is changed."""

    def __init__(self, project: Path | None, folder: Path) -> None:
        """Copy what git knows of `project` to `folder`; None: it is there."""
        self.folder = folder
        self._changes = 0
        if project is not None:
            self._fill(project)
        for name in OF_OTHERS:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)

    def _fill(self, project: Path) -> None:
        command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
        listed = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout
        for name in filter(None, listed.split("\0")):
            if (project / name).exists():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(project / name, self.folder / name)

    @contextlib.contextmanager
    def changed(self, file: str, source: str) -> Iterator[None]:
        """Have that `source` in `file` while the block runs."""
        path = self.folder / file
        without = path.read_text(encoding="utf-8")
        try:
            self._write(path, source)
            yield
        finally:
            self._write(path, without)

    def _write(self, path: Path, source: str) -> None:
        """Write it, each time with another time: that is by what Python knows whether it has compiled it already."""
        path.write_text(source, encoding="utf-8")
        self._changes += 1
        then = int(time.time()) - 1_000_000 + self._changes
        os.utime(path, (then, then))

    def try_out(self, tests: Sequence[str], seconds: float) -> Outcome:
        """Run these tests, in their order, until one fails."""
        if not tests:
            return Outcome.UNREACHED
        match self.run(["-x", "-p", "no:cov", *tests], seconds):
            case None:
                return Outcome.TOO_LONG
            case pytest.ExitCode.OK:
                return Outcome.SURVIVED
            case pytest.ExitCode.USAGE_ERROR | pytest.ExitCode.NO_TESTS_COLLECTED:
                return Outcome.NOTICED if "Error" in self.said else Outcome.BROKEN
            case _:
                return Outcome.NOTICED

    def run(self, arguments: Sequence[str], seconds: float) -> int | None:
        """How pytest ends with these arguments; None: it did not within so long."""
        child = os.fork()
        if child == 0:
            self._become_tests(arguments)
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                ended, status = os.waitpid(child, os.WNOHANG)
                if ended:
                    return os.waitstatus_to_exitcode(status)
                time.sleep(0.02)
        finally:
            _end_group(child)
        os.waitpid(child, 0)
        return None

    @property
    def said(self) -> str:
        """What the tests printed last."""
        return (self.folder / "said.txt").read_text(errors="replace")

    def _become_tests(self, arguments: Sequence[str]) -> None:
        """Be the process that runs the tests; it does not come back."""
        code = 70
        try:
            os.setsid()
            os.chdir(self.folder)
            with (self.folder / "said.txt").open("w") as said:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
            for name in [each for each in sys.modules if each.partition(".")[0] in OWN]:
                del sys.modules[name]
            sys.path.insert(0, str(self.folder))
            os.environ["PYTHONPATH"] = str(self.folder)
            os.environ["COVERAGE_FILE"] = str(self.folder / "coverage")
            quiet = ("-q", "-p", "no:cacheprovider", "--hypothesis-seed=1", "--no-header")
            code = int(pytest.main([*quiet, "-W", "ignore::pytest.PytestAssertRewriteWarning", *arguments]))
            sys.stdout.flush()
        finally:
            os._exit(code)


def _end_group(leader: int) -> None:
    """End what the tests may have left behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
