"""The rows of `<language>.jsonl` and `<language>.held.jsonl`; README.md tells what they hold."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.language.catalogues import Catalogues
from conversations.engine.understanding import Meaning, NotARowError, understand
from conversations.language.languages import LANGUAGES
from storage.registers.port import StoredRegisters

HERE = Path(__file__).parent
HALVES = ("work", "held")
KINDS = ("told", "list", "query")
"""What a row holds that is no typed answer."""

Row = Mapping[str, Any]


def rows(language: str, half: str) -> Iterator[Row]:
    """Yields the rows of one half in one language."""
    path = HERE / f"{language}{'' if half == 'work' else '.held'}.jsonl"
    if path.exists():
        yield from rows_of(path)


def rows_of(path: Path) -> Iterator[Row]:
    """Yields the rows of a file."""
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def languages() -> Iterator[str]:
    """Yields the languages that have rows."""
    return (language for language in LANGUAGES if (HERE / f"{language}.jsonl").exists())


def kind_of(row: Row) -> str:
    """Returns "told", "list", "query", or the question that the row answers."""
    return next((kind for kind in KINDS if kind in row), "") or str(row["question"])


def text_of(row: Row) -> str:
    """Returns what somebody wrote."""
    return str(row.get("input") or next(row[kind] for kind in KINDS if kind in row))


class Reader:
    """Reads rows as `meldind understand` does."""

    def __init__(self) -> None:
        self._registers = StoredRegisters(Catalogues().spellings)

    def read(self, row: Row) -> Meaning:
        """Returns what the bot makes of `row`; {} where it does not read such rows."""
        try:
            return understand(row, self._registers, date(2026, 11, 30))
        except NotARowError:
            return {}
