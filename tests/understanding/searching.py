"""Whether what people search for is among the first results: `python -m tests.understanding.searching`.

The reports are those of the trial and of `queries_found.reports.jsonl`, all of them published, imported into an own
database. A query has an answer if one of its `found` reports is among the results of the first screen.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from bot.files.reports.imports import import_file
from bot.language.catalogues import Catalogues
from conversations.context.context import Context
from conversations.flows.search.wanted import read_wanted
from conversations.language.languages import LANGUAGES
from conversations.memory.memory import Memory
from conversations.model.initiatives import Sharing
from conversations.model.people.person import Person
from conversations.model.search import SHOWN
from storage.registers import municipalities
from storage.registers.port import StoredRegisters
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

HERE = Path(__file__).parent
HALVES = ("queries_found", "queries_found.held")
TODAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
PUBLISHED = "2026-11-01T12:00:00Z"
CATALOGUES = Catalogues()
REGISTERS = StoredRegisters(CATALOGUES.spellings)
EVERYBODY: frozenset[Sharing] = frozenset({"public", "network", "coordinators"})


def main() -> None:
    """Print how many queries find one of their reports, by language and half, and the others of the first half."""
    asked = argparse.ArgumentParser(description="Whether what people search for is found.")
    asked.add_argument("--quiet", action="store_true", help="Do not print the queries that find nothing of theirs.")
    options = asked.parse_args()
    with filled() as storage:
        for half in HALVES:
            right, all_ = Counter[str](), Counter[str]()
            for row, found in searched(storage, half):
                is_right = not set(found).isdisjoint(row["found"])
                all_[row["language"]] += 1
                right[row["language"]] += is_right
                if not is_right and half == HALVES[0] and not options.quiet:
                    sys.stdout.write(f"  {row['language']} {row['query']}: {', '.join(found) or 'nothing'}\n")
            told = ", ".join(f"{each} {right[each]}/{all_[each]}" for each in LANGUAGES)
            sys.stdout.write(f"{half}: {told}, in all {right.total() / all_.total():.0%}\n")


def searched(storage: Storage, half: str) -> Iterator[tuple[dict[str, Any], list[str]]]:
    """Every query of one half, with the first reports that it finds."""
    yield from ((row, storage.read_now(partial(first_found, row))) for row in rows(half))


def rows(half: str) -> Iterator[dict[str, Any]]:
    """The queries of one half."""
    yield from map(json.loads, (HERE / f"{half}.jsonl").read_text("utf-8").splitlines())


def first_found(row: dict[str, Any], work: UnitOfWork) -> list[str]:
    """The reports on the first screen of results, by their ids in the files."""
    person = Person(0, row["language"])
    context = Context(person, TODAY, TODAY.date(), lambda: "", Memory(person), REGISTERS)
    hits = work.search.find(read_wanted(row["query"], context), EVERYBODY, SHOWN)
    return [each.id for each in work.initiatives.numbered(hits.numbers, EVERYBODY)]


@contextmanager
def filled() -> Iterator[Storage]:
    """A database with all of the reports, published."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/found.sqlite3"
        migrate(url)
        file = Path(folder) / "reports.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records()), "utf-8")
        if refused := import_file(url, file).refusals:
            raise ValueError(f"the reports cannot be imported: {refused[0]}")
        storage = Storage.open(url, spellings=CATALOGUES.spellings)
        try:
            yield storage
        finally:
            storage.close_now()


def records() -> Iterator[dict[str, Any]]:
    """The reports of the trial, and those written for the queries, as records of an export."""
    trial = resources.files("bot.trial").joinpath("demo.jsonl").read_text("utf-8")
    for line in trial.splitlines():
        yield {**json.loads(line), "call": None, "status": "published", "published_at": PUBLISHED}
    places = {(each.country, each.name): each for each in municipalities()}
    for line in (HERE / "queries_found.reports.jsonl").read_text("utf-8").splitlines():
        answers = json.loads(line)
        this, language, place = (answers.pop(each) for each in ("id", "language", "municipality"))
        where = next(places[country, place] for country in ("DK", "SI") if (country, place) in places)
        yield {
            "id": this,
            "call": None,
            "status": "published",
            "language": language,
            **dict.fromkeys(("created_at", "submitted_at", "published_at"), PUBLISHED),
            "library": {
                "name": f"Library of {place}",
                "isil": None,
                "municipality_code": where.code,
                "municipality": place,
                "region": where.region,
                "country": where.country,
            },
            "answers": {**answers, "sharing": "public"},
            "attachments": [],
            "revision": 1,
        }


if __name__ == "__main__":
    main()
