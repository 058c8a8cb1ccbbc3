"""A large database of every earlier version is upgraded: `python -m tests.campaigns.upgrading [--reports 100000]`.

The first version gets the rows and is upgraded step by step; a copy of each step is then upgraded as `meldind run` or
`meldind db upgrade` does it. What was put in has to be there, word for word; the exit code is 1 where it is not.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.session.schema import migrate, schema_state
from tests.bench.filling import put_in
from tests.campaigns.moving import FOLDER
from tests.postgres import running_postgres
from tests.storage.session.test_schema import upgrade

ROWS = {
    "people": "SELECT id, telegram_id, chat_id, language, library, created_at FROM people ORDER BY id",
    "reports": "SELECT id, person_id, status, language, submitted_at FROM reports ORDER BY id",
    "answers": "SELECT report_id, question, value, at FROM answers ORDER BY id",
}
"""What is put in, as it can be asked for in every version."""


def versions() -> list[str]:
    """All versions of the schema, the first one first."""
    scripts = ScriptDirectory("storage/migrations")
    return [script.revision for script in scripts.walk_revisions()][::-1]


def digests(url: str) -> Mapping[str, str]:
    """What is in these tables."""
    found = {}
    with make_engine(normalise_url(url)).connect().execution_options(reading=True) as connection:
        for table, query in ROWS.items():
            digest = hashlib.sha256()
            for row in connection.execution_options(yield_per=1000).execute(text(query)):
                digest.update(repr(tuple(row)).encode())
            found[table] = digest.hexdigest()
    return found


@contextmanager
def places(kind: str, folder: Path) -> Iterator[tuple[str, Callable[[], AbstractContextManager[str]]]]:
    """A database of that kind that is walked through the versions, and what makes a copy of it as it stands."""
    if kind == "sqlite":
        file, copy = folder / "walked.db", folder / "copy.db"

        @contextmanager
        def copied() -> Iterator[str]:
            shutil.copyfile(file, copy)
            yield f"sqlite:///{copy}"
            copy.unlink()

        yield f"sqlite:///{file}", copied
        return
    with running_postgres() as server, server.database() as name:

        @contextmanager
        def copied() -> Iterator[str]:
            with server.database(name) as other:
                yield server.url(other)

        yield server.url(name), copied


def main() -> int:
    """Upgrade, compare and tell; 1 where something is not as it was."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.upgrading", description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000, help="how many there are (default: 100000)")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--versions", nargs="+", help="from these alone (default: from all)")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    wrong = []
    with tempfile.TemporaryDirectory(dir=FOLDER) as name, places(asked.database, Path(name)) as (walked, copied):
        first, *_ = versions()
        upgrade(walked, first)
        put_in(walked, asked.reports)
        before = digests(walked)
        for version in versions():
            upgrade(walked, version)
            if asked.versions and version not in asked.versions:
                continue
            with copied() as url:
                began = time.perf_counter()
                migrate(url)
                seconds = round(time.perf_counter() - began, 1)
                after = digests(url)
                changed = [table for table in before if after[table] != before[table]]
                if schema_state(url) != "current" or changed:
                    wrong.append(f"from {version}: {schema_state(url)}, changed: {changed}")
            print(json.dumps({"from": version, "seconds": seconds, "changed": changed}), flush=True)
    print(*(wrong or [f"{asked.reports} reports are as they were, from whichever version."]), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
