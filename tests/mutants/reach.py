"""Which tests come to which line, and how long each takes: measured once for each file of tests, and kept."""

import hashlib
import json
import re
import shutil
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree

from coverage import CoverageData

from tests.mutants.places import lines_within_functions
from tests.mutants.trying import Copy

LAYERS = ("conversations", "storage", "bot")

RINGS = (
    *("tests/conversations", "tests/understanding", "tests/similar", "tests/contract", "tests/storage"),
    *("tests/bot/receiving", "tests/bot/sending", "tests/bot/jobs", "tests/bot/telegram", "tests/bot/files"),
    *("tests/bot/webhooks", "tests/bot/runtime", "tests/bot/whole", "tests/bot/failing", "tests/bot/heavy"),
)
"""The tests that may notice a change, the innermost ring first."""

MANY = 200
"""Tests that are enough: where fewer come to a line, the others of their files are tried too."""

LONGEST = 7200.0
"""Seconds that it may take to measure what the tests of one ring come to."""

PLUGIN = ("-p", "tests.mutants.forgetting")

SETTINGS = """[run]
source =
    {sources}
data_file = {data}
context = ${{PYTEST_CURRENT_TEST-}}
patch = subprocess
parallel = true
"""
"""Of coverage: in a process that a test starts, what is run belongs to the test whose name the environment tells."""


@dataclass(frozen=True, slots=True)
class Tests:
    """The tests that come somewhere."""

    own: frozenset[str] = frozenset()
    """Those that come there themselves."""
    through_others: frozenset[str] = frozenset()
    """Those of which only another process that they started does."""
    at_import: bool = False
    """Whether it is also run before any test, while files are imported."""


