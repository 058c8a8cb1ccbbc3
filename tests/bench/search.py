"""How long a search takes, as published initiatives grow, on both databases: `python -m tests.bench.search`.

Milliseconds are those of the clock and, beside them, of the processor, the database's included: other work on the
machine changes the first far more than the second. What is measured is all of a search, from the words to the page, as
it is on a day on which 100 reports have been brought in step since the night.
"""

import argparse
import contextlib
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import Connection, insert, text

from bot.language.catalogues import Catalogues
from conversations.context.context import Context
from conversations.flows.search.wanted import read_wanted
from conversations.memory.memory import Memory
from conversations.model.initiatives import Appearance, Initiative
from conversations.model.people.person import Person
from conversations.model.search import Wanted
from conversations.reading.searching import parts
from storage.engine.database import make_engine
from storage.engine.inserting import insert_unless_there
from storage.engine.urls import normalise_url
from storage.models import findable, initiatives, known_words, reports
from storage.registers.port import StoredRegisters
from storage.search.findable import made_with, tokens_of, words_of
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bench.databases import Kind, SqliteFile, durable_postgres
from tests.bench.stories import Stories

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 5
TOGETHER = 1_000
KEPT = 100
"""Reports that are kept in step one by one, to see how long that takes."""

SINCE = datetime(2020, 1, 1, tzinfo=UTC)
READER = Person(1, "da")

CATALOGUES = Catalogues()
CONTEXT = Context(READER, SINCE, SINCE.date(), lambda: "", Memory(READER), StoredRegisters(CATALOGUES.spellings))


def _meant(words: str) -> Wanted:
    return read_wanted(words, CONTEXT)


SEARCHES: Mapping[str, Sequence[Wanted]] = {
    "a word": [
        *map(Wanted, ("sprogcafé", "bibliotek", "knjižnica", "library", "børn", "prostovoljci", "odense")),
        *map(Wanted, ("deltagere", "priseljenci", "lektiehjælp", "bralni", "integration", "kommune", "it")),
    ],
    "a part": [*map(Wanted, ("café", "sprog", "lekt", "bibl", "knjiz", "jezik", "bog", "klub", "delt", "rapport"))],
    "words": [
        *map(Wanted, ("sprogcafé odense", "jezikovna kavarna", "reading group", "børn og unge", "bralni klub")),
        *map(Wanted, ("frivillige hjælper børn", "et bibliotek for alle", "learning together", "knjižnica za vse")),
    ],
    "narrowed": [
        Wanted("sprogcafé", {"where": "DK-0461"}),
        Wanted("bibliotek", {"theme": "homework_help", "progress": "running"}),
        Wanted("knjižnica", {"where": "SI", "group": "roma"}),
        Wanted("", {"theme": "democracy_citizenship", "where": "DK_syddanmark"}),
        Wanted("", {"group": "prisoners", "known": "outcome"}),
    ],
    "meant": [
        *map(_meant, ("findes der sprogcafé i odense?", "lektiehjælp for flygtninge i syddanmark", "ældre ensomhed")),
        *map(_meant, ("jezikovna kavarna za priseljence", "homework help in Ljubljana", "planlagte ting for unge")),
        *map(_meant, ("bogbus", "digital help for older people in 2024", "alt fra region sjælland", "strikkecafé")),
    ],
    "less of it": [
        *map(_meant, ("sprogcafé med gulerodsrøre i odense", "sprogcafé for fanger på Fanø", "planlagt xyzzy i Kranj")),
        *map(_meant, ("lektiehjælp på Læsø siden 2030", "demenskor på Samsø", "afsluttede havekasser i Lemvig")),
    ],
    "a slip": [
        *map(Wanted, ("sprogcaffe", "bibliotk", "knjizncia", "odnese", "lektiehjlæp", "libary", "komune")),
        *map(Wanted, ("bralni klbu", "sprgocafe odense", "integratoin", "jezikvona kavarna")),
    ],
    "nothing": [*map(Wanted, ("xyzzyx", "gulerodsrøre qqq", "%_%", "sprogcafé zzzzzz"))],
    "all of it": [Wanted()],
}

_KEPT_BYTES = {
    "postgresql": "SELECT pg_total_relation_size('findable') + pg_total_relation_size('known_words')",
    "sqlite": """SELECT (SELECT sum(length(block)) FROM findable_index_data) + (SELECT sum(length(words)) FROM findable)
        + (SELECT sum(length(block)) FROM known_words_index_data)
        + (SELECT sum(length(word) + length(parts)) FROM known_words)""",
}


def main() -> None:
    """Print a table for each database."""
    asked = argparse.ArgumentParser(description="Search, as published initiatives grow.")
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--no-postgres", action="store_true", help="SQLite alone")
    options = asked.parse_args()
    with contextlib.ExitStack() as stack:
        kinds: list[Kind] = [SqliteFile()]
        if not options.no_postgres:
            kinds.append(stack.enter_context(durable_postgres()))
        for kind in kinds:
            with tempfile.TemporaryDirectory() as folder, kind.new(Path(folder)) as url:
                _measure(kind, url, options.sizes)


