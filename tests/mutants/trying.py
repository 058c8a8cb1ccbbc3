"""Runs tests against a changed file, in a process that is forked when everything of others is imported already."""

import contextlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import IO

import pytest

from tests.mutants.collected import ENDLESS, FAILED, IMPOSSIBLE, PASSED, Collected
from tests.mutants.processes import ended

OWN = ("bot", "conversations", "locales", "storage", "tests")
"""What is imported anew in each process, from the copy."""

OF_OTHERS = (
    *("aiohttp", "alembic", "attrs", "babel", "hypothesis", "jinja2", "msgspec", "PIL", "procrastinate", "psycopg"),
    *("pydantic_settings", "pytest_asyncio", "rapidfuzz", "sqlalchemy", "structlog", "telegram", "telegram.ext"),
    *("time_machine", "typer", "xlsxwriter", "openpyxl"),
)
"""What most tests need; to import it takes longer than most of them run."""


TEMPORARY = "t"
"""Where tests put their files, within the copy: short, since the name of a socket may not be long."""


class Outcome(Enum):
    """What became of a change."""

    NOTICED = "noticed"
    TOO_LONG = "noticed: the tests did not end"
    SURVIVED = "survived"
    IN_OTHERS = "survived: tests come there only in a process that they start"
    UNREACHED = "survived: no test comes there"
    BROKEN = "the tests could not run"


class Copy:
    """A copy of the project in which one file at a time is changed."""

    def __init__(self, project: Path | None, folder: Path) -> None:
        """Copy what git knows of `project` to `folder`; None: it is there."""
        self.folder = folder
        self._changes = 0
        self._collected: tuple[IO[str], IO[str]] | None = None
        if project is not None:
            self._fill(project)
        self.folder.mkdir(exist_ok=True)
        self._tidy()
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

    def collect(self, places: Sequence[str]) -> None:
        """Collect all tests of these places in a process that stays; it ends with this one."""
        asks, requests = os.pipe()
        answers, tells = os.pipe()
        if os.fork() == 0:
            os.close(requests)
            os.close(answers)
            collected = Collected(os.fdopen(asks), os.fdopen(tells, "w"))
            self._become_tests(["-p", "no:cov", *places], [collected])
        os.close(asks)
        os.close(tells)
        self._collected = os.fdopen(requests, "w"), os.fdopen(answers)
        self._collected[1].readline()

    def end(self) -> None:
        """End the process that has collected the tests."""
        for pipe in self._collected or ():
            pipe.close()
        self._collected = None

    def try_out(self, tests: Sequence[str], seconds: float, file: str, without: str, *, collected: bool) -> Outcome:
        """Run these tests, in their order, until one fails; `without`: what `file` is without the change.

        With the tests that are `collected`, or else in a new process. A test that fails without the change too shows
        nothing: it is left out, and if all of them do, nothing is known of the change.
        """
        if not tests:
            return Outcome.UNREACHED
        old = (file, without) if collected and self._collected else None
        outcome, failed = self._try_out(tests, seconds, old)
        if outcome is Outcome.NOTICED and failed:
            with self.changed(file, without):
                fails_always = self._try_out([failed], seconds, old)[0] is not Outcome.SURVIVED
            if fails_always:
                others = [test for test in tests if test != failed]
                if not others:
                    return Outcome.BROKEN
                return self.try_out(others, seconds, file, without, collected=collected)
        return outcome

    def _try_out(self, tests: Sequence[str], seconds: float, change: tuple[str, str] | None) -> tuple[Outcome, str]:
        """What becomes of the tests, and the first that fails."""
        if change and self._collected:
            file, old = str(self.folder / change[0]), change[1]
            asked = {"file": file, "old": old, "new": Path(file).read_text(), "tests": tests, "seconds": seconds}
            print(json.dumps(asked), file=self._collected[0], flush=True)
            answer, _, test = self._collected[1].readline().strip().partition(" ")
            self._tidy()
            if answer != IMPOSSIBLE:
                return {PASSED: Outcome.SURVIVED, FAILED: Outcome.NOTICED, ENDLESS: Outcome.TOO_LONG}[answer], test
        match self.run(["-x", "-p", "no:cov", *tests], seconds):
            case None:
                return Outcome.TOO_LONG, ""
            case pytest.ExitCode.OK:
                return Outcome.SURVIVED, ""
            case pytest.ExitCode.USAGE_ERROR | pytest.ExitCode.NO_TESTS_COLLECTED:
                return Outcome.NOTICED if "Error" in self.said else Outcome.BROKEN, ""
            case _:
                return Outcome.NOTICED, next((test for test in tests if f"FAILED {test} - " in self.said), "")

    def _tidy(self) -> None:
        shutil.rmtree(self.folder / TEMPORARY, ignore_errors=True)
        (self.folder / TEMPORARY).mkdir()

    def run(self, arguments: Sequence[str], seconds: float) -> int | None:
        """How pytest ends with these arguments; None: it did not within so long."""
        child = os.fork()
        if child == 0:
            self._become_tests(arguments)
        try:
            return ended(child, seconds)
        finally:
            self._tidy()

    @property
    def said(self) -> str:
        """What the tests printed last."""
        return (self.folder / "said.txt").read_text(errors="replace")

    def _become_tests(self, arguments: Sequence[str], plugins: Sequence[object] = ()) -> None:
        """Be the process that runs the tests; it does not come back."""
        code = 70
        try:
            os.setsid()
            os.chdir(self.folder)
            with (self.folder / "said.txt").open("w") as said:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
            sys.stdout = sys.stderr = os.fdopen(os.dup(1), "w")
            for name in [each for each in sys.modules if each.partition(".")[0] in OWN]:
                del sys.modules[name]
            sys.path.insert(0, str(self.folder))
            os.environ["PYTHONPATH"] = str(self.folder)
            os.environ["PYTEST_DEBUG_TEMPROOT"] = str(self.folder / TEMPORARY)
            quiet = ("-q", "-p", "no:cacheprovider", "--hypothesis-seed=1", "--no-header")
            asked = [*quiet, "-W", "ignore::pytest.PytestAssertRewriteWarning", *arguments]
            code = int(pytest.main(asked, plugins))
            sys.stdout.flush()
        finally:
            os._exit(code)
