"""`meldind import`: reports come back from the export's own format."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bot.databases import must_be_current, open_storage
from bot.errors import Unusable
from conversations.forms.initiative import INITIATIVE
from conversations.forms.variants import relevant_answers
from storage.errors import NotARecord, Unstorable
from storage.importing import TakenIn
from storage.work import Work

_PERSONAL = frozenset(question.key for question in INITIATIVE.questions if question.personal)


@dataclass(slots=True)
class Summary:
    """What became of the lines of a file."""

    counts: Counter[TakenIn] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)

    @property
    def line(self) -> str:
        """The whole in one line."""
        told = ", ".join(f"{self.counts[each]} {each}" for each in ("new", "changed", "same"))
        return f"{told}, {len(self.refusals)} refused"


def import_file(url: str, path: Path) -> Summary:
    """Take in every line of `path`. A line that is no record is told of and left out; the others are kept."""
    must_be_current(url)
    summary = Summary()
    storage = open_storage(url)
    try:
        for number, line in _lines(path):
            try:
                summary.counts[storage.write_now(partial(_take_in, json.loads(line)))] += 1
            except (NotARecord, Unstorable) as error:
                summary.refusals.append(f"line {number}: {str(error).splitlines()[0]}")
            except (ValueError, RecursionError):
                summary.refusals.append(f"line {number}: not JSON")
    finally:
        storage.close_now()
    return summary


def _take_in(given: Any, work: Work) -> TakenIn:
    return work.importing(relevant_answers, _PERSONAL).take_in(given)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of `path` that are not empty, with their numbers."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")  # some editors put it there
                if line.strip():
                    yield number, line
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}.") from None
