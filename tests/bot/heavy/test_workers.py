"""On PostgreSQL heavy jobs are done by any worker, by another if it dies, and by who serves if there is none."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.heavy.lanes import HeavyLanes
from bot.heavy.registry import HEAVY, Heavy
from bot.heavy.work import HeavyWork
from storage.session.schema import migrate
from storage.session.storage import Storage
from tests.bot.heavy.workers import serves, there_are, worker
from tests.bot.stage import until

pytestmark = pytest.mark.timeout(180)

WHERE = "tests.bot.heavy.functions:hangs_once"

PROGRAM = f"""
from bot.heavy.registry import HEAVY, Heavy
from bot.runtime.settings import read_settings
from bot.working import work
HEAVY["hangs_once"] = Heavy("{WHERE}")
work(read_settings())
"""


@pytest.fixture
async def serving(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Storage]:
    """The storage of a process that serves."""
    monkeypatch.setitem(HEAVY, "hangs_once", Heavy(WHERE))
    migrate(postgres_url)
    storage = Storage.open(postgres_url)
    yield storage
    await storage.close()


@pytest.mark.parametrize("others", [0, 1])
async def test_a_worker_that_is_killed_leaves_its_job_to_another(
    serving: Storage, postgres_url: str, tmp_path: Path, others: int
) -> None:
    note = tmp_path / "note"
    heavy = HeavyWork(serving, HeavyLanes(postgres_url), shared=True)
    async with contextlib.AsyncExitStack() as stack:
        first = await stack.enter_async_context(worker(postgres_url, tmp_path, PROGRAM))
        await there_are(1, serving)
        lanes = await stack.enter_async_context(serves(postgres_url, serving))
        asked = asyncio.create_task(heavy.do("hangs_once", {"note": str(note)}))
        await until(lambda: asyncio.to_thread(note.exists), 60)
        assert not lanes.processes()
        if others:
            async with worker(postgres_url, tmp_path, PROGRAM):
                await there_are(2, serving)
                first.kill()
                assert (await asked).content == b"at last"
                assert not lanes.processes()
        else:
            first.kill()
            assert (await asked).content == b"at last"
            assert lanes.processes()
    assert await asyncio.to_thread(note.read_text) == "xx"


async def test_what_two_processes_ask_for_is_made_once_and_wiped_when_both_have_it(
    serving: Storage, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HEAVY, "says", Heavy("tests.bot.heavy.functions:says"))
    other = Storage.open(postgres_url)
    both = [HeavyWork(storage, HeavyLanes(postgres_url), shared=True) for storage in (serving, other)]
    asked = [asyncio.create_task(each.do("says", {"say": "the digest"})) for each in both]
    count = text("SELECT count(*) FROM procrastinate.procrastinate_jobs")
    waiting = text("SELECT waiting FROM heavy.contents")

    async def both_wait() -> bool:
        return bool(await serving.read(lambda work: work._connection.scalar(waiting)) == 2)

    await until(both_wait)
    assert await serving.read(lambda work: work._connection.scalar(count)) == 1
    async with serves(postgres_url, serving):
        made = await asyncio.gather(*asked)
    assert [each.content for each in made] == [b"the digest"] * 2
    assert made[0].told["pid"] == made[1].told["pid"]
    assert await serving.read(lambda work: work._connection.scalar(text("SELECT count(*) FROM heavy.contents"))) == 0
    await other.close()
