"""Changes the sources by lot, one change at a time, and tells which of them no test notices; `make mutants` calls it.

The same seed draws the same changes of the same sources. The exit code is 1 where less than 85 in 100 are noticed.
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.process import ROOT
from tests.bench.table import markdown
from tests.mutants.places import function_at, is_within, left_out, lines_that_use
from tests.mutants.reach import Reach
from tests.mutants.trying import Copy, Outcome

AREAS = ("conversations", "storage", "bot/receiving", "bot/sending", "bot/jobs")
NOT_CHANGED = ("migrations", "versions")

FOLDER = ROOT / "build" / "mutants"
PYTHON = ROOT / ".venv-mutants" / "bin" / "python"

EACH = 4
"""Changes of one file in a row: which tests come to its lines is measured once for all of them."""

FIRST, SECOND = 8.0, 45.0
"""Seconds that the tests of a change take without it: of the first ones, and of those for what these did not notice."""

SLOWER = 5
"""How much longer than without the change tests may take before they count as endless, beside a start of 60 s."""

ENOUGH = 0.85

NOT_NOTICED = (Outcome.SURVIVED, Outcome.UNREACHED)


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one file."""

    file: str
    line: int
    lines: tuple[int, int]
    """Those at which a test comes to what is changed."""
    function: str
    """The function, or else the class, in which it is."""
    operator: str
    source: str
    old: str
    new: str

    @property
    def area(self) -> str:
        """Where it is."""
        return next(each for each in AREAS if self.file.startswith(f"{each}/"))


class Operators:
    """The operators of Cosmic Ray, in a process of their own environment."""

    def __init__(self) -> None:
        command = (str(PYTHON), str(Path(__file__).with_name("operators.py")))
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def places(self, source: str) -> list[tuple[str, int, int, int, int, int]]:
        """Where which of them could change `source`."""
        return [tuple(each) for each in self._ask(source=source)]

    def changed(self, source: str, operator: str, occurrence: int) -> str:
        """`source` with that change."""
        return str(self._ask(source=source, operator=operator, occurrence=occurrence) or source)

    def _ask(self, **request: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(request)}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def draw(project: Path, seed: int) -> Iterator[Change]:
    """Changes by lot, without end: some of one file of each area in turn; a longer file is drawn more often."""
    chance, operators = Random(seed), Operators()
    sources = {area: _sources(project, area) for area in AREAS}
    drawn: set[tuple[str, str, int]] = set()
    while True:
        for area in AREAS:
            files = sources[area]
            file = chance.choices(list(files), [len(source) for source in files.values()])[0]
            source = files[file]
            without = left_out(source)
            places = [each for each in operators.places(source) if not is_within(each[2], each[3], without)]
            # What can be changed in many ways, such as a comparison, has no more tickets than anything else.
            spots = sorted({each[2:] for each in places})
            for at in chance.sample(spots, min(EACH, len(spots))):
                operator, occurrence, line, *_ = chance.choice([each for each in places if each[2:] == at])
                changed = operators.changed(source, operator, occurrence)
                if (file, operator, occurrence) not in drawn and changed != source:
                    drawn.add((file, operator, occurrence))
                    lines, within = lines_that_use(source, line, at[2]), function_at(source, line)
                    name = operator.partition("/")[2]
                    yield Change(file, line, lines, within, name, changed, *_differing(source, changed))


def _sources(project: Path, area: str) -> dict[str, str]:
    files = (file for file in sorted((project / area).rglob("*.py")) if not set(NOT_CHANGED) & set(file.parts))
    found = {str(file.relative_to(project)): file.read_text(encoding="utf-8") for file in files}
    return {file: source for file, source in found.items() if source.strip()}


def _differing(old: str, new: str) -> tuple[str, str]:
    """The first line that differs, before and after."""
    pairs = zip(old.splitlines(), [*new.splitlines(), ""], strict=False)
    return next(((one.strip(), other.strip()) for one, other in pairs if one != other), ("", ""))


