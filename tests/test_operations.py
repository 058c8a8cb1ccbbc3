"""The files that operators copy set what the bot reads, and call what it has."""

import re
from pathlib import Path

import environ
import pytest

from bot.runtime.settings import Settings

HERE = Path(__file__).parents[1] / "docs" / "operations"

OURS = re.compile(r"\b(?:BOT_TOKEN|DATABASE_URL|MELDIND_[A-Z_]+|TELEGRAM_API_URL|WEBHOOK_[A-Z]+)\b")
KNOWN = set(OURS.findall(environ.generate_help(Settings)))
OF_THE_FILES = {"WEBHOOK_PATH"}
"""The last part of WEBHOOK_URL, which the proxy has to know as well."""

FILES = sorted(path.name for path in HERE.iterdir())


@pytest.mark.parametrize("name", FILES)
def test_settings_are_those_the_bot_reads(name: str) -> None:
    said = set(OURS.findall((HERE / name).read_text(encoding="utf-8")))
    assert said - OF_THE_FILES <= KNOWN


def test_units_start_what_there_is() -> None:
    for name in FILES:
        for command in re.findall(r"meldind/\.venv/bin/meldind (\w+)", (HERE / name).read_text(encoding="utf-8")):
            assert command in ("run", "backup", "worker")


def test_the_proxy_calls_the_workers_where_they_listen() -> None:
    compose = (HERE / "compose.yaml").read_text(encoding="utf-8")
    workers = re.findall(r"^  (worker-\d):", compose, re.MULTILINE)
    listen = re.search(r"WEBHOOK_LISTEN: 0\.0\.0\.0:(\d+)", compose)
    assert len(workers) == 2
    assert listen is not None
    called = " ".join(f"{worker}:{listen[1]}" for worker in workers)
    assert f"{{$WORKERS:{called}}}" in (HERE / "Caddyfile").read_text(encoding="utf-8")


def test_what_compose_asks_for_is_in_the_example() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+)", (HERE / "compose.yaml").read_text(encoding="utf-8")))
    given = set(re.findall(r"^([A-Z_]+)=", (HERE / "env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert asked == given


def test_every_file_is_told_of() -> None:
    told = (HERE.parent / "operations.md").read_text(encoding="utf-8")
    assert all(name in told or name.split(".")[0] in told for name in FILES if not name.startswith("Dockerfile"))
