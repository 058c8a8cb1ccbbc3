"""What the bot knows is for the user alone that it runs as, whatever other programs leave to others."""

import signal
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bot.botapi import BotApiServer
from tests.bot.process import COMMAND, BotProcess, environment

OURS = ("log.txt", "said.txt")
"""Written by the test, not by the bot."""


def rights(folder: Path) -> Iterator[tuple[str, int]]:
    for path in (folder, *sorted(folder.rglob("*"))):
        if path.name not in OURS:
            yield str(path.relative_to(folder.parent)), stat.S_IMODE(path.stat().st_mode)


def private(folder: Path) -> dict[str, int]:
    return {name: 0o700 if (folder.parent / name).is_dir() else 0o600 for name, _found in rights(folder)}


def command(*given: str, folder: Path, data: Path) -> None:
    ended = subprocess.run([*COMMAND, *given], env=environment(None, data), cwd=folder, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


def test_what_commands_make_is_for_nobody_else(tmp_path: Path) -> None:
    first, second = tmp_path / "first" / "data", tmp_path / "second" / "data"
    command("db", "upgrade", folder=tmp_path, data=first)
    (first / "attachments" / "ab").mkdir(parents=True)
    (first / "attachments" / "ab" / f"ab{'0' * 62}").write_bytes(b"picture")
    command("invite", "--role", "partner", folder=tmp_path, data=first)  # of nothing there is no backup
    command("backup", str(tmp_path / "b.zip"), folder=tmp_path, data=first)
    command("export", "-o", str(tmp_path / "e.csv"), "--format", "csv", folder=tmp_path, data=first)
    second.mkdir(parents=True)
    command("restore", str(tmp_path / "b.zip"), folder=tmp_path, data=second)
    found = dict(rights(second))
    assert found == private(second)
    assert len(found) >= 4
    for file in ("b.zip", "e.csv"):
        assert stat.S_IMODE((tmp_path / file).stat().st_mode) == 0o600


async def test_what_others_could_read_is_closed_to_them_at_the_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with BotApiServer() as server:
        process = BotProcess(server, data)
        (data / "attachments" / "ab").mkdir(parents=True)
        (data / "attachments" / "ab" / "picture").write_bytes(b"picture")
        (data / "meldind.db").touch()
        (tmp_path / "elsewhere.txt").touch()
        (data / "attachments" / "link").symlink_to(tmp_path / "elsewhere.txt")
        await process.start()
        phone = server.phone()
        await phone.starts()
        await phone.waits(timeout=60)
        found, expected = dict(rights(data)), private(data)
        assert await process.ends(signal.SIGTERM) == 0
    assert found == expected | {"data/attachments/link": 0o644}
    assert {"data/meldind.db-wal", "data/meldind.db.lock"} <= found.keys()
    (line,) = [line for line in process.log.read_text().splitlines() if "others could read" in line]
    assert f"first='{data}'" in line
    assert "paths=5" in line


def test_a_folder_that_belongs_to_all_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    command("db", "upgrade", folder=tmp_path, data=tmp_path)
    command("invite", "--role", "partner", folder=tmp_path, data=tmp_path)  # of nothing there is no backup
    (tmp_path / "meldind.db").chmod(0o644)
    command("backup", str(tmp_path / "b.zip"), folder=tmp_path, data=tmp_path)
    command("restore", str(tmp_path / "b.zip"), "--force", folder=tmp_path, data=tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o1777
    assert stat.S_IMODE((tmp_path / "meldind.db").stat().st_mode) == 0o600
