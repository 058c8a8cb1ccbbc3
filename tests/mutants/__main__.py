"""Changes the sources by lot, one change at a time, and tells which of them no test notices; `make mutants` calls it.

The same seed draws the same changes of the same sources. The exit code is 1 where less than 85 in 100 are noticed.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

from tests.bench.process import ROOT
from tests.bench.table import markdown
from tests.mutants.drawing import AREAS, PYTHON, Change, draw
from tests.mutants.reach import RINGS, Reach
from tests.mutants.trying import Copy, Outcome

FOLDER = ROOT / "build" / "mutants"

ENOUGH_TESTS, OTHERS = 40.0, 60.0
"""Seconds that the tests of a change took when they were measured, and those that start the program as a process."""

SLOWER = 5
"""How much longer than without the change tests may take before they count as endless, beside a start of 60 s."""

ENOUGH = 0.85

NOT_NOTICED = (Outcome.SURVIVED, Outcome.IN_OTHERS, Outcome.UNREACHED)


class Trier:
    """Tries changes in a copy of its own."""

    def __init__(self, folder: Path) -> None:
        self._copy = Copy(ROOT, folder)
        self._reach = Reach(self._copy, FOLDER)
        self._copy.collect(RINGS)

    def become(self, change: Change) -> Outcome:
        """What becomes of a change: with the tests that come there, then with those that do so in another process."""
        names = (change.constant, change.function)
        if change.constant:
            own, others, at_import = self._reach.of_users(change.file, change.constant, names)
        else:
            own, others, at_import = self._reach.of(change.file, change.lines, names)
        outcome = Outcome.UNREACHED
        with self._copy.changed(change.file, change.source):
            if own:
                outcome = self._try_out(own, ENOUGH_TESTS, change, collected=not at_import)
            if outcome in NOT_NOTICED and others:
                outcome = self._try_out(others, OTHERS, change, collected=False)
                if outcome is Outcome.SURVIVED and not own:
                    outcome = Outcome.IN_OTHERS
        if outcome is Outcome.BROKEN:
            print(self._copy.said[-2000:], file=sys.stderr, flush=True)
        return outcome

    def _try_out(self, tests: Sequence[str], seconds: float, change: Change, *, collected: bool) -> Outcome:
        chosen, needed = [], 0.0
        for test in tests:
            if needed < seconds:
                chosen.append(test)
                needed += self._reach.took(test)
        return self._copy.try_out(chosen, 60 + SLOWER * needed, change.file, change.without, collected=collected)


def _start(folder: str) -> None:
    """Begin a process that tries changes."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    _TRIER.append(Trier(Path(tempfile.mkdtemp(dir=folder))))


def _become(change: Change) -> tuple[Change, Outcome]:
    return change, _TRIER[0].become(change)


_TRIER: list[Trier] = []
"""The one of this process."""


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="how long changes are tried (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn by lot depends on it alone (default: 1)")
    parser.add_argument("--changes", type=int, help="end after so many")
    parser.add_argument("--only", default="", help="only changes of files whose name begins so")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="how many at a time (default: all cores)")
    return parser.parse_args(arguments)


def main() -> int:
    """Do what is asked for; 1 where too little is noticed."""
    asked = options()
    if not PYTHON.exists():
        sys.exit("Cosmic Ray is not installed: make mutants does that.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no test goes on alone
    outcomes: dict[str, Counter[Outcome]] = {area: Counter() for area in AREAS}
    survivors: list[Change] = []
    with tempfile.TemporaryDirectory(prefix="m-") as folder:
        copy = Copy(ROOT, Path(folder).resolve() / "0")
        for said in Reach(copy, FOLDER).measure(asked.processes):
            print(f"Which tests come where: {said}", file=sys.stderr, flush=True)
        begun = time.monotonic()
        for change, outcome in _tried(asked, copy.folder, folder):
            outcomes[change.area][outcome] += 1
            print(f"{change.file}:{change.line} {change.operator}: {outcome.value}", file=sys.stderr, flush=True)
            if outcome in NOT_NOTICED:
                survivors.append(change)
                print(f"    - {change.old}\n    + {change.new}", file=sys.stderr, flush=True)
        minutes = (time.monotonic() - begun) / 60
    print(_table(outcomes, asked.seed), "\n")
    for change in sorted(survivors, key=lambda change: (change.file, change.line)):
        print(f"{change.file}:{change.line} {change.operator}\n    - {change.old}\n    + {change.new}")
    tried = sum(each.total() - each[Outcome.BROKEN] for each in outcomes.values())
    print(f"{tried} changes in {minutes:.0f} minutes")
    return 0 if tried - len(survivors) >= ENOUGH * tried else 1


def _tried(asked: argparse.Namespace, project: Path, folder: str) -> Iterator[tuple[Change, Outcome]]:
    """Changes, drawn and tried while there is time; the minutes begin when the tests are collected."""
    until = None
    changes = enumerate(draw(project, asked.seed, asked.only), 1)
    with ProcessPoolExecutor(asked.processes, get_context("fork"), _start, (folder,)) as pool:
        waiting: set[Future[tuple[Change, Outcome]]] = set()
        while True:
            while len(waiting) < asked.processes and (until is None or time.monotonic() < until):
                number, change = next(changes)
                if asked.changes and number > asked.changes:
                    break
                waiting.add(pool.submit(_become, change))
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            until = until or time.monotonic() + 60 * asked.minutes
            yield from (each.result() for each in done)


def _table(outcomes: dict[str, Counter[Outcome]], seed: int) -> str:
    rows = []
    whole: Counter[Outcome] = sum(outcomes.values(), Counter())
    for area, counts in [*outcomes.items(), ("all", whole)]:
        noticed = counts[Outcome.NOTICED] + counts[Outcome.TOO_LONG]
        not_noticed = [counts[each] for each in NOT_NOTICED]
        share = f"{noticed / (noticed + sum(not_noticed)):.0%}" if noticed + sum(not_noticed) else "–"
        rows.append([area, *map(str, (noticed, *not_noticed)), share])
    heads = ["noticed", "survived", "of those only in other processes", "no test comes there", "noticed of all"]
    return markdown([f"seed {seed}", *heads], rows)


if __name__ == "__main__":
    sys.exit(main())
