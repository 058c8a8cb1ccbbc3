"""Which tests come to which line, and how long each takes: measured for a folder of tests when it is first needed."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from coverage import CoverageData

from tests.mutants.trying import Copy

RINGS = (
    "tests/conversations",
    "tests/contract",
    "tests/storage",
    "tests/bot/receiving",
    "tests/bot/sending",
    "tests/bot/jobs",
)
"""The tests that may notice a change, the innermost ring first."""

MOST_FOLDERS = 2
"""Folders of tests in which it is looked for those that notice what the tests of a file do not."""

LONGEST = 1800.0
"""Seconds that it may take to measure what the tests of one file come to."""

DESELECTED = "not postgres"
"""Of tests on both databases the one on SQLite will do: it is the quick one."""

Lines = Mapping[int, Sequence[str]]
"""For each line the tests that come there."""


class Reach:
    """Finds the tests for a line; what was measured is kept in `folder`, for this `state` of the sources."""

    def __init__(self, copy: Copy, folder: Path, state: str) -> None:
        self._copy = copy
        self._project = copy.folder
        self._folder = folder
        self._state = state
        self._lines: dict[str, Mapping[str, Lines]] = {}
        """For each place of tests, by the file that they come to."""
        self._seconds: dict[str, float] = {}

    def of(self, file: str, first: int, last: int) -> list[str]:
        """The tests of `file` that come to one of these lines: the innermost ring first, in it the quick ones."""
        return self._that_come_there(list(self._places(file)), file, first, last)

    def further(self, file: str, function: str, first: int, last: int) -> list[str]:
        """The same for the tests of those files that use `function` of this one."""
        uses = re.compile(rf"\b{re.escape(function)}\b")
        users = (other for other, text in _sources(self._project) if other != file and uses.search(text))
        folders = {self._folder_of(user) for user in users} - {self._folder_of(file)}
        nearest = sorted(folders, key=lambda folder: (_ring(f"{folder}/"), folder))[:MOST_FOLDERS]
        return self._that_come_there(nearest, file, first, last)

    def _that_come_there(self, places: list[str], file: str, first: int, last: int) -> list[str]:
        self._measure([place for place in places if not self._knows(place)])
        found = [self._lines[place].get(file, {}) for place in places]
        tests = {test for lines in found for line in range(first, last + 1) for test in lines.get(line, ())}
        return sorted(tests, key=lambda test: (_ring(test), self.took(test), test))

    def took(self, test: str) -> float:
        """The seconds that a test took."""
        return self._seconds.get(test, 1.0)

    def _places(self, file: str) -> Iterator[str]:
        """Where the tests of `file` are: in the folder of its name, in the contract, and wherever it is imported."""
        own = self._folder_of(file)
        yield own
        if file.startswith(("storage/", "conversations/memory/")):
            yield "tests/contract"
        module = file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        imports = re.compile(rf"\b(from {re.escape(module)} import|import {re.escape(module)}\b)")
        for test, text in _test_files(self._project):
            if not test.startswith((f"{own}/", "tests/contract/")) and imports.search(text):
                yield test

    def _folder_of(self, file: str) -> str:
        """The folder of tests that has the name of the folder of `file`, or of the one above it."""
        folder = self._project / "tests" / Path(file).parent
        while not folder.is_dir():
            folder = folder.parent
        return str(folder.relative_to(self._project))

    def _knows(self, place: str) -> bool:
        """Whether that place was measured, now or before."""
        if place not in self._lines and self._kept(place).exists():
            lines, seconds = json.loads(self._kept(place).read_text())
            self._lines[place] = {
                file: {int(line): tests for line, tests in own.items()} for file, own in lines.items()
            }
            self._seconds |= seconds
        return place in self._lines

    def _kept(self, place: str) -> Path:
        return self._folder / f"reach-{hashlib.sha256(f'{self._state} {place}'.encode()).hexdigest()[:16]}.json"

    def _measure(self, places: Sequence[str]) -> None:
        """Run the tests of these places once, and keep what was found for each."""
        if not places:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        times = self._project / "times.xml"
        report = ("--cov=bot", "--cov=conversations", "--cov=storage", "--cov-context=test", "--cov-report=")
        junit = (f"--junitxml={times}", "-o", "junit_family=xunit1")
        self._copy.run(["-k", DESELECTED, *report, *junit, *places], LONGEST)
        coverage, seconds = CoverageData(str(self._project / "coverage")), _times(times)
        coverage.read()
        for place in places:
            lines = {file: own for file in coverage.measured_files() if (own := _lines(coverage, file, place))}
            by_file = {str(Path(file).relative_to(self._project)): own for file, own in lines.items()}
            own_seconds = {test: took for test, took in seconds.items() if test.startswith(place)}
            self._kept(place).write_text(json.dumps([by_file, own_seconds]))
            self._knows(place)


def _lines(coverage: CoverageData, file: str, place: str) -> Lines:
    found = {}
    for line, contexts in coverage.contexts_by_lineno(file).items():
        if tests := sorted({_test(each) for each in contexts if each.startswith(place)}):
            found[line] = tests
    return found


@cache
def _test_files(project: Path) -> list[tuple[str, str]]:
    files = (file for ring in RINGS for file in sorted((project / ring).rglob("test_*.py")))
    return [(str(file.relative_to(project)), file.read_text(encoding="utf-8")) for file in files]


@cache
def _sources(project: Path) -> list[tuple[str, str]]:
    folders = {ring.removeprefix("tests/") for ring in RINGS} - {"contract"}
    files = (file for folder in sorted(folders) for file in sorted((project / folder).rglob("*.py")))
    return [(str(file.relative_to(project)), file.read_text(encoding="utf-8")) for file in files]


def _ring(test: str) -> int:
    return next((number for number, ring in enumerate(RINGS) if test.startswith(f"{ring}/")), len(RINGS))


def _test(context: str) -> str:
    """The id of a test; a context is `id|run`, `id|setup` or `id|teardown`."""
    return context.rpartition("|")[0] or context


def _times(file: Path) -> dict[str, float]:
    found = {}
    for case in ElementTree.parse(file).iter("testcase"):
        path = case.get("file", "")
        of_class = case.get("classname", "").removeprefix(path.removesuffix(".py").replace("/", "."))
        name = "::".join([path, *filter(None, of_class.split(".")), case.get("name", "")])
        found[name] = float(case.get("time", "0"))
    return found
