"""`meldind jobs`: what heavy work, nightly removals and messages to webhooks wait, run and failed."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from bot.runtime.databases import must_be_current
from storage.messages.heavy_jobs import HeavyJob
from storage.session.storage import Storage

FAILED_SINCE = timedelta(days=14)

SLOW = timedelta(minutes=5)
"""A job that has waited for so long counts as trouble."""

HEAD = ("state", "job", "since (UTC)", "tries", "rows", "why")


def jobs_of_database(url: str) -> tuple[Sequence[HeavyJob], int, datetime]:
    """Returns the jobs that wait, run or failed in the last two weeks, how many workers are alive, and the time."""
    must_be_current(url)
    storage = Storage.open_to_read(url)
    try:
        now = datetime.now(UTC)
        return storage.read_now(
            lambda work: (
                [*work.heavy_jobs.listed(now - FAILED_SINCE), *work.webhook_queue.as_jobs(now - FAILED_SINCE)],
                work.heavy_jobs.workers(work.workers.alive_since()),
                now,
            )
        )
    finally:
        storage.close_now()


def is_well(jobs: Sequence[HeavyJob], now: datetime) -> bool:
    """Returns whether none failed, and none waits for long."""
    return not any(each.state == "failed" or (each.state == "waiting" and now - each.asked_at > SLOW) for each in jobs)


def as_table(jobs: Sequence[HeavyJob], workers: int) -> Iterator[str]:
    """Yields the lines of a table for people."""
    rows = [HEAD, *(_row(each) for each in jobs)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    if jobs:
        for row in rows:
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
    counts = {state: sum(each.state == state for each in jobs) for state in ("waiting", "running", "failed")}
    yield ", ".join(f"{number} {state}" for state, number in counts.items()) + f"; workers alive: {workers}"


def as_json(jobs: Sequence[HeavyJob], workers: int) -> str:
    """Returns the same for programs."""
    told = [
        {"id": each.id, "job": each.name, "state": each.state, "since": _since(each).isoformat(timespec="seconds")}
        | {"tries": each.tries, "rows": each.reached, "why": each.error}
        for each in jobs
    ]
    return json.dumps({"jobs": told, "workers": workers}, ensure_ascii=False)


def _row(job: HeavyJob) -> tuple[str, ...]:
    since = f"{_since(job):%Y-%m-%d %H:%M:%S}"
    return (job.state, job.name, since, str(job.tries), str(job.reached) if job.reached else "", job.error)


def _since(job: HeavyJob) -> datetime:
    """Returns since when it stands so."""
    moment = {"running": job.begun_at, "failed": job.ended_at}.get(job.state)
    return (moment or job.asked_at).astimezone(UTC)
