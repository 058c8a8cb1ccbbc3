"""What the public site costs as initiatives grow: `python -m tests.bench.publishing [--sizes 1000 10000 100000]`.

For each size: the first run, one in which nothing has changed, and those after one initiative was corrected, published
and withdrawn. Memory is the most that the process that publishes ever had.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from bot.language.catalogues import Catalogues
from bot.runtime.databases import upgraded
from bot.site.runs.publishing import SiteOptions, publish
from bot.site.writer import folder_size
from conversations.model.initiatives import Initiative
from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.models import answers, initiatives, reports
from storage.session.storage import Storage
from tests.bench.search import SINCE, _report, _row
from tests.bench.stories import Stories

SIZES = (1_000, 10_000, 100_000)
TOGETHER = 1_000
ZONE = ZoneInfo("Europe/Copenhagen")
OPTIONS = SiteOptions(ZONE, "https://example.org", "meldind_bot")


def main() -> None:
    """Print a line for each run."""
    asked = argparse.ArgumentParser(description="The public site, as initiatives grow.")
    asked.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked.add_argument("--folder", help="where the site and its database are made; on the disk that is to be measured")
    options = asked.parse_args()
    _line("initiatives", "run", "s", "CPU s", "files", "written", "removed", "MB", "RAM MB")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            # Each in a process of its own, so that the memory is that of publishing alone.
            for step in (_fill, _measure):
                process = multiprocessing.get_context("spawn").Process(target=step, args=(Path(folder), size))
                process.start()
                process.join()
                if process.exitcode:
                    raise SystemExit(process.exitcode)


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'meldind.db'}"


def _fill(folder: Path, size: int) -> None:
    upgraded(_url(folder))
    stories = Stories()
    with make_engine(normalise_url(_url(folder))).begin() as connection:
        for start in range(0, size, TOGETHER):
            some = [_public(each) for each in stories.told(start, min(size, start + TOGETHER), SINCE)]
            connection.execute(insert(reports), [_report(each) for each in some])
            connection.execute(insert(initiatives), [_row(each) for each in some])
            connection.execute(insert(answers), [row for each in some for row in _answers(each)])
    storage = Storage.open(_url(folder), spellings=Catalogues().spellings)
    storage.write_now(lambda work: work.summaries.refresh())
    storage.close_now()


def _public(each: Initiative) -> Initiative:
    given = {key: value for key, value in each.answers.items() if value is not None}
    library = {"key": each.library_key, "name": each.library}
    return replace(each, answers={**given, "library": library, "sharing": "public"})


def _answers(each: Initiative) -> list[dict[str, object]]:
    rest = {"said": "", "message_id": 0, "revision": 0, "person_id": None, "at": each.published_at}
    return [{"report_id": each.id, "question": key, "value": value, **rest} for key, value in each.answers.items()]


def _measure(folder: Path, size: int) -> None:
    storage, catalogues = Storage.open(_url(folder), spellings=Catalogues().spellings), Catalogues(ZONE)
    now = SINCE + timedelta(minutes=30 * size, days=8)

    def run(name: str) -> None:
        began, cpu = time.perf_counter(), time.process_time()
        done = publish(storage, catalogues, folder / "site", OPTIONS, now)
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        files, content = folder_size(folder / "site")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        cells = (f"{took:.1f}", f"{cpu:.1f}", f"{files:,}", f"{done.rewritten:,}", f"{done.removed:,}")
        _line(f"{done.initiatives:,}", name, *cells, f"{content / 1e6:.0f}", f"{most:.0f}")

    middle, stories = f"s{size // 2:07}", Stories(2)
    new = _public(next(iter(stories.told(size, size + 1, SINCE))))
    run("first")
    run("nothing changed")
    with make_engine(normalise_url(_url(folder))).begin() as connection:
        _correct(connection, middle, now)
    run("one corrected")
    with make_engine(normalise_url(_url(folder))).begin() as connection:
        connection.execute(insert(reports), _report(new))
        connection.execute(insert(initiatives), _row(new))
        connection.execute(insert(answers), _answers(new))
    run("one published")
    with make_engine(normalise_url(_url(folder))).begin() as connection:
        gone = {"status": "withdrawn", "withdrawn_at": now, "changed_at": now}
        connection.execute(update(reports).where(reports.c.id == middle).values(gone))
        connection.execute(initiatives.delete().where(initiatives.c.report_id == middle))
    run("one withdrawn")
    storage.close_now()
    sys.stdout.write(f"load {os.getloadavg()[0]:.1f}, {datetime.now(UTC):%Y-%m-%d}\n")


def _correct(connection: Connection, this: str, now: datetime) -> None:
    one = initiatives.c.report_id == this
    said = connection.execute(initiatives.select().where(one)).one().answers
    told = {**said, "title": "Sprogcafé med nyt navn"}
    connection.execute(update(initiatives).where(one).values(answers=told, changed_at=now))
    connection.execute(update(reports).where(reports.c.id == this).values(changed_at=now))


def _line(*cells: str) -> None:
    sys.stdout.write("".join(f"{cell:>16}" for cell in cells) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
