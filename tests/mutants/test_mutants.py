"""Where the sources are changed, and which lines tell whose tests may notice it."""

from pathlib import Path
from textwrap import dedent

import pytest

from tests.mutants.places import is_within, left_out, lines_that_use
from tests.mutants.trying import Copy, Outcome

SOURCE = dedent(
    """
    from typing import TYPE_CHECKING

    if TYPE_CHECKING:
        import telegram

    MOST = 3 + 1


    @dataclass(frozen=True)
    class Pause:
        seconds: int | None = 1

        @property
        def left(self, most: int = 5) -> int | None:
            log.warning("waiting", seconds=2)
            assert self.seconds is not None
            return self.seconds + most
    """
)
LINES = SOURCE.splitlines()

PATIENCE = 100.0


@pytest.mark.parametrize(
    ("part", "is_changed"),
    [
        ("3 + 1", True),
        ("import telegram", False),
        ("frozen=True", False),
        ("int | None = 1", False),
        ("1", True),
        ("int = 5", False),
        ("5) ->", True),
        ("int | None:", False),
        ("seconds=2", False),
        ("is not None", False),
        ("self.seconds + most", True),
    ],
)
def test_nothing_is_changed_that_cannot_matter(part: str, is_changed: bool) -> None:
    line = next(number for number, text in enumerate(LINES, 1) if part in text)
    assert is_within(line, LINES[line - 1].rindex(part), left_out(SOURCE)) is not is_changed


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("MOST", "from typing", "return"),
        ("seconds: int", "from typing", "return"),
        ("@property", "log.", "return"),
        ("most: int", "log.", "return"),
        ("return", "return", "return"),
    ],
)
def test_what_is_done_at_the_import_is_used_elsewhere(part: str, first: str, last: str) -> None:
    at, begins, ends = (
        next(number for number, text in enumerate(LINES, 1) if each in text) for each in (part, first, last)
    )
    found = lines_that_use(SOURCE, at, at)
    assert found[0] <= begins
    assert found[1] >= ends
    assert (found == (at, at)) is (part == "return")


def test_a_change_is_noticed_or_not_and_is_gone_afterwards(tmp_path: Path) -> None:
    (tmp_path / "sums.py").write_text("def total(a, b):\n    return a + b\n")
    (tmp_path / "test_sums.py").write_text("from sums import total\n\ndef test_total():\n    assert total(2, 2) == 4\n")
    copy = Copy(None, tmp_path)
    for source, outcome in (
        ("def total(a, b):\n    return a - b\n", Outcome.NOTICED),
        ("def total(a, b):\n    return a * b\n", Outcome.SURVIVED),
        ("def total(a b):\n", Outcome.NOTICED),
    ):
        with copy.changed("sums.py", source):
            assert copy.try_out(["test_sums.py"], PATIENCE) is outcome, copy.said
    with copy.changed("sums.py", "def total(a, b):\n    while True: pass\n"):
        assert copy.try_out(["test_sums.py"], 2) is Outcome.TOO_LONG
    assert copy.try_out(["test_sums.py"], PATIENCE) is Outcome.SURVIVED
    assert copy.try_out([], 1) is Outcome.UNREACHED