def _measure(kind: Kind, url: str, sizes: Sequence[int]) -> None:
    catalogues, stories, before = Catalogues(), Stories(), 0
    _line(kind.name, "words", "index MB", *(each for name in SEARCHES for each in (name, "")), "p95 of all", "one kept")
    _line("", "", "", *("p50 p95 ms", "cpu") * len(SEARCHES), "ms", "ms cpu")
    for size in sizes:
        _fill(url, stories, catalogues, before, size)
        before = size
        storage = Storage.open(url, spellings=catalogues.spellings)
        _night(storage)
        wall, cpu = _kept(storage, kind)
        kept = f"{wall:.1f} {cpu:.1f}"
        cells, times = [], []
        for wanted in SEARCHES.values():
            took, cpu = _searched(storage, kind, wanted)
            cells += [f"{median(took):.1f} {_p95(took):.1f}", f"{cpu:.1f}"]
            times += took
        words, megabytes = _sizes(url)
        storage.close_now()
        _line(f"{size:,}", f"{words:,}", f"{megabytes:.0f}", *cells, f"{_p95(times):.1f}", kept)
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f}\n\n")


def _searched(storage: Storage, kind: Kind, wanted: Sequence[Wanted]) -> tuple[list[float], float]:
    """Milliseconds of each search, in an order that is never the same, and those of the processor for one."""
    every = [each for each in wanted for _round in range(ROUNDS)]
    random.Random(2).shuffle(every)
    for each in wanted:
        _find(storage, each)  # once before it counts: a bot that serves has read its pages
    began, took = _cpu(kind), []
    for each in every:
        start = time.perf_counter()
        _find(storage, each)
        took.append((time.perf_counter() - start) * 1000)
    return took, (_cpu(kind) - began) * 1000 / len(every)


def _find(storage: Storage, wanted: Wanted) -> None:
    storage.read_now(lambda work: work.lookup(READER, SINCE).search.find(wanted, 0))


def _night(storage: Storage) -> None:
    """What housekeeping does for the search every night."""
    begin = True
    while storage.write_now(partial(_merged, begin)):
        begin = False


def _merged(begin: bool, work: UnitOfWork) -> bool:
    return work.search.merge(begin=begin)


def _kept(storage: Storage, kind: Kind) -> tuple[float, float]:
    """Milliseconds in which one report's words are replaced, by the clock and of the processor."""
    # The first ones again, which say the same as before.
    again = [Appearance(each.id, each, each) for each in Stories().told(0, KEPT, SINCE)]

    def keep(work: UnitOfWork) -> list[float]:
        took = []
        for each in again:
            start = time.perf_counter()
            work.search.keep([each])
            took.append((time.perf_counter() - start) * 1000)
        return took

    began = _cpu(kind)
    took = storage.write_now(keep)
    return median(took), (_cpu(kind) - began) * 1000 / KEPT


def _fill(url: str, stories: Stories, catalogues: Catalogues, first: int, last: int) -> None:
    known, made = set[str](), made_with(catalogues.spellings)
    with make_engine(normalise_url(url)).begin() as connection:
        with _without_index(connection):
            for start in range(first, last, TOGETHER):
                some = list(stories.told(start, min(last, start + TOGETHER), SINCE))
                tokens = [tokens_of(each, catalogues.spellings) for each in some]
                connection.execute(insert(reports), [_report(each) for each in some])
                connection.execute(insert(initiatives), [_row(each) for each in some])
                rows = zip(some, tokens, strict=True)
                connection.execute(insert(findable), [_findable(each, found, made) for each, found in rows])
                new = {word for found in tokens for word in words_of(found)} - known
                known |= new
                said = [{"word": word, "parts": list(dict.fromkeys(parts(word)))} for word in sorted(new)]
                connection.execute(
                    insert_unless_there(known_words, "word", returning=())[connection.dialect.name], said
                )
        connection.execute(text("ANALYZE"))


@contextlib.contextmanager
def _without_index(connection: Connection) -> Iterator[None]:
    """On PostgreSQL an index is far sooner made of many rows than filled with them one by one."""
    indexes = [index for table in (findable, known_words) for index in table.indexes]
    if connection.dialect.name != "postgresql":
        yield
        return
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _report(each: Initiative) -> dict[str, object]:
    nothing = dict.fromkeys(("person_id", "call_slug", "copied_from", "withdrawn_at", "discarded_at"))
    times = dict.fromkeys(("created_at", "changed_at", "submitted_at", "published_at"), each.published_at)
    rest = {"form": "initiative", "language": each.language, "revision": 1, "place": {}, "forwarded": False}
    return {"id": each.id, "status": "published", **nothing, **times, **rest}


def _row(each: Initiative) -> dict[str, object]:
    told = {name: getattr(each, name) for name in initiatives.c.keys() if hasattr(each, name)}  # noqa: SIM118
    return {**told, "report_id": each.id, "call_slug": "", "answers": dict(each.answers)}


def _findable(each: Initiative, tokens: list[str], made: int) -> dict[str, object]:
    number = int(each.published_at.timestamp()) * 1_000_000
    return {"number": number, "report_id": each.id, "made": made, "words": tokens}


def _sizes(url: str) -> tuple[int, float]:
    """How many words are known, and the megabytes of all that search keeps; on SQLite without what is empty."""
    with make_engine(normalise_url(url)).connect() as connection:
        words = int(connection.scalar(text("SELECT count(*) FROM known_words")) or 0)
        return words, int(connection.scalar(text(_KEPT_BYTES[connection.dialect.name])) or 0) / 1e6


def _cpu(kind: Kind) -> float:
    return time.process_time() + kind.cpu()


def _p95(took: Sequence[float]) -> float:
    return quantiles(took, n=20)[-1]


def _line(*cells: str) -> None:
    sys.stdout.write("".join(f"{cell:>13}" for cell in cells) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
