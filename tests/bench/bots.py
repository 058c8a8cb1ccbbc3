"""The bots that are measured: Meldind on each database, and its peers."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.databases import Kind
from tests.bench.dialogues import REPORT, TWELVE_QUESTIONS, Dialogue
from tests.bench.process import ROOT

PEERS_PYTHON = ROOT / ".venv-bench" / "bin" / "python"


@dataclass(frozen=True, slots=True)
class MeasuredBot:
    """A program that finds the server by BOT_TOKEN and TELEGRAM_API_URL, and its database by DATABASE_URL.

    Several `workers` of it are called in turn, by webhook.
    """

    name: str
    command: Sequence[str]
    dialogue: Dialogue
    database: Kind | None = None
    workers: int = 1


def meldind(database: Kind, workers: int = 1) -> MeasuredBot:
    """This project, just as it is started by whoever runs it."""
    program = Path(sys.executable).with_name("meldind")
    name = f"Meldind, {database.name}" if workers == 1 else f"Meldind, {database.name}, {workers} workers"
    return MeasuredBot(name, (str(program), "run"), REPORT, database, workers)


def _peer(name: str, module: str) -> MeasuredBot:
    return MeasuredBot(name, (str(PEERS_PYTHON), "-m", f"tests.bench.peers.{module}"), TWELVE_QUESTIONS)


PEERS = (
    _peer("python-telegram-bot, pickle", "ptb_conversation"),
    _peer("aiogram, memory", "aiogram_fsm"),
    _peer("aiogram-dialog, memory", "aiogram_dialogs"),
    _peer("no framework, SQLite", "bare_loop"),
)
