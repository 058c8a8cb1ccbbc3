"""The journal of erasures: a file beside the database, needed when an older backup is restored.

It has one line for each erasure, with only ids and times. It must outlive the database: keep a copy with the backups.
"""

import json
import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from bot.runtime.errors import Unusable
from storage.privacy.forgetting import Erasure

NAME = "forgotten.jsonl"


def read(folder: Path) -> list[Erasure]:
    """Returns the erasures in the journal in `folder`, oldest first. Raises Unusable if it cannot be read."""
    path = folder / NAME
    if not path.exists():
        return []
    try:
        return [_erasure(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (ValueError, KeyError, TypeError):
        raise Unusable(f"{path} cannot be read, and says who was forgotten; repair its last line.") from None


def add(folder: Path, known: Collection[Erasure]) -> int:
    """Add durably those of `known` that are not in the journal yet; returns how many."""
    missing = sorted(set(known) - set(read(folder)))
    if missing:
        file = os.open(folder / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, "".join(_line(each) for each in missing).encode())
            os.fsync(file)
        finally:
            os.close(file)
    return len(missing)


def _line(erasure: Erasure) -> str:
    told = {"at": erasure.at.isoformat(), "kind": erasure.kind, "subject": erasure.subject, "reports": erasure.reports}
    return json.dumps(told) + "\n"


def _erasure(line: str) -> Erasure:
    told = json.loads(line)
    return Erasure(datetime.fromisoformat(told["at"]), told["kind"], str(told["subject"]), bool(told["reports"]))
