"""Heavy work is done in processes that can be killed, can only read, know no secret, and leave nothing behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import text

from bot.heavy import registry
from bot.heavy.errors import Gone, HeavyDied, HeavyFailed, TooLarge, Unwanted
from bot.heavy.lanes import HeavyLanes
from bot.heavy.process import Progress
from bot.heavy.queues import QueueWorkers
from bot.heavy.registry import HEAVY, Heavy
from bot.heavy.tasks import HeavyTasks
from bot.heavy.work import MOST_TRIES, HeavyWork
from storage.engine.errors import StorageError
from storage.messages.heavy_jobs import HeavyResult
from storage.session.storage import Storage
from tests.bot.stage import until
from tests.databases import opened

NAMES = ("says", "cannot", "is_gone", "dies", "lasts", "is_greedy", "writes")


@dataclass
class Stand:
    """Heavy work on a database, and whoever does it: on PostgreSQL a worker of procrastinate."""

    work: HeavyWork
    lanes: HeavyLanes
    storage: Storage
    on_sqlite: bool

    async def do(self, name: str, given: Mapping[str, Any], progress: Progress | None = None) -> HeavyResult:
        return await (self.work.do(name, given, progress) if progress else self.work.do(name, given))

    async def ends(self) -> list[tuple[str, str]]:
        """How the jobs stand, with the kinds of their errors."""
        query = text("SELECT state, error FROM heavy_jobs ORDER BY asked_at")
        return await self.storage.read(lambda work: [(each[0], each[1]) for each in work._connection.execute(query)])


async def always() -> bool:
    return True


@asynccontextmanager
async def worker(url: str, storage: Storage, lanes: HeavyLanes) -> AsyncIterator[None]:
    """A worker of procrastinate, on PostgreSQL."""
    tasks = QueueWorkers(url, [HeavyTasks(storage, lanes)], wanted=always)
    running = asyncio.create_task(tasks.run()) if url.startswith("postgresql") else None
    yield
    if running is not None:
        running.cancel()
        await asyncio.wait({running})


@pytest.fixture
async def heavy(database_url: str, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stand]:
    for name in NAMES:
        monkeypatch.setitem(HEAVY, name, Heavy(f"tests.bot.heavy.functions:{name}"))
    lanes = HeavyLanes(database_url)
    async with worker(database_url, storage, lanes):
        on_sqlite = database_url.startswith("sqlite")
        stand = Stand(HeavyWork(storage, lanes, shared=not on_sqlite), lanes, storage, on_sqlite)
        yield stand
        await stand.work.close()
    await lanes.close()
    assert not lanes.processes()


async def test_it_is_done_in_another_process_that_is_nicer_and_knows_no_secret(
    heavy: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123:secret")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///secret")
    made = await heavy.do("says", {"say": "hello"})
    assert made.content == b"hello"
    assert made.told["pid"] in heavy.lanes.processes() != [os.getpid()]
    assert made.told["nice"] >= os.nice(0) + 10 or made.told["nice"] == 19
    assert "secret" not in str(made.told["environment"]) + " ".join(psutil.Process(made.told["pid"]).cmdline())


async def test_the_same_job_asked_for_twice_is_done_once_and_another_by_the_same_process(heavy: Stand) -> None:
    first, second = await asyncio.gather(heavy.do("says", {"say": "a"}), heavy.do("says", {"say": "a"}))
    assert first is second
    third = await heavy.do("says", {"say": "b"})
    assert (third.content, third.told["pid"]) == (b"b", first.told["pid"])


async def test_a_function_that_raises_is_told_without_its_words_and_ends_nothing(heavy: Stand) -> None:
    before = await heavy.do("says", {"say": "a"})
    with pytest.raises(HeavyFailed) as caught:
        await heavy.do("cannot", {})
    assert caught.value.why["error"] == "OverflowError"
    assert "Ida" not in str(caught.value.why)
    with pytest.raises(Gone):
        await heavy.do("is_gone", {})
    assert (await heavy.do("says", {"say": "b"})).told["pid"] == before.told["pid"]


@pytest.mark.parametrize("times", [MOST_TRIES - 1, MOST_TRIES])
async def test_a_job_whose_process_dies_is_tried_again_but_not_for_ever(
    heavy: Stand, tmp_path: Path, times: int
) -> None:
    given = {"note": str(tmp_path / "tries"), "times": times}
    if times < MOST_TRIES:
        assert (await heavy.do("dies", given)).content == b"at last"
    else:
        with pytest.raises(HeavyDied):
            await heavy.do("dies", given)
    assert (tmp_path / "tries").read_text() == "x" * MOST_TRIES


async def test_a_process_killed_while_idle_is_noticed(heavy: Stand) -> None:
    before = await heavy.do("says", {"say": "a"})
    os.kill(before.told["pid"], signal.SIGKILL)
    assert (await heavy.do("says", {"say": "b"})).content == b"b"


async def test_a_cancelled_job_is_ended_but_not_while_another_waits_for_it(heavy: Stand, tmp_path: Path) -> None:
    note = tmp_path / "note"
    one, two = (asyncio.create_task(heavy.do("lasts", {"note": str(note)})) for _each in range(2))
    await _until(note.exists)
    (running,) = heavy.lanes.processes()
    one.cancel()
    await asyncio.wait({one})
    assert heavy.lanes.processes() == [running]
    two.cancel()
    await asyncio.wait({two})
    assert not heavy.work.busy
    if heavy.on_sqlite:  # elsewhere a worker goes on, so that what is asked for again after a restart is there
        assert not psutil.pid_exists(running)
        assert await heavy.ends() == [("cancelled", "")]


async def test_the_end_waits_for_no_job(sqlite_url: str, tmp_path: Path) -> None:
    async def untold(_number: int) -> None:
        pass

    note = tmp_path / "note"
    lanes = HeavyLanes(sqlite_url)
    lasting = Heavy("tests.bot.heavy.functions:lasts")
    async with opened(sqlite_url):
        job = asyncio.create_task(lanes.do(lasting, {"note": str(note)}, untold))
        await _until(note.exists)
        await lanes.close()
        with pytest.raises(HeavyDied):
            await job
        assert not lanes.processes()


async def test_a_job_that_is_no_longer_wanted_is_ended_wherever_it_is_done(heavy: Stand, tmp_path: Path) -> None:
    async def unwanted(number: int) -> None:
        if number:
            raise Unwanted

    with pytest.raises(Unwanted):
        await heavy.do("lasts", {"note": str(tmp_path / "note")}, unwanted)
    await _until(lambda: not heavy.lanes.processes())
    assert await heavy.ends() == [("cancelled", "")]


async def test_one_that_takes_too_long_or_too_much_is_ended(heavy: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    where = "tests.bot.heavy.functions"
    monkeypatch.setitem(HEAVY, "lasts", Heavy(f"{where}:lasts", seconds=1.0))
    monkeypatch.setitem(HEAVY, "is_large", Heavy(f"{where}:is_large", most=100))
    with pytest.raises(HeavyFailed, match="more than 1 seconds"):
        await heavy.do("lasts", {"note": os.devnull})
    with pytest.raises(HeavyFailed, match="MemoryError"):
        await heavy.do("is_greedy", {})
    with pytest.raises(TooLarge):
        await heavy.do("is_large", {"size": 1000})
    assert (await heavy.do("is_large", {"size": 10})).content == bytes(10)


@pytest.mark.parametrize("how", ["write", "read"])
async def test_it_can_change_nothing_in_the_database(heavy: Stand, storage: Storage, how: str) -> None:
    with pytest.raises((HeavyFailed, StorageError)):
        await heavy.do("writes", {"how": how})


async def test_a_process_ends_when_it_has_nothing_to_do(
    database_url: str, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(HEAVY, "says", Heavy("tests.bot.heavy.functions:says"))
    lanes = HeavyLanes(database_url, idle_seconds=0.0)
    assert (await lanes.do(HEAVY["says"], {"say": "a"}, _untold)).content == b"a"
    await _until(lambda: not lanes.processes())
    assert (await lanes.do(HEAVY["says"], {"say": "b"}, _untold)).content == b"b"
    await lanes.close()


async def test_it_ends_with_its_parent_and_leaves_no_file(tmp_path: Path, sqlite_url: str) -> None:
    program = (
        "import asyncio, sys\n"
        "from bot.heavy.process import HeavyProcess\n"
        "from bot.heavy.registry import Heavy\n"
        f"lasts = Heavy('tests.bot.heavy.functions:lasts')\n"
        "async def untold(_number): pass\n"
        f"asyncio.run(HeavyProcess({sqlite_url!r}).do(lasts, {{'note': {str(tmp_path / 'note')!r}}}, untold))\n"
    )
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[3])}
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", program, env=environment)
    await _until((tmp_path / "note").exists)
    (child,) = psutil.Process(parent.pid).children()
    parent.kill()
    await parent.wait()
    await _until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)
    assert not await asyncio.to_thread(_folders, tmp_path)


async def _untold(_number: int) -> None:
    pass


def _folders(where: Path) -> list[Path]:
    return list(where.glob("meldind-*"))


def test_every_heavy_function_is_there() -> None:
    from bot.heavy.child import _function

    for heavy in registry.HEAVY.values():
        assert callable(_function(heavy.where))


async def _until(happens: object) -> None:
    assert callable(happens)

    async def happened() -> bool:
        return bool(happens())

    await until(happened)
