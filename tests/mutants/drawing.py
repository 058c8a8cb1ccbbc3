"""Draws changes of the sources by lot: the same seed draws the same changes of the same sources."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.bench.process import ROOT
from tests.mutants.places import function_at, is_within, left_out, lines_that_use

AREAS = ("conversations", "storage", "bot/receiving", "bot/sending", "bot/jobs")
NOT_CHANGED = ("migrations", "versions")

PYTHON = ROOT / ".venv-mutants" / "bin" / "python"

SAME = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")
"""Comparisons that come to the same for None, numbers, short strings and members of an enum, which are most of them."""

EACH = 4
"""Changes of one file in a row."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one file."""

    file: str
    line: int
    lines: Sequence[int]
    """Those at which a test comes to what is changed."""
    function: str
    """The function, or else the class, in which it is."""
    constant: str
    """The constant of the file whose value it is."""
    operator: str
    source: str
    without: str
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


def draw(project: Path, seed: int, only: str = "") -> Iterator[Change]:
    """Changes by lot, without end: some of one file of each area in turn; a longer file is drawn more often."""
    chance, operators = Random(seed), Operators()
    sources = {area: _sources(project, area, only) for area in AREAS}
    drawn: set[tuple[str, str, int]] = set()
    while True:
        for files in filter(None, sources.values()):
            file = chance.choices(list(files), [len(source) for source in files.values()])[0]
            source = files[file]
            without = left_out(source)
            places = [
                each
                for each in operators.places(source)
                if not is_within(each[2], each[3], without) and not each[0].endswith(SAME)
            ]
            # What can be changed in many ways, such as a comparison, has no more tickets than anything else.
            spots = sorted({each[2:] for each in places})
            for at in chance.sample(spots, min(EACH, len(spots))):
                operator, occurrence, line, *_ = chance.choice([each for each in places if each[2:] == at])
                changed = operators.changed(source, operator, occurrence)
                if (file, operator, occurrence) not in drawn and changed != source:
                    drawn.add((file, operator, occurrence))
                    lines, constant = lines_that_use(source, line, at[2])
                    kind, differing = operator.partition("/")[2], _differing(source, changed)
                    within = function_at(source, line)
                    yield Change(file, line, lines, within, constant, kind, changed, source, *differing)


def _sources(project: Path, area: str, only: str) -> dict[str, str]:
    files = (file for file in sorted((project / area).rglob("*.py")) if not set(NOT_CHANGED) & set(file.parts))
    found = {str(file.relative_to(project)): file.read_text(encoding="utf-8") for file in files}
    return {file: source for file, source in found.items() if source.strip() and file.startswith(only)}


def _differing(old: str, new: str) -> tuple[str, str]:
    """The first line that differs, before and after."""
    pairs = zip(old.splitlines(), [*new.splitlines(), ""], strict=False)
    return next(((one.strip(), other.strip()) for one, other in pairs if one != other), ("", ""))