@dataclass
class Measured:
    """What was measured at one time, in `folder`: of these files of tests, with these sources."""

    folder: Path
    root: str
    tests: Mapping[str, str]
    """The files of tests, and what their text was known by."""
    seconds: Mapping[str, float]
    sources: Mapping[str, str]
    _lines: dict[str, dict[int, list[str]]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Measured":
        """What is kept in `folder`."""
        return cls(folder, **json.loads((folder / "measured.json").read_text()))

    def contexts(self, file: str, source: str, lines: Sequence[int]) -> set[str]:
        """By whom these lines of `source` were run: the line nearest above counts for one that was not there."""
        if file not in self.sources:
            return set()
        if file not in self._lines:
            self._lines[file] = self._coverage.contexts_by_lineno(f"{self.root}/{file}")
        old = self._old_lines(file, source)
        return {context for line in lines for context in self._lines[file].get(old(line), ())}

    @cached_property
    def _coverage(self) -> CoverageData:
        data = CoverageData(str(self.folder / "coverage"))
        data.read()
        return data

    def _old_lines(self, file: str, source: str) -> Callable[[int], int]:
        if self.sources[file] == source:
            return lambda line: line
        matcher = SequenceMatcher(None, self.sources[file].splitlines(), source.splitlines(), autojunk=False)
        pairs = [(b + k + 1, a + k + 1) for a, b, size in matcher.get_matching_blocks() for k in range(size)]
        return lambda line: pairs[max(bisect_right(pairs, (line, len(pairs) ** 2)) - 1, 0)][1] if pairs else line


class Reach:
    """Finds the tests for lines; what was measured is kept in `folder`."""

    def __init__(self, copy: Copy, folder: Path) -> None:
        self._copy = copy
        self._project = copy.folder
        self._folder = folder
        self._measured = [Measured.read(each.parent) for each in sorted(folder.glob("*/measured.json"))]
        files = (file for ring in RINGS for file in sorted((self._project / ring).rglob("test_*.py")))
        self._texts = {str(file.relative_to(self._project)): file.read_text(encoding="utf-8") for file in files}
        self._known_by = {file: hashlib.sha256(text.encode()).hexdigest()[:16] for file, text in self._texts.items()}
        self._sources = {
            str(file.relative_to(self._project)): file.read_text(encoding="utf-8")
            for layer in LAYERS
            for file in sorted((self._project / layer).rglob("*.py"))
        }

    def measure(self, processes: int) -> Iterator[str]:
        """Run those files of tests that are new or were changed since they were measured; tells of each ring."""
        missing = [file for file in self._texts if not self._of(file)]
        for ring in RINGS:
            if files := [file for file in missing if file.startswith(f"{ring}/")]:
                yield f"{ring}: {len(files)} files"
                self._measure(files, processes)

    def of(self, file: str, lines: Sequence[int], names: Sequence[str]) -> tuple[list[str], list[str], bool]:
        """The tests that come to one of these lines, those that do so in another process, whether an import does too.

        Those come first whose file mentions one of `names`, then the innermost ring, in it the quick ones.
        """
        found = self._tests({file: lines})
        own = self._in_order(found.own, names)
        others = self._beside(found.own) if len(own) < MANY else frozenset()
        return own + self._in_order(others, names), self._in_order(found.through_others, names), found.at_import

    def of_users(self, file: str, name: str, names: Sequence[str]) -> tuple[list[str], list[str], bool]:
        """The same for the functions that use what is called `name` in `file`; where there are none, for those
        of the file and of the files that import it."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        found = self._tests({file: lines_within_functions(self._sources[file], word)})
        if not found.own | found.through_others:
            users = {each: text for each, text in self._sources.items() if word.search(text)}
            found = self._tests({each: lines_within_functions(text, word) for each, text in users.items()})
        if not found.own | found.through_others:
            module = re.escape(file.removesuffix(".py").replace("/", ".").removesuffix(".__init__"))
            imports = re.compile(rf"\b(from {module} import|import {module}\b)")
            importing = {each: text for each, text in self._sources.items() if each == file or imports.search(text)}
            anything = re.compile(r"\w")
            found = self._tests({each: lines_within_functions(text, anything) for each, text in importing.items()})
        return self._in_order(found.own, names), self._in_order(found.through_others, names), True

    def took(self, test: str) -> float:
        """The seconds that a test took while it was measured."""
        measured = self._of(test.partition("::")[0])
        return measured.seconds.get(test, 1.0) if measured else 1.0

    def _of(self, file: str) -> Measured | None:
        """The last time that this file of tests was measured as it is now."""
        own = (file, self._known_by.get(file))
        return next((each for each in reversed(self._measured) if own in each.tests.items()), None)

    def _tests(self, places: Mapping[str, Sequence[int]]) -> Tests:
        own: set[str] = set()
        others: set[str] = set()
        at_import = False
        for measured in self._measured:
            for file, lines in places.items():
                for context in measured.contexts(file, self._sources[file], lines):
                    test, phase = _test(context)
                    if not test:
                        at_import = True
                    elif test in measured.seconds and self._of(test.partition("::")[0]) is measured:
                        (own if phase else others).add(test)
        return Tests(frozenset(own), frozenset(others - own), at_import)

    def _beside(self, tests: frozenset[str]) -> frozenset[str]:
        """The other tests of the same files: they may come there too, and find in a cache what the first put there."""
        files = {test.partition("::")[0] for test in tests}
        known = {test for measured in self._measured for test in measured.seconds}
        return frozenset(test for test in known - tests if test.partition("::")[0] in files)

    def _in_order(self, tests: frozenset[str], names: Sequence[str]) -> list[str]:
        words = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in names if name) or "(?!)")
        near = {file: bool(words.search(self._texts[file])) for file in {test.partition("::")[0] for test in tests}}

        def key(test: str) -> tuple[bool, bool, int, float, str]:
            on_postgres = "[postgresql" in test  # the same test on SQLite is the quick one
            return on_postgres, not near[test.partition("::")[0]], _ring(test), self.took(test), test

        return sorted(tests, key=key)

    def _measure(self, files: Sequence[str], processes: int) -> None:
        """Run these tests once, and keep what was found."""
        folder = self._folder / str(time.time_ns())
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        settings, times = self._project / "coveragerc", self._project / "times.xml"
        sources = "\n    ".join(str(self._project / each) for each in LAYERS)
        settings.write_text(SETTINGS.format(sources=sources, data=self._project / "coverage"))
        report = ("--cov", f"--cov-config={settings}", "--cov-context=test", "--cov-report=")
        junit = (f"--junitxml={times}", "-o", "junit_family=xunit1")
        self._copy.run([*PLUGIN, "-n", str(processes), "--dist", "loadfile", *report, *junit, *files], LONGEST)
        shutil.move(self._project / "coverage", folder / "coverage")
        what = {
            "root": str(self._project),
            "tests": {file: self._known_by[file] for file in files},
            "seconds": _times(times),
            "sources": self._sources,
        }
        (folder / "measured.json").write_text(json.dumps(what))
        self._measured.append(Measured.read(folder))


def _ring(test: str) -> int:
    return next((number for number, ring in enumerate(RINGS) if test.startswith(f"{ring}/")), len(RINGS))


def _test(context: str) -> tuple[str, bool]:
    """A test, and whether it was there itself: "id|run" is, "id (call)" is a process that it has started."""
    own, bar, _ = context.rpartition("|")
    return (own, True) if bar else (context.rpartition(" (")[0], False)


def _times(file: Path) -> Mapping[str, float]:
    """What each test took that did not fail."""
    found: dict[str, float] = defaultdict(float)
    for case in ElementTree.parse(file).iter("testcase"):
        if not {"failure", "error", "skipped"} & {each.tag for each in case}:
            path = case.get("file", "")
            of_class = case.get("classname", "").removeprefix(path.removesuffix(".py").replace("/", "."))
            name = "::".join([path, *filter(None, of_class.split(".")), case.get("name", "")])
            found[name] += float(case.get("time", "0"))
    return found
