"""On PostgreSQL what is to be done every night is a task of procrastinate, which any worker does, whoever dies."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text, update

from bot.cli.jobs import jobs_of_database
from bot.jobs import nightly
from bot.jobs.housekeeping import Housekeeping
from bot.jobs.nightly import NIGHTLY, RETENTION, Nightly
from storage.models import heavy_jobs, last_done
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.heavy.workers import serves, there_are, worker
from tests.bot.stage import until
from tests.databases import opened

pytestmark = pytest.mark.timeout(180)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

PROGRAM = """
import time
from pathlib import Path
from bot import working
from bot.runtime.settings import read_settings
from storage.privacy.retention import Retention

def hangs(*_given):
    Path("begun").touch()
    time.sleep(600)

Retention.contacts = hangs
working.work(read_settings())
"""


@pytest.fixture
async def storage(postgres_url: str) -> AsyncIterator[Storage]:
    async with opened(postgres_url) as storage:
        yield storage


async def ends(storage: Storage) -> list[str]:
    """How the nightly removals stand, the oldest first."""
    query = select(heavy_jobs.c.state).where(heavy_jobs.c.name == NIGHTLY).order_by(heavy_jobs.c.asked_at)
    return await storage.read(lambda work: list(work._connection.scalars(query)))


async def is_done(storage: Storage) -> bool:
    return await storage.read(lambda work: work.last_done.at(RETENTION)) is not None


async def test_who_serves_does_it_where_there_is_no_worker(storage: Storage, postgres_url: str) -> None:
    async with serves(postgres_url, storage, Nightly(storage, COPENHAGEN)):
        await until(lambda: is_done(storage), 90)
    assert await ends(storage) == ["done"]


async def test_a_worker_that_is_killed_leaves_it_to_another(
    storage: Storage, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with worker(postgres_url, tmp_path, PROGRAM) as first:
        await until(lambda: asyncio.to_thread((tmp_path / "begun").exists), 90)
        await there_are(1, storage)
        (job,) = jobs_of_database(postgres_url)[0]
        assert (job.name, job.state, job.tries) == (NIGHTLY, "running", 1)
        first.kill()
        await first.wait()
    assert await ends(storage) == ["running"]

    def an_hour_passes(work: UnitOfWork) -> None:
        begun = datetime.now(UTC) - timedelta(minutes=61)
        work._connection.execute(update(last_done).where(last_done.c.name == RETENTION).values(begun_at=begun))

    await storage.write(an_hour_passes)
    monkeypatch.setattr(nightly, "EVERY_MINUTE", "* * * * * *")  # every second
    async with serves(postgres_url, storage, Nightly(storage, COPENHAGEN)):
        await until(lambda: is_done(storage), 60)

        async def nothing_of_the_dead() -> bool:
            query = text("SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE status = 'doing'")
            return not await storage.read(lambda work: work._connection.scalar(query))

        await until(nothing_of_the_dead, 60)
    assert await ends(storage) == ["cancelled", "done"]


async def test_files_are_removed_where_they_are_once_it_was_done_elsewhere(storage: Storage, tmp_path: Path) -> None:
    """Only the process that serves has the data directory."""
    now = datetime(2026, 11, 22, 9, tzinfo=UTC)
    keeper = Housekeeping(storage, tmp_path, clock=lambda: now)
    worker = Nightly(storage, COPENHAGEN, clock=lambda: now)

    def made(name: str) -> Path:
        file = tmp_path / "attachments" / name[:2] / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
        os.utime(file, (0, 0))
        return file

    old = made("ab" * 32)
    await keeper.look()
    assert old.exists()
    await worker.look()
    await keeper.look()
    assert not old.exists()
    new = made("cd" * 32)
    await keeper.look()
    assert new.exists()
    now += timedelta(days=1)
    await worker.look()
    await keeper.look()
    assert not new.exists()


async def test_what_fails_is_seen(storage: Storage, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly, "PARTS", ("nothing_of_that_name",))
    with pytest.raises(AttributeError):
        await Nightly(storage, COPENHAGEN).look()
    (job,) = jobs_of_database(postgres_url)[0]
    assert (job.name, job.state, job.error) == (NIGHTLY, "failed", "AttributeError")
