"""How long an import takes: `python -m tests.bench.importing [--reports 20000] [--database URL]`.

The file is taken in twice: the second time changes nothing.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.files.reports.imports import import_file
from bot.runtime.databases import upgraded
from bot.trial.demo import MOMENTS, later
from bot.trial.demo import records as demo

SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measure both imports and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--database", help="the URL of an empty database; without it an SQLite file is made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'meldind.db'}"
        upgraded(url)
        file = Path(folder) / "reports.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            lines.writelines(f"{json.dumps(each)}\n" for each in records(given.reports))
        for which in ("first", "second"):
            began = time.perf_counter()
            told = import_file(url, file).line
            took = time.perf_counter() - began
            print(f"{which} import: {told}; {took:.1f} s, {took / given.reports * 1000:.2f} ms a report")


def records(number: int) -> Iterator[dict[str, Any]]:
    """So many records: those of the trial's demo again and again, each with an id and a title of its own."""
    for place, record in zip(range(number), cycle(list(demo(SINCE))), strict=False):
        answers = {**record["answers"], "title": f"{record['answers']['title']} {place}"}
        times = {name: later(record[name], timedelta(minutes=place)) for name in MOMENTS}
        yield {**record, **times, "id": f"r{place:07}", "answers": answers}


if __name__ == "__main__":
    main()
