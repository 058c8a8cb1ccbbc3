"""`meldind publish`: the site of a database, a folder that is not its own, and a full disk."""

import re
import resource
from pathlib import Path

import pytest

from bot.cli.main import main
from tests.bot.site.publishing import demo_storage


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'meldind.db'}")
    with demo_storage(tmp_path):
        pass


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(str(ended.value.code))


def test_it_says_what_it_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("publish", "site") == 0
    first = capsys.readouterr().out
    assert first.startswith("site: 12 initiatives; ")
    assert first.endswith(" files written, 0 unchanged, 0 removed.\n")
    assert run("publish", "site") == 0
    assert " 0 files written, " in capsys.readouterr().out
    assert (tmp_path / "site/da/index.html").exists()
    assert b"t.me/" not in (tmp_path / "site/da/index.html").read_bytes()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.odt").write_text("mine")
    assert run("publish", "mine") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == ("meldind: mine has other files in it and is not a site of Meldind. Give an empty folder.\n")
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["thesis.odt"]


def test_a_full_disk_is_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("publish", "site") == 0
    before = {path: path.read_bytes() for path in (tmp_path / "site").rglob("*.*") if path.is_file()}
    monkeypatch.setattr("bot.site.runs.publishing._design", lambda: "another design")
    capsys.readouterr()
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, allowed[1]))  # the start page with its maps is larger
    try:
        assert run("publish", "site") == 1
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert re.fullmatch(r"meldind: The (disk is full|site in site cannot be written).*\n", capsys.readouterr().err)
    assert {path: path.read_bytes() for path in before} == before
    assert run("publish", "site") == 0
