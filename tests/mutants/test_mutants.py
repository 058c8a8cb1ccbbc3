"""Where the sources are changed, and which lines tell whose tests may notice it."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from tests.mutants.places import is_within, left_out, lines_that_use, lines_within_functions
from tests.mutants.replacing import replaced
from tests.mutants.trying import Copy, Outcome

SOURCE = dedent(
    """
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        import telegram

    MOST = 3 + 1
    LIMIT = 500


    @dataclass(frozen=True)
    class Pause:
        seconds: int | None = 1

        @property
        def left(self, most: int = 5) -> int | None:
            log.warning("waiting", seconds=2)
            assert self.seconds is not None
            if self.seconds > 3:
                return (self.seconds +
                    most)
            else:
                return 1
    """
)
LINES = SOURCE.splitlines()

PATIENCE = 100.0


@pytest.mark.parametrize(
    ("part", "is_changed"),
    [
        ("3 + 1", True),
        ("500", False),
        ("import telegram", False),
        ("frozen=True", False),
        ("@dataclass", False),
        ("@property", True),
        ("int | None = 1", False),
        ("1", True),
        ("int = 5", False),
        ("5) ->", True),
        ("int | None:", False),
        ("seconds=2", False),
        ("is not None", False),
        ("self.seconds +", True),
    ],
)
def test_nothing_is_changed_that_cannot_matter(part: str, is_changed: bool) -> None:
    line = next(number for number, text in enumerate(LINES, 1) if part in text)
    assert is_within(line, LINES[line - 1].rindex(part), left_out(SOURCE)) is not is_changed


@pytest.mark.parametrize(
    ("part", "first", "last", "constant"),
    [
        ("MOST", "from typing", "return 1", "MOST"),
        ("seconds: int", "from typing", "return 1", "Pause"),
        ("@property", "log.", "return 1", ""),
        ("most: int", "log.", "return 1", ""),
        ("return (", "return (", "most)", ""),
        ("most)", "return (", "most)", ""),
        ("if self", "if self", "if self", ""),
        ("else", "else", "else", ""),
    ],
)
def test_what_is_done_at_the_import_is_used_elsewhere(part: str, first: str, last: str, constant: str) -> None:
    at, begins, ends = (next(n for n, text in enumerate(LINES, 1) if each in text) for each in (part, first, last))
    of_file = first == "from typing"
    lines = range(1, len(LINES) + 2) if of_file else range(begins, ends + 1)
    assert lines_that_use(SOURCE, at, at) == (lines, constant)


def test_a_constant_is_used_in_functions() -> None:
    source = "MOST = 3\nALL = MOST\n\ndef cut(all):\n    return all[:MOST]\n"
    assert lines_within_functions(source, re.compile(r"\bMOST\b")) == [5]


SUMS = "def total(a, b):\n    return a + b\n"
TESTS = ["test_sums.py::test_total", "test_sums.py::test_always_fails"]


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Copy]:
    (tmp_path / "sums.py").write_text(SUMS)
    tests = "def test_total():\n    assert total(2, 2) == 4\n\ndef test_always_fails():\n    assert False\n"
    (tmp_path / "test_sums.py").write_text(f"from sums import total\n\n{tests}")
    copy = Copy(None, tmp_path)
    yield copy
    copy.end()


@pytest.mark.parametrize("collected", [True, False])
def test_a_change_is_noticed_or_not_and_is_gone_afterwards(copy: Copy, *, collected: bool) -> None:
    if collected:
        copy.collect(["test_sums.py"])
    for source, outcome in (
        ("def total(a, b):\n    return a - b\n", Outcome.NOTICED),
        ("def total(a, b):\n    return a * b\n", Outcome.SURVIVED),
        ("def total(a b):\n", Outcome.NOTICED),
    ):
        with copy.changed("sums.py", source):
            assert copy.try_out(TESTS, PATIENCE, "sums.py", SUMS, collected=collected) is outcome, copy.said
    with copy.changed("sums.py", "def total(a, b):\n    while True: pass\n"):
        assert copy.try_out(TESTS, 2, "sums.py", SUMS, collected=collected) is Outcome.TOO_LONG
    assert copy.try_out(TESTS, PATIENCE, "sums.py", SUMS, collected=collected) is Outcome.SURVIVED
    assert copy.try_out([], 1, "sums.py", SUMS, collected=collected) is Outcome.UNREACHED
    always_fails = ["test_sums.py::test_always_fails"]
    assert copy.try_out(always_fails, PATIENCE, "sums.py", SUMS, collected=collected) is Outcome.BROKEN


@pytest.mark.parametrize(
    ("new", "functions"),
    [
        ("return a - LIMIT", {"total"}),
        ("return [a for _ in range(3)]", {"total"}),
        ("return (lambda: a + 2)()", {"total"}),
        ("return a +", None),
    ],
)
def test_a_function_is_replaced_where_it_is(new: str, functions: set[str] | None) -> None:
    source = "LIMIT = 1\n\ndef total(a):\n    RETURN\n"
    codes = replaced(source.replace("RETURN", "return a + LIMIT"), source.replace("RETURN", new), "sums.py")
    assert ({name for name, _ in codes} if codes is not None else None) == functions


def test_what_an_import_does_is_no_function() -> None:
    assert replaced("LIMIT = 1\n", "LIMIT = 2\n", "sums.py") is None
    assert replaced("class A:\n    most = 1\n", "class A:\n    most = 2\n", "sums.py") is None
    assert replaced("A = [each + 1 for each in ()]\n", "A = [each - 1 for each in ()]\n", "sums.py") is None
