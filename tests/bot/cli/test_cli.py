"""The command line: exit codes, and errors in one line."""

import asyncio
import contextlib
import gc
import re
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest

from bot.botapi import BotApiServer
from bot.cli.main import main
from storage.engine.sqlite import driver
from tests.bot.process import COMMAND, environment


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of its own, with the data in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["exprt"], "No such command 'exprt'"),
        (["export", "--format", "pdf"], "use jsonl, csv or xlsx. See"),
        (["export", "--status", "lost"], "use draft, submitted"),
        (["try", "--language", "it"], "use da, sl or en."),
        (["import"], "Missing argument"),
        (["db"], "upgrade"),
        ([], "Usage"),
    ],
)
def test_wrong_usage_is_two(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert out == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOT_TOKEN", "12345", "BOT_TOKEN is not a bot token"),
        ("DATABASE_URL", "mysql://x/y", "SQLite or PostgreSQL"),
        ("MELDIND_MODE", "webhook", "WEBHOOK_URL is missing"),
        ("MELDIND_TIMEZONE", "Mars/Olympus", "MELDIND_TIMEZONE is not a time zone"),
        ("MELDIND_LANGUAGE", "it", "MELDIND_LANGUAGE should be da, sl or en"),
        ("MELDIND_HTTP", "8080", "host:port"),
        ("MELDIND_PROXY", "proxy.example.org:3128", "MELDIND_PROXY should be http://host:port"),
        ("MELDIND_HTTP", "127.0.0.1:99999", "a port from 1 to 65535"),
        ("WEBHOOK_LISTEN", "127.0.0.1:0", "a port from 1 to 65535"),
        ("MELDIND_TIMEZON", "Europe/Ljubljana", "There is no setting MELDIND_TIMEZON. Did you mean MELDIND_TIMEZONE?"),
        ("MELDIND_FLOOD_LIMIT", "-1", "MELDIND_FLOOD_LIMIT should be a number, 0 for no limit"),
        ("TELEGRAM_API_URL", "api.telegram.org", "https://"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(
    name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert run("export") == 1
    out, err = capsys.readouterr()
    assert said in err
    assert len(err.splitlines()) == 1
    assert out == ""


def test_all_that_is_wrong_is_told_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".env").write_text("BOTTOKEN=x\nSOMETHING_ELSE=1\nWEBHOOK_URL=bot.example.org\n")
    for name, value in {"MELDIND_MODE": "webhook", "MELDIND_LANGUAGE": "it", "DATABASE_URL": "mysql://x/y"}.items():
        monkeypatch.setenv(name, value)
    assert run("export") == 1
    (line,) = capsys.readouterr().err.splitlines()
    told = ["BOTTOKEN", "DATABASE_URL", "WEBHOOK_URL should", "MELDIND_LANGUAGE", "WEBHOOK_SECRET is missing"]
    assert all(said in line for said in told)
    assert "WEBHOOK_URL is missing" not in line
    assert "SOMETHING_ELSE" not in line


def test_what_is_others_in_the_environment_is_not_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_TOKENS", "1")
    monkeypatch.setenv("MELDIND_OF_SOMEBODY_ELSE", "1")
    assert run("db", "upgrade") == 0


def test_where_nothing_can_be_written_check_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("MELDIND_DATA_DIR", str(folder / "file" / "data"))
    assert run("check") == 1
    out = capsys.readouterr().out
    assert f"FAIL  data: nothing can be written to {folder / 'file'}" in out
    assert "db upgrade" not in out


def test_a_full_disk_is_one_line_that_says_so(folder: Path) -> None:
    assert run("db", "upgrade") == 0
    for file in ("out.csv", "out.xlsx", "out.jsonl"):
        form = file.rpartition(".")[2]
        with Path("/dev/full").open("wb") as full:
            ended = subprocess.run(
                [*COMMAND, "export", "--format", form], env=environment(None, folder / "data"), stdout=full, stderr=PIPE
            )
        if form != "jsonl":  # there is no report, and so not a byte to write
            assert ended.returncode == 1
            assert ended.stderr == b"meldind: The disk is full. Make room, and run it again.\n"


def test_no_file_is_left_where_the_disk_is_full(folder: Path) -> None:
    assert run("db", "upgrade") == 0
    before = {path.name for path in folder.iterdir()}
    for command, said in {
        ("export", "--format", "csv", "-o", "out.csv"): "The disk is full. Make room",
        ("export", "--format", "xlsx", "-o", "out.xlsx"): "The disk is full. Make room",
        ("backup", "b.zip"): f"The database cannot be copied to {Path()} (",
    }.items():
        ended = subprocess.run(
            [sys.executable, "-c", IN_SMALL_FILES, *command],
            env=environment(None, folder / "data"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 1
        assert said in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
    assert {path.name for path in folder.iterdir()} == before


IN_SMALL_FILES = """
import resource
from bot.cli.main import main

limit = resource.RLIMIT_FSIZE, (200, 200)
from bot.files.reports import exports  # the database is opened before: its own files have room

opened = exports._opened
def opened_small(*given):
    resource.setrlimit(*limit)
    return opened(*given)

exports._opened = opened_small

from storage.backups import writing

back_up = writing.snapshot
def snapshot_small(*given):
    resource.setrlimit(*limit)
    return back_up(*given)

writing.snapshot = snapshot_small
main()
"""
"""A command that has room for its database and none for what it writes."""


def test_a_secret_in_a_wrong_place_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA with a blank")
    assert run("check") == 1
    assert "AAAAAA" not in "".join(capsys.readouterr())


def test_settings_come_from_a_file_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / ".env").write_text("MELDIND_TIMEZONE=Nowhere/Land\nSOMETHING_ELSE=1\nMELDIND_LOG=\n")
    monkeypatch.setenv("MELDIND_TIMEZONE", "")  # as compose files pass on what is not set
    assert run("export") == 1
    assert "MELDIND_TIMEZONE" in capsys.readouterr().err
    monkeypatch.setenv("MELDIND_TIMEZONE", "Europe/Ljubljana")
    assert run("export") == 1
    assert "run meldind db upgrade" in capsys.readouterr().err


def test_a_database_is_set_up_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("db", "check") == 1
    assert run("export") == 1
    assert "run meldind db upgrade" in capsys.readouterr().err
    assert run("db", "upgrade") == 0
    assert run("db", "upgrade") == 0
    assert run("db", "check") == 0
    assert "up to date; journal" in capsys.readouterr().out


def test_checking_everything_is_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("db", "upgrade") == 0
    capsys.readouterr()
    assert run("check") == 1
    lines = capsys.readouterr().out.splitlines()
    subjects = [line[6:].split(":")[0] for line in lines]
    assert subjects == ["configuration", "data", "database", "translations", "Bot API"]
    assert "FAIL  Bot API: BOT_TOKEN is not set" in lines[-1]


def test_a_site_is_published_for_an_address(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("db", "upgrade") == 0
    assert run("publish", "site", "--address", "https://library.example.org/") == 0
    assert "Sitemap: https://library.example.org/sitemap.xml" in (folder / "site" / "robots.txt").read_text()
    capsys.readouterr()
    assert run("publish", "site", "--address", "library.example.org") == 2
    assert "--address: it should begin with https://" in capsys.readouterr().err


def test_check_tells_of_the_folder_of_the_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = folder / "site"

    def told() -> str:
        run("check")
        (line,) = (line for line in capsys.readouterr().out.splitlines() if "  site: " in line)
        return line

    monkeypatch.setenv("MELDIND_SITE", str(site))
    assert told() == f"ok    site: {site} can be written to"
    assert not site.exists()
    site.mkdir()
    (site / "holiday.jpg").touch()
    assert told() == f"FAIL  site: {site} has other files in it and is not a site of Meldind. Give an empty folder."
    monkeypatch.setenv("MELDIND_SITE", str(site / "holiday.jpg" / "site"))
    assert "FAIL  site: nothing can be written to" in told()


def test_what_nobody_foresaw_is_one_line_and_a_traceback_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

    monkeypatch.setattr("bot.runtime.settings.read_settings", broken)
    assert run("export") == 1
    assert capsys.readouterr().err == (
        "meldind: This should not happen: ZeroDivisionError. Run it again with meldind --debug to see where.\n"
    )
    with pytest.raises(ZeroDivisionError):
        main(["--debug", "export"])


def process(*command: str, typed: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own, with `typed` on its standard input."""
    return subprocess.run(
        command, input=typed, env=environment(None, folder), capture_output=True, text=True, timeout=60, check=False
    )


def test_a_whole_conversation_through_a_pipe(folder: Path) -> None:
    typed = "\n".join(["/report", "Aarhus", "2", ":location 55", "\\2", "/cancel", ""])
    ended = process(*COMMAND, "try", "--terminal", "--language", "da", typed=typed, folder=folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    for words in ("Velkommen til Meldind", "Hvor langt er I?", "2 [I gang]", "two numbers", "Hvad hedder initiativet?"):
        assert words in ended.stdout
    assert (folder / "try.db").exists()


def test_talking_to_the_bare_core(folder: Path) -> None:
    ended = process(sys.executable, "-m", "bot.cli.talk", "sl", typed="/report\n1\nKoper\n2\n", folder=folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Iz katere knjižnice pišete?" in ended.stdout
    assert "3 od 9" in ended.stdout


async def test_the_bot_api_is_looked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # Whether all is translated is looked at elsewhere; here it would only hide what is meant.
    monkeypatch.setattr("bot.cli.checks.translations_line", lambda: (True, "translations"))
    assert await asyncio.to_thread(run, "db", "upgrade") == 0
    async with BotApiServer() as server:
        monkeypatch.setenv("TELEGRAM_API_URL", server.url)
        monkeypatch.setenv("BOT_TOKEN", server.token)
        assert await asyncio.to_thread(run, "check") == 0
        assert "knows this bot as @meldind_local_bot" in capsys.readouterr().out
        somebody = server.phone().person_id
        server.world.chats[somebody].topics.add(7)
        assert await asyncio.to_thread(run, "check") == 0
        assert "topics in private chats" in capsys.readouterr().out
        monkeypatch.setenv("BOT_TOKEN", "123456789:" + "x" * 35)
        assert await asyncio.to_thread(run, "check") == 1
        assert "does not accept the token" in capsys.readouterr().out
    assert await asyncio.to_thread(run, "check") == 1
    assert "cannot be reached" in capsys.readouterr().out


def test_a_later_versions_database_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "x" * 35)
    assert run("db", "upgrade") == 0
    with contextlib.closing(driver.connect(folder / "data" / "meldind.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of next year'")
        connection.commit()
    for command in (["run"], ["export"], ["db", "upgrade"]):
        assert run(*command) == 1
        assert "later version" in capsys.readouterr().err.splitlines()[-1]


def test_an_export_of_a_call_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("db", "upgrade") == 0
    capsys.readouterr()
    assert run("export", "--call", "nope") == 1
    assert capsys.readouterr() == ("", "meldind: There is no call “nope”; its slug is at the end of its link.\n")


def test_the_version_and_help_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert re.fullmatch(r"meldind \d+\.\d+\.\d+\n", capsys.readouterr().out)
    for command in ("export", "invite", "digest", "try"):
        assert run(command, "--help") == 0
        out = capsys.readouterr().out
        assert "Usage" in out
        assert not re.search(r"<\w", out), command
    assert run("--help") == 0
    assert "--install-completion" in capsys.readouterr().out


def test_the_shell_completes_commands(folder: Path) -> None:
    given = {"_MELDIND_COMPLETE": "complete_bash", "COMP_WORDS": "meldind exp", "COMP_CWORD": "1"}
    ended = subprocess.run(COMMAND, env=environment(None, folder, **given), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split(), ended.stderr) == (0, ["export"], "")


def test_an_export_is_written_down(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("db", "upgrade") == 0
    assert run("export", "--format", "csv", "--with-contacts") == 0
    with contextlib.closing(driver.connect(folder / "data" / "meldind.db")) as connection:
        ((action, person, told),) = connection.execute("SELECT action, person_id, new FROM audit").fetchall()
    assert (action, person) == ("exported", None)
    assert '"contacts":true' in told
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--role", "owner"], "use coordinator, partner or librarian"),
        (["--role", "partner", "--uses", "0"], "--uses"),
        (["--role", "partner", "--expires", "soon"], "12h, 7d or 2w"),
        (["--role", "partner", "--expires", "0d"], "12h, 7d or 2w"),
        ([], "--role"),
    ],
)
def test_an_invitation_that_cannot_be(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert run("db", "upgrade") == 0
    capsys.readouterr()
    assert run("invite", *arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_an_invitation_is_printed_as_what_to_write_where_telegram_is_not_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    assert run("db", "upgrade") == 0
    capsys.readouterr()
    assert run("invite", "--role", "coordinator", "--uses", "2", "--expires", "7d") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"/start i_[A-Za-z0-9_-]{22}", line)


async def test_an_invitation_is_printed_as_a_link_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await asyncio.to_thread(run, "db", "upgrade") == 0
    capsys.readouterr()
    async with BotApiServer() as server:
        monkeypatch.setenv("TELEGRAM_API_URL", server.url)
        monkeypatch.setenv("BOT_TOKEN", server.token)
        assert await asyncio.to_thread(run, "invite", "--role", "partner") == 0
    link, code = capsys.readouterr().out.splitlines()
    assert link == f"https://t.me/meldind_local_bot?start={code.removeprefix('/start ')}"


def test_garbage_is_looked_for_where_the_trial_is_served_and_after_a_start_that_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_for: list[bool] = []

    def tried(*_given: object) -> bool:
        looked_for.append(gc.isenabled())
        return True

    monkeypatch.delenv("BOT_TOKEN", raising=False)
    monkeypatch.setattr("bot.trial.starting.try_in_browser", tried)
    assert run("run") == 0
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "x" * 35)
    monkeypatch.setenv("DATABASE_URL", "mysql://x/y")
    assert run("run") == 1
    assert [*looked_for, gc.isenabled()] == [True, True]


def test_nothing_is_written_to_a_later_versions_database(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456789:" + "x" * 35)
    assert run("db", "upgrade") == 0
    file = folder / "data" / "meldind.db"
    with contextlib.closing(driver.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of next year'")
        connection.commit()
    before = file.read_bytes()
    (folder / "reports.jsonl").write_text("")
    for command in (
        ["run"],
        ["db", "upgrade"],
        ["export"],
        ["digest"],
        ["import", "reports.jsonl"],
        ["invite", "--role", "partner"],
    ):
        assert run(*command) == 1, command
        assert file.read_bytes() == before, command
