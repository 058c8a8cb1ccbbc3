"""What was measured on, for numbers mean nothing without it."""

import os
import platform
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from storage.engine.database import sqlite_journal
from storage.engine.sqlite import driver
from tests.bench.process import ROOT

OURS = ("python-telegram-bot", "SQLAlchemy", "pyreqwest")
PEERS = ("python-telegram-bot", "aiogram", "aiogram-dialog")


def machine(folder: Path) -> Mapping[str, str]:
    """The machine, the programs on it, and the file system that `folder` is on."""
    load, _, _ = os.getloadavg()
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "cpu": _cpu_model(),
        "cores": f"{psutil.cpu_count()}, load {load:.1f} at the start",
        "memory": f"{psutil.virtual_memory().total / 1e9:.0f} GB",
        "system": platform.platform(),
        "file system": _file_system(folder),
        "python": platform.python_version(),
        "sqlite": f"{driver.sqlite_version}, journal {sqlite_journal().mode}, synchronous FULL",
        "libraries": ", ".join(f"{name} {version(name)}" for name in OURS),
        "peers": ", ".join(f"{name} {_locked(name)}" for name in PEERS),
    }


def _cpu_model() -> str:
    facts = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", facts.read_text(), re.MULTILINE) if facts.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


def _file_system(folder: Path) -> str:
    mounted = [part for part in psutil.disk_partitions(all=True) if folder.resolve().is_relative_to(part.mountpoint)]
    return str(max(mounted, key=lambda part: len(part.mountpoint)).fstype) if mounted else "unknown"


def _locked(name: str) -> str:
    found = re.search(rf"^{name}==(\S+)", (ROOT / "requirements-bench.lock").read_text(), re.MULTILINE)
    return found[1] if found else "unknown"
