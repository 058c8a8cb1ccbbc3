"""`meldind jobs` says what heavy work waits, runs and failed, to people and to programs."""

import json
from datetime import UTC, datetime, timedelta

from bot.cli.jobs import as_json, as_table, is_well, jobs_of_database
from conversations.model.outcomes import WebhookAdded
from conversations.model.webhooks.webhook import EVENTS
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import BO, keep


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


async def test_what_webhooks_are_told_is_shown_by_address(database_url: str, storage: Storage) -> None:
    now = datetime.now(UTC)
    added = WebhookAdded("w1", "https://hooks.example.org/a?key=1", EVENTS, "proof")
    await keep(storage, added, who=BO, now=now)

    def happened(work: UnitOfWork) -> None:
        for _event in range(3):
            work.webhook_queue.put("call.opened", "read", now)
        for ends in (True, False):
            for each in work.webhook_queue.claim(now):
                if ends:
                    work.webhook_queue.given_up(each, 503, "status", now)

    await storage.write(happened)
    found, workers, then = jobs_of_database(database_url)
    _head, failed, running, waiting, counts = as_table(found, workers)
    moment = f"{now:%Y-%m-%d %H:%M:%S}".split()
    assert failed.split() == ["failed", "webhook", "hooks.example.org", *moment, "1", "1", "503"]
    assert running.split()[:3] == ["running", "webhook", "hooks.example.org"]
    assert waiting.split() == ["waiting", "webhook", "hooks.example.org", *moment, "0", "1"]
    assert counts == "1 waiting, 1 running, 1 failed; workers alive: 0"
    assert not is_well(found, then)
    assert "key" not in as_json(found, workers)


async def test_what_waits_for_long_is_trouble(database_url: str, storage: Storage) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=6)
    await storage.write(lambda work: work.heavy_jobs.ask("a", "export", "long", {}, long_ago))
    found, _workers, then = jobs_of_database(database_url)
    assert not is_well(found, then)
    assert list(as_table((), 2)) == ["0 waiting, 0 running, 0 failed; workers alive: 2"]
