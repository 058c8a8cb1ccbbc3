"""A process that has collected all tests: forked for each change, it runs some of them at once."""

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from typing import IO

import pytest

from tests.mutants.processes import ended
from tests.mutants.replacing import Functions, replaced

PASSED, FAILED, ENDLESS, IMPOSSIBLE = "passed", "failed", "endless", "impossible"
ANSWERS = {0: PASSED, 1: FAILED, None: ENDLESS}
"""What the exit code of the tests tells."""


class Collected:
    """Collects the tests in `places` and waits, until the requests end.

    {"file": "…", "old": "…", "new": "…", "tests": ["…"], "seconds": 60.0} → "passed", "failed" and by which
    test, "endless" or, where this change cannot be shown so, "impossible"
    """

    def __init__(self, requests: IO[str], answers: IO[str]) -> None:
        self._requests = requests
        self._answers = answers

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of running all tests: run those that are asked for, each time in a fork."""
        items = {item.nodeid: item for item in session.items}
        functions = Functions()
        self._answer(str(len(items)))
        for line in self._requests:
            request = json.loads(line)
            chosen = [items[test] for test in request["tests"] if test in items]
            codes = replaced(request["old"], request["new"], request["file"])
            if codes is None or len(chosen) < len(request["tests"]):
                self._answer(IMPOSSIBLE)
                continue
            tells, failed = os.pipe()
            child = os.fork()
            if child == 0:
                functions.replace(request["file"], codes)
                _become_tests(session, chosen, failed)
            os.close(failed)
            answer = ANSWERS.get(ended(child, request["seconds"]), IMPOSSIBLE)
            with os.fdopen(tells) as said:
                self._answer(f"{answer} {said.readline().strip()}")
        return True

    def _answer(self, answer: str) -> None:
        self._answers.write(f"{answer}\n")
        self._answers.flush()


def _become_tests(session: pytest.Session, items: Sequence[pytest.Item], failed: int) -> None:
    """Run these tests until one fails, in a process that ends with that."""
    code = 70
    try:
        os.setsid()
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                os.write(failed, f"{item.nodeid}\n".encode())
                break
        code = min(session.testsfailed, 1)
        with contextlib.suppress(BaseException):
            session._setupstate.teardown_exact(None)  # a database server ends with that
        sys.stdout.flush()
    finally:
        os._exit(code)
