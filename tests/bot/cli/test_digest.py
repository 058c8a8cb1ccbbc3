"""`meldind digest`: the same digest on standard output."""

import json
from pathlib import Path

import pytest

from bot.cli.main import main


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory of its own, with an empty database in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path / "data"))
    assert run("db", "upgrade") == 0


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def test_an_empty_week_in_each_format(capsys: pytest.CaptureFixture[str]) -> None:
    week = ("digest", "--week", "2020-W53", "--language", "da")
    capsys.readouterr()
    assert run(*week) == 0
    assert capsys.readouterr().out == "Uge 53, 28. december 2020 – 3. januar 2021: ingen nye initiativer.\n"
    assert run(*week, "--format", "html") == 0
    assert '<html lang="da">' in capsys.readouterr().out
    assert run(*week, "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["week"] == "2020-W53"
    assert told["counts"] == {"new": 0, "progress": 0, "outcome": 0, "offer": 0, "waiting": 0}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--week", "47th"),
        ("--week", "1.11.-15.11."),
        ("--from", "2026-11-01"),
        ("--from", "2026-11-02", "--to", "2026-11-01"),
        ("--week", "2026-W47", "--to", "2026-11-01"),
        ("--format", "pdf"),
        ("--language", "it"),
    ],
)
def test_what_names_no_time_is_wrong_usage(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("digest", *arguments) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
