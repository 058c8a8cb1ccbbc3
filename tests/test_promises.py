"""What docs/promises.md says is shown by a test is shown by a test that exists."""

import re
from pathlib import Path

TESTS = Path(__file__).parent
PROMISES = TESTS.parent / "docs" / "promises.md"


def test_every_promise_names_tests_that_exist() -> None:
    rows = [line for line in PROMISES.read_text(encoding="utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) >= 14
    for row in rows:
        named = re.findall(r"`([\w/]+\.py)::(\w+)`", row)
        assert named, row
        for file, test in named:
            assert f"def {test}(" in (TESTS / file).read_text(encoding="utf-8"), f"{file}::{test}"
