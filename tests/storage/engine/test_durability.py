"""What was acknowledged is on disk, whatever happens to the process."""

import subprocess
import sys

import pytest
from sqlalchemy import text

from storage.engine.database import make_engine, sqlite_journal
from storage.engine.urls import normalise_url

SETTINGS = {"foreign_keys": 1, "synchronous": 2, "journal_mode": sqlite_journal().mode, "busy_timeout": 10_000}


@pytest.mark.parametrize("acknowledged", [1, 150, 700])
def test_what_was_acknowledged_is_there_after_a_kill(url: str, acknowledged: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writes_until_killed", url], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        heard = [writer.stdout.readline() for _ in range(acknowledged)]
        writer.kill()
        heard += writer.stdout.read().splitlines(keepends=True)
    told = {int(line) for line in heard if line.endswith("\n")}
    with make_engine(normalise_url(url)).connect() as connection:
        there = set(connection.scalars(text("SELECT update_id FROM inbox")).all())
    assert len(told) >= acknowledged
    assert told <= there


@pytest.mark.parametrize(("setting", "value"), SETTINGS.items())
def test_every_sqlite_connection_is_a_careful_one(sqlite_url: str, setting: str, value: object) -> None:
    with make_engine(normalise_url(sqlite_url)).connect() as connection:
        assert connection.scalar(text(f"PRAGMA {setting}")) == value


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "persist"),
        ((3, 44, 5), "persist"),
        ((3, 44, 6), "wal"),
        ((3, 45, 0), "persist"),
        ((3, 50, 6), "persist"),
        ((3, 50, 7), "wal"),
        ((3, 51, 2), "persist"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_is_sound(version: tuple[int, ...], mode: str) -> None:
    journal = sqlite_journal(version)
    assert journal.mode == mode
    assert ".".join(map(str, version)) in journal.reason
