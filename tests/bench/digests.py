"""How long a digest and the figures take, and how much memory, as reports grow: `python -m tests.bench.digests`.

A tenth of the reports, at most ten thousand, came in the week of the digest. Seconds are those of the processor, the
best of three, since other work on the machine changes those of the clock.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from conversations.model.digests.looking import gather
from conversations.model.digests.periods import week_of
from conversations.model.people.person import Person
from conversations.vocabulary import vocabulary
from storage import registers
from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.models import answers, reports
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

SIZES = (1_000, 10_000, 100_000)
ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
WEEK = week_of(datetime(2026, 11, 9, tzinfo=UTC).date(), ZONE)
READER = Person(0, "da")


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description="Digest and figures, as reports grow.")
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    _line("reports", "of the week", "read once s", "digest s", "figures s", "map s", "memory MB")
    for size in asked.parse_args().sizes:
        with tempfile.TemporaryDirectory() as folder:
            _measure(size, f"sqlite:///{Path(folder) / 'bench.db'}")


def _measure(size: int, url: str) -> None:
    new = min(size // 10, 10_000)
    migrate(url)
    _fill(url, size, new)
    storage = Storage.open(url)
    first = _seconds(lambda: storage.write_now(lambda work: work.summaries.refresh()))
    looks: tuple[Callable[[UnitOfWork], Any], ...] = (
        lambda work: gather(work.lookup(READER, NOW), WEEK, ZONE, NOW),
        lambda work: work.digests(0).figures(),
        lambda work: work.digests(0).coverage("DK"),
    )
    best = [min(_seconds(partial(storage.write_now, look)) for _round in range(3)) for look in looks]
    storage.close_now()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    _line(f"{size:,}", f"{new:,}", f"{first:.2f}", *(f"{each:.3f}" for each in best), str(memory))


def _seconds(do: Callable[[], Any]) -> float:
    began = time.process_time()
    do()
    return time.process_time() - began


def _fill(url: str, size: int, new: int) -> None:
    chance, libraries = random.Random(1), registers.libraries()
    with make_engine(normalise_url(url)).begin() as connection:
        for start in range(0, size, 5_000):
            told, given = [], []
            for number in range(start, min(size, start + 5_000)):
                back = (
                    timedelta(seconds=-chance.random() * 600_000) if number < new else timedelta(chance.randint(7, 700))
                )
                at = WEEK.start - back
                told.append(_report(f"g{number:06}", at, "submitted" if chance.random() < 0.01 else "published"))
                library = chance.choice(libraries)
                about = {
                    "library": {"key": library.key, "name": library.name},
                    "title": f"Sprogcafé {number}",
                    "status": chance.choice(["planned", "running", "finished"]),
                    "summary": "Vi taler dansk over en kop kaffe hver onsdag. Alle er velkomne.",
                    "themes": [choice.key for choice in chance.sample(vocabulary.THEMES, 2)],
                    "target_groups": [choice.key for choice in chance.sample(vocabulary.TARGET_GROUPS, 2)],
                    "sharing": "network",
                    "outcome": "De taler mere.",
                    "evidence_types": ["statistics"],
                }
                given += [_answer(f"g{number:06}", question, value, at) for question, value in about.items()]
            connection.execute(insert(reports), told)
            connection.execute(insert(answers), given)


def _report(this: str, at: datetime, status: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("person_id", "call_slug", "copied_from", "published_at", "withdrawn_at", "discarded_at"))
    times = dict.fromkeys(("created_at", "changed_at", "submitted_at"), at)
    rest = {"form": "initiative", "language": "da", "revision": 1, "place": {}, "forwarded": False}
    return {"id": this, "status": status, **nothing, **times, **rest}


def _answer(this: str, question: str, value: Any, at: datetime) -> dict[str, Any]:
    rest = {"said": "", "message_id": 0, "revision": 0, "person_id": None, "at": at}
    return {"report_id": this, "question": question, "value": value, **rest}


def _line(*cells: str) -> None:
    sys.stdout.write("".join(f"{cell:>13}" for cell in cells) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