def become(copy: Copy, reach: Reach, change: Change) -> Outcome:
    """What becomes of `change`: with the innermost, quickest tests that come there, then more of them, then others."""
    tests = reach.of(change.file, *change.lines)
    first = _within(reach, tests, FIRST)
    with copy.changed(change.file, change.source):
        outcome = copy.try_out(first, _patience(reach, first))
        rest = _within(reach, [test for test in tests if test not in set(first)], SECOND)
        if outcome is Outcome.SURVIVED and rest:
            outcome = copy.try_out(rest, _patience(reach, rest))
    if outcome in NOT_NOTICED and change.function:
        others = _within(reach, reach.further(change.file, change.function, *change.lines), SECOND)
        if others:
            with copy.changed(change.file, change.source):
                outcome = copy.try_out(others, _patience(reach, others))
    return outcome


def _within(reach: Reach, tests: Sequence[str], seconds: float) -> list[str]:
    chosen: list[str] = []
    for test in tests:
        if seconds <= 0:
            break
        chosen.append(test)
        seconds -= reach.took(test)
    return chosen


def _patience(reach: Reach, tests: Sequence[str]) -> float:
    return 60 + SLOWER * sum(map(reach.took, tests))


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="how long changes are tried (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn by lot depends on it alone (default: 1)")
    parser.add_argument("--changes", type=int, help="end after so many")
    return parser.parse_args(arguments)


def main() -> int:
    """Do what is asked for; 1 where too little is noticed."""
    asked = options()
    if not PYTHON.exists():
        sys.exit("Cosmic Ray is not installed: make mutants does that.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no test goes on alone
    outcomes: dict[str, Counter[Outcome]] = {area: Counter() for area in AREAS}
    survivors: list[Change] = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = Copy(ROOT, Path(folder).resolve())
        reach = Reach(copy, FOLDER, _state())
        until = time.monotonic() + 60 * asked.minutes
        for number, change in enumerate(draw(copy.folder, asked.seed), 1):
            if time.monotonic() > until or (asked.changes and number > asked.changes):
                break
            outcome = become(copy, reach, change)
            outcomes[change.area][outcome] += 1
            print(f"{change.file}:{change.line} {change.operator}: {outcome.value}", file=sys.stderr, flush=True)
            if outcome is Outcome.BROKEN:
                print(copy.said[-2000:], file=sys.stderr, flush=True)
            if outcome in NOT_NOTICED:
                survivors.append(change)
                print(f"    - {change.old}\n    + {change.new}", file=sys.stderr, flush=True)
    print(_table(outcomes, asked.seed), "\n")
    for change in survivors:
        print(f"{change.file}:{change.line} {change.operator}\n    - {change.old}\n    + {change.new}")
    tried = sum(each.total() - each[Outcome.BROKEN] for each in outcomes.values())
    return 0 if tried - len(survivors) >= ENOUGH * tried else 1


def _state() -> str:
    """What the sources are known by."""
    tree = subprocess.run(["git", "stash", "create"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    command = ["git", "rev-parse", "--short", f"{tree.strip() or 'HEAD'}^{{tree}}"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def _table(outcomes: dict[str, Counter[Outcome]], seed: int) -> str:
    rows = []
    whole: Counter[Outcome] = sum(outcomes.values(), Counter())
    for area, counts in [*outcomes.items(), ("all", whole)]:
        noticed = counts[Outcome.NOTICED] + counts[Outcome.TOO_LONG]
        survived = counts[Outcome.SURVIVED] + counts[Outcome.UNREACHED]
        share = f"{noticed / (noticed + survived):.0%}" if noticed + survived else "–"
        rows.append([area, *map(str, (noticed, counts[Outcome.SURVIVED], counts[Outcome.UNREACHED])), share])
    return markdown([f"seed {seed}", "noticed", "survived", "no test comes there", "noticed of all"], rows)


if __name__ == "__main__":
    sys.exit(main())
