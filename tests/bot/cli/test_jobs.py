"""`meldind jobs` says what heavy work waits, runs and failed, to people and to programs."""

import json
from datetime import UTC, datetime, timedelta

from bot.cli.jobs import as_json, as_table, is_well, jobs_of_database
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork


async def test_what_waits_runs_and_failed_is_shown(database_url: str, storage: Storage) -> None:
    now = datetime.now(UTC)

    def asked(work: UnitOfWork) -> None:
        work.heavy_jobs.ask("a", "export", "long", {"id": "x1"}, now)
        work.heavy_jobs.begin("a", now)
        work.heavy_jobs.reach("a", 1200)

    await storage.write(asked)
    found, workers, then = jobs_of_database(database_url)
    head, line, counts = as_table(found, workers)
    assert head.split() == ["state", "job", "since", "(UTC)", "tries", "rows", "why"]
    assert line.split() == ["running", "export", *f"{now:%Y-%m-%d %H:%M:%S}".split(), "1", "1200"]
    assert counts == "0 waiting, 1 running, 0 failed; workers alive: 0"
    assert is_well(found, then)
    await storage.write(lambda work: work.heavy_jobs.end("a", "failed", now, "MemoryError"))
    found, workers, then = jobs_of_database(database_url)
    assert not is_well(found, then)
    (job,) = json.loads(as_json(found, workers))["jobs"]
    assert (job["job"], job["state"], job["why"]) == ("export", "failed", "MemoryError")


async def test_what_waits_for_long_is_trouble(database_url: str, storage: Storage) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=6)
    await storage.write(lambda work: work.heavy_jobs.ask("a", "export", "long", {}, long_ago))
    found, _workers, then = jobs_of_database(database_url)
    assert not is_well(found, then)
    assert list(as_table((), 2)) == ["0 waiting, 0 running, 0 failed; workers alive: 2"]
