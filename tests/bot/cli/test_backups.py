"""`meldind backup` and `meldind restore`, with a bot that serves and with one that must not."""

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.botapi import BotApiServer
from bot.cli.main import main
from bot.runtime.databases import upgraded
from bot.trial.demo import load
from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.session.storage import Storage
from tests.bot.process import BotProcess
from tests.bot.reporting import KEPT, acts, sent_reports
from tests.bot.stage import Talk

PATIENCE = 30.0


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(str(ended.value.code))


class Place:
    """Where a bot has its database and its files; commands are about the place that was entered last."""

    def __init__(self, folder: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.url = url
        self._monkeypatch = monkeypatch

    def enter(self) -> None:
        self._monkeypatch.setenv("MELDIND_DATA_DIR", str(self.folder))
        self._monkeypatch.setenv("DATABASE_URL", self.url)

    def exported(self, file: Path) -> bytes:
        self.enter()
        drafts = ("--status", "draft", "--status", "submitted", "--status", "published")
        assert run("export", "--with-contacts", *drafts, "-o", str(file)) == 0
        return file.read_bytes()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A place with an SQLite file, which is not there yet."""
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path / "here", f"sqlite:///{tmp_path / 'here' / 'meldind.db'}", monkeypatch)


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Another one."""
    return Place(tmp_path / "there", f"sqlite:///{tmp_path / 'there' / 'meldind.db'}", monkeypatch)


@pytest.fixture
def on_postgres(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A third one, on PostgreSQL."""
    return Place(tmp_path / "on_postgres", postgres_url, monkeypatch)


def test_from_one_database_to_the_other_and_back_exports_stay_the_same_to_the_byte(
    here: Place, on_postgres: Place, there: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here.enter()
    upgraded(here.url)
    load(here.url, datetime.now(UTC))
    before = here.exported(tmp_path / "before.jsonl")
    assert before.count(b"\n") > 10
    assert run("backup", "first.zip") == 0
    on_postgres.enter()
    assert run("restore", "first.zip") == 0
    assert on_postgres.exported(tmp_path / "between.jsonl") == before
    assert run("backup", "second.zip") == 0
    there.enter()
    capsys.readouterr()
    assert run("restore", "second.zip") == 0
    assert capsys.readouterr().out.startswith("Restored ")
    assert there.exported(tmp_path / "after.jsonl") == before
    assert run("db", "check") == 0


@pytest.mark.timeout(180)
async def test_a_backup_while_people_talk_to_the_bot_can_be_gone_on_with(
    here: Place, there: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here.folder.mkdir()
    there.folder.mkdir()
    async with BotApiServer() as server:
        bot = BotProcess(server, here.folder, DATABASE_URL=here.url)
        await bot.start()
        chats = [Talk(server.phone("en", f"Emily {number}")) for number in range(3)]
        here.enter()
        await chats[0].phone.starts()
        await chats[0].phone.waits(PATIENCE)

        async def report(chat: Talk) -> None:
            await chat.phone.types("/report")
            await chat.phone.waits(PATIENCE)
            for _ in range(40):
                if "Thank you" in chat.screen.text:
                    return
                assert await acts(chat), chat.screen.text
                await chat.phone.waits(PATIENCE)

        talking = asyncio.gather(*map(report, chats))
        backups = 0
        while not talking.done() or backups < 2:
            assert await asyncio.to_thread(run, "backup", f"{backups}.zip") == 0, capsys.readouterr().err
            backups += 1
        await talking
        assert await asyncio.to_thread(run, "backup", "last.zip") == 0
        assert await asyncio.to_thread(run, "restore", "last.zip", "--force") == 1
        assert "serves from this database; stop it first" in capsys.readouterr().err
        await bot.kill()

        there.enter()
        for file in (*(f"{number}.zip" for number in range(backups)), "last.zip"):
            assert await asyncio.to_thread(run, "restore", file, "--force") == 0, capsys.readouterr().err
        bot = BotProcess(server, there.folder, DATABASE_URL=there.url)
        await bot.start()
        await chats[0].phone.types("/myreports")
        await chats[0].phone.sees("Language café in the park", PATIENCE)
        await bot.kill()
        assert server.violations == []
    storage = Storage.open(there.url)
    found = await storage.read(sent_reports)
    await storage.close()
    assert [answers["title"] for answers in found] == [KEPT["title"]] * 3


def said(capsys: pytest.CaptureFixture[str]) -> str:
    (line,) = capsys.readouterr().err.splitlines()
    return str(line)


def test_what_cannot_be_is_a_line_that_says_what_to_do(
    here: Place, there: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here.enter()
    assert run("backup", "b.zip") == 1
    assert "run meldind db upgrade" in said(capsys)
    upgraded(here.url)
    load(here.url, datetime.now(UTC))
    assert run("backup", "nowhere/b.zip") == 1
    assert "folder nowhere does not exist" in said(capsys)
    assert run("backup", str(here.folder / "meldind.db")) == 1
    assert "is not a backup. Choose another name" in said(capsys)
    assert run("backup", "b.zip") == 0
    assert run("backup", "b.zip") == 0  # a newer one in the place of an older
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    capsys.readouterr()
    assert run("restore", "b.zip") == 1
    assert "--force" in said(capsys)
    assert run("restore", "c.zip") == 1
    assert "c.zip does not exist" in said(capsys)
    (tmp_path / "c.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:-100])
    there.enter()
    assert run("restore", "c.zip") == 1
    assert "c.zip cannot be restored: it is damaged" in said(capsys)
    assert not there.folder.exists()
    there.folder.mkdir()
    (there.folder / "meldind.db").write_bytes(b"no database " * 100)
    assert run("restore", "b.zip", "--force") == 1
    assert "file is not a database" in said(capsys)
    assert run("restore") == 2
    assert run("backup") == 2


def test_postgresql_that_somebody_writes_to_is_backed_up_and_not_restored_over(
    on_postgres: Place, here: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("storage.backups.restoring._PATIENCE", text("SET LOCAL lock_timeout = '100ms'"))
    here.enter()
    upgraded(here.url)
    load(here.url, datetime.now(UTC))
    assert run("backup", "b.zip") == 0
    on_postgres.enter()
    upgraded(on_postgres.url)
    load(on_postgres.url, datetime.now(UTC))
    with contextlib.closing(make_engine(normalise_url(on_postgres.url)).connect()) as connection:
        connection.exec_driver_sql("LOCK TABLE people IN ROW EXCLUSIVE MODE")
        assert run("backup", "c.zip") == 0
        capsys.readouterr()
        assert run("restore", "b.zip") == 1
    assert "stop the bot" in said(capsys)


def test_a_new_database_that_holds_nothing_is_not_backed_up_and_the_last_backup_stays(
    here: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where the command stands in another folder than the bot."""
    here.enter()
    upgraded(here.url)
    load(here.url, datetime.now(UTC))
    assert run("backup", "kept.zip") == 0
    kept = Path("kept.zip").read_bytes()
    elsewhere = Place(tmp_path / "elsewhere", f"sqlite:///{tmp_path / 'elsewhere' / 'meldind.db'}", here._monkeypatch)
    elsewhere.enter()
    assert run("db", "upgrade") == 0
    capsys.readouterr()
    assert run("backup", "kept.zip") == 1
    said = capsys.readouterr().err
    assert "holds nothing" in said
    assert "MELDIND_DATA_DIR" in said
    assert Path("kept.zip").read_bytes() == kept
