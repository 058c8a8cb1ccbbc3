"""`make test` installs a browser for the tests of the page alone."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", True),
        ("--numprocesses=4", True),
        ("tests", True),
        ("tests/bot -x", True),
        ("tests/bot/trial/test_page.py::test_it -x", True),
        ("tests/conversations/flows/reports/test_report.py -x", False),
        ("tests/storage tests/conversations", False),
        ("tests/storage tests/bot/trial", True),
        ("tests/bot/files/pages/test_reading.py", True),
        ("tests/bot/cli/test_cli.py -k trial", False),
    ],
)
def test_the_browser_is_looked_for_where_the_page_is_tested(given: str, wanted: bool, tmp_path: Path) -> None:
    for name in ("bash", "realpath", "dirname"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    ended = subprocess.run(
        ["bash", "tests/browser.sh", "--for", *given.split()],
        cwd=ROOT,
        env={"PATH": str(tmp_path)},  # no browser, and nothing to install one with
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode == 1) == wanted, ended.stderr
    assert ("real browser" in ended.stderr) == wanted
