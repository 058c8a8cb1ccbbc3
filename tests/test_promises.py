"""What docs/promises.md and docs/faults.md say is shown by a test is shown by a test that exists."""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"

EVERY_FAULT = [
    *(f"A{n}" for n in range(1, 36)),
    *(f"B{n}" for n in range(1, 19)),
    *(f"S{n}" for n in range(1, 21)),
]


def rows(page: str) -> dict[str, str]:
    """The rows of a page's tables, by what stands first in them."""
    found = re.findall(r"^\| ([A-Z]?\d+) \|(.*)$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(dict(found)) == len(found)
    return dict(found)


@pytest.mark.parametrize("page", ["promises.md", "faults.md"])
def test_every_row_names_tests_that_exist(page: str) -> None:
    for number, row in rows(page).items():
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", row)
        assert named, number
        for file, test in named:
            assert f"def {test}(" in (TESTS / file).read_text(encoding="utf-8"), f"{number}: {file}::{test}"


def test_no_promise_has_gone() -> None:
    assert len(rows("promises.md")) >= 15


def test_every_fault_has_its_row() -> None:
    assert list(rows("faults.md")) == EVERY_FAULT
