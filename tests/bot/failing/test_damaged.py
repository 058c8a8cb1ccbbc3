"""A database whose file is damaged: in the middle, so that it opens, and as a whole."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.bot.process import COMMAND, environment

SAID = "its file is damaged: stop the bot, and put the last backup back with meldind restore --force"


def meldind(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *command], env=environment(None, folder / "data"), capture_output=True, text=True, check=False
    )


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A folder whose database has lost the pages of its tables, but not its first."""
    assert meldind(tmp_path, "db", "upgrade").returncode == 0
    file = tmp_path / "data" / "meldind.db"
    with file.open("r+b") as database:
        database.seek(4096)
        database.write(os.urandom(file.stat().st_size - 4096))
    return tmp_path


@pytest.mark.parametrize(
    "command", [("export",), ("db", "upgrade"), ("backup", "b.zip"), ("digest",), ("import", os.devnull)]
)
def test_a_command_says_in_one_line_that_it_is_damaged_and_what_to_do(damaged: Path, command: tuple[str, ...]) -> None:
    ended = meldind(damaged, *command)
    assert ended.returncode == 1
    assert SAID in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_check_says_so_too(damaged: Path) -> None:
    ended = meldind(damaged, "db", "check")
    assert ended.returncode == 1
    assert SAID in ended.stdout + ended.stderr


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "meldind.db").write_bytes(b"This is a letter and no database. " * 400)
    ended = meldind(tmp_path, "export")
    assert ended.returncode == 1
    assert SAID in ended.stderr


def test_an_empty_file_is_a_database_to_be_set_up(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "meldind.db").touch()
    assert "There is no database yet; run meldind db upgrade" in meldind(tmp_path, "export").stderr
    assert meldind(tmp_path, "db", "upgrade").stdout == "The database is set up.\n"
    assert meldind(tmp_path, "export").returncode == 0
