"""How the locks are installed; `make check-locks` tries it with old versions of pip."""

import re
from pathlib import Path

import pytest

from tests.locks import INSTALL, LOCKS

ROOT = Path(__file__).parents[1]

HASHED = re.compile(r"\binstall\b.*--require-hashes")

INSTALLED_IN = [
    path
    for pattern in ("Makefile", ".ci/*", "docs/operations/*", "docs/*.md", "*.md", "tests/*.sh")
    for path in sorted(ROOT.glob(pattern))
    if HASHED.search(path.read_text(encoding="utf-8"))
]


def test_locks_are_installed_where_we_think() -> None:
    assert {path.name for path in INSTALLED_IN} >= {"Makefile", "Dockerfile"}


@pytest.mark.parametrize("path", INSTALLED_IN, ids=lambda path: path.name)
def test_a_lock_is_installed_without_resolving_and_then_looked_through(path: Path) -> None:
    """An old pip refuses a lock that it resolves; what is not resolved may lack something, which `check` finds."""
    for block in re.split(r"\n(?=\S+:)|\n\n", path.read_text(encoding="utf-8")):
        installs = [line for line in block.splitlines() if HASHED.search(line)]
        assert all(option in line.split() for line in installs for option in INSTALL)
        if installs:
            assert re.search(r"pip check|PIP_CHECK", block.partition(installs[-1])[2]), block


@pytest.mark.parametrize("lock", LOCKS)
def test_every_lock_is_tried(lock: str) -> None:
    assert (ROOT / lock).is_file()
    assert {path.name for path in ROOT.glob("*.lock")} == set(LOCKS)
