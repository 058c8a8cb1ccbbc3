"""A large database goes from SQLite to PostgreSQL and back: `python -m tests.campaigns.moving [--reports 100000]`.

It goes the way of an operator, by `back_up` and `restore`. Counts and digests of every table are compared; the exit
code is 1 where one differs.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from storage.backups.reading import opened
from storage.backups.restoring import restore
from storage.backups.rows import lines
from storage.backups.writing import back_up
from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.models import metadata
from storage.session.schema import migrate
from tests.bench.databases import durable_postgres
from tests.bench.filling import fill
from tests.bench.process import ROOT

FOLDER = ROOT / "build" / "campaigns"

Contents = Mapping[str, tuple[int, str]]
"""For each table how many rows it has, and the digest of all of them."""


def contents(url: str) -> Contents:
    """What is in the database, table by table."""
    found = {}
    with make_engine(normalise_url(url)).connect().execution_options(reading=True) as connection:
        for table in metadata.sorted_tables:
            digest = hashlib.sha256()
            for line in lines(connection, table):
                digest.update(line)
            found[table.name] = (connection.scalar(select(func.count()).select_from(table)) or 0, digest.hexdigest())
    return found


def differences(before: Contents, after: Contents) -> list[str]:
    """The tables that are not as they were."""
    return [
        f"{name}: {before[name][0]} rows before, {after[name][0]} after, digests {before[name][1] == after[name][1]}"
        for name in before
        if before[name] != after[name]
    ]


def moved(source: str, target: str, folder: Path) -> None:
    """Bring all that is in `source` to the empty database `target`."""
    file = folder / "moved.zip"
    back_up(source, folder / "attachments", file)
    with opened(file) as backup:
        restore(backup, target, folder / "attachments", force=False)
    file.unlink()


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took."""
    began = time.perf_counter()
    yield
    print(json.dumps({"what": what, "seconds": round(time.perf_counter() - began, 1)}), flush=True)


def main() -> int:
    """Move, compare and tell; 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.moving", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000, help="how many there are (default: 100000)")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as name, durable_postgres() as kind:
        folder = Path(name)
        here, back = f"sqlite:///{folder / 'here.db'}", f"sqlite:///{folder / 'back.db'}"
        migrate(here)
        with timed("filled"):
            fill(here, asked.reports)
        before = contents(here)
        with kind.new(folder) as there:
            with timed("SQLite to PostgreSQL"):
                moved(here, there, folder)
            wrong = [f"on PostgreSQL: {each}" for each in differences(before, contents(there))]
            with timed("PostgreSQL to SQLite"):
                moved(there, back, folder)
        wrong += [f"back on SQLite: {each}" for each in differences(before, contents(back))]
    print(json.dumps({"rows": {table: count for table, (count, _) in before.items() if count}}))
    print(*(wrong or ["Counts and digests of all tables are equal."]), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
