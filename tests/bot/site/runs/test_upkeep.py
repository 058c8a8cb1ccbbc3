"""The site is written a minute after a change, on a simulated clock: once, by one worker, and again after a failure."""

import asyncio
import errno
import io
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import pytest
import structlog

from bot.botapi import BotApiServer
from bot.files.open_data import public_tables
from bot.heavy.lanes import HeavyLanes
from bot.heavy.registry import HEAVY, SITE
from bot.heavy.task import HeavyTask
from bot.heavy.work import HeavyWork
from bot.jobs import site_upkeep
from bot.jobs.site_upkeep import NotPublished, SiteAsHeavyWork, SiteUpkeep
from bot.runtime.counting import COUNTS
from bot.runtime.health import Health
from bot.runtime.metrics import metrics
from bot.runtime.settings import Settings
from bot.site.runs.heavy import publish_as_job
from conversations.model.calls import end_of
from conversations.model.outcomes import (
    Answered,
    CallChanged,
    CallStarted,
    CollectionChanged,
    CollectionStarted,
    Outcome,
    ReportClaimed,
    ReportWithdrawn,
)
from storage.session.storage import Storage
from tests.bot.site.publishing import files_of, published
from tests.bot.stage import Stage, settings_for, until
from tests.storage.chat import ANA, BO, keep
from tests.storage.publishing import publish as publish_report

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Minutes:
    """An upkeep whose clock is set by the test; it writes a real site in this process."""

    def __init__(self, storage: Storage, site: Path) -> None:
        self.storage = storage
        self.site = site
        self.now = NOW
        self.runs: list[str] = []
        self.bot = "meldind_bot"
        self.mine = True
        self.full = False
        self.upkeep = self.worker()

    def worker(self) -> SiteUpkeep:
        """A worker that has just started."""
        return SiteUpkeep(
            self.storage, self.publish, COPENHAGEN, lambda: self.mine, lambda: self.bot, clock=lambda: self.now
        )

    async def publish(self, bot: str) -> Mapping[str, Any]:
        if self.full:
            raise NotPublished("The disk is full")
        self.runs.append(bot)
        await asyncio.to_thread(published, self.storage, self.site, now=self.now, bot=bot)
        return {}

    async def after(self, **time: float) -> float | None:
        """Some time passes, and it is looked again."""
        self.now += timedelta(**time)
        return await self.upkeep.look()

    async def starts(self) -> None:
        """The first look, and the run that follows it."""
        await self.upkeep.look()
        assert self.runs == []
        await self.after(seconds=11)
        assert len(self.runs) == 1
        self.runs.clear()

    async def keeps(self, *outcomes: Outcome, who: int = BO) -> None:
        await keep(self.storage, *outcomes, who=who, now=self.now)


@pytest.fixture
def minutes(storage: Storage, tmp_path: Path) -> Minutes:
    return Minutes(storage, tmp_path / "site")


def titles(site: Path) -> set[str]:
    return {json.loads(line)["answers"]["title"] for line in (site / "reports.jsonl").read_text("utf-8").splitlines()}


async def published_now(minutes: Minutes, report: str, title: str) -> None:
    hours = (minutes.now - datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)) / timedelta(hours=1)
    await publish_report(minutes.storage, report, hours, title=title)  # type: ignore[arg-type]


async def test_a_change_is_on_the_site_after_a_minute_and_further_ones_with_it(minutes: Minutes) -> None:
    await minutes.starts()
    await published_now(minutes, "r1", "Sprogcafé")
    await minutes.after(seconds=30)
    await published_now(minutes, "r2", "Lektiecafé")
    await minutes.after(seconds=29)
    assert minutes.runs == []
    await minutes.after(seconds=1)
    assert minutes.runs == ["meldind_bot"]
    assert titles(minutes.site) == {"Sprogcafé", "Lektiecafé"}
    for _ in range(20):
        await minutes.after(seconds=30)
    assert len(minutes.runs) == 1


async def test_what_is_withdrawn_or_corrected_is_so_on_the_site_after_a_minute(minutes: Minutes) -> None:
    await published_now(minutes, "r1", "Sprogcafé")
    await published_now(minutes, "r2", "Lektiecafé")
    await minutes.starts()
    assert titles(minutes.site) == {"Sprogcafé", "Lektiecafé"}
    await minutes.after(minutes=5)
    minutes.runs.clear()
    await minutes.keeps(ReportWithdrawn("r1"), Answered("r2", "title", "Lektiecaféen"), who=ANA)
    await minutes.after(seconds=61)
    assert len(minutes.runs) == 1
    assert titles(minutes.site) == {"Lektiecaféen"}


@pytest.mark.parametrize(
    "outcomes",
    [
        [CallStarted("rum", "da", "Rum til alle", "UTC"), CallChanged("rum", "status", "open")],
        [CollectionStarted("ten", "da", "Ti gode"), CollectionChanged("ten", "status", "published")],
    ],
)
async def test_calls_and_collections_are_changes_too(minutes: Minutes, outcomes: list[Outcome]) -> None:
    await minutes.starts()
    await minutes.keeps(*outcomes)
    await minutes.after(seconds=61)
    assert len(minutes.runs) == 1


async def test_what_nobody_sees_on_the_site_is_no_reason_to_write_it(minutes: Minutes) -> None:
    await publish_report(minutes.storage, "r1")
    await minutes.starts()
    await minutes.after(minutes=5)
    minutes.runs.clear()
    await minutes.keeps(ReportClaimed("r1"))
    for _ in range(5):
        await minutes.after(minutes=1)
    assert minutes.runs == []


async def test_a_change_that_was_kept_late_is_not_missed(minutes: Minutes) -> None:
    await minutes.starts()
    await published_now(minutes, "r1", "Sprogcafé")
    await minutes.after(seconds=55)
    await minutes.after(seconds=5)
    await published_now(minutes, "r2", "Lektiecafé")  # while the site is written
    minutes.runs.clear()
    await minutes.after(seconds=61)
    assert len(minutes.runs) == 1
    assert titles(minutes.site) == {"Sprogcafé", "Lektiecafé"}


async def test_each_day_begins_with_a_new_site_because_calls_end(minutes: Minutes) -> None:
    await minutes.starts()
    deadline = {"at": end_of(NOW.date(), COPENHAGEN).isoformat(), "timezone": "Europe/Copenhagen"}
    await minutes.keeps(
        CallStarted("rum", "da", "Rum", "Europe/Copenhagen"),
        CallChanged("rum", "deadline", deadline),
        CallChanged("rum", "status", "open"),
    )
    await minutes.after(minutes=2)
    assert b"call-rum@meldind" in (minutes.site / "calls.ics").read_bytes()
    await minutes.after(hours=13)
    assert b"call-rum@meldind" in (minutes.site / "calls.ics").read_bytes()
    minutes.now = datetime(2026, 11, 23, 23, 0, 30, tzinfo=UTC)  # half past midnight in Copenhagen
    await minutes.upkeep.look()
    assert b"call-rum@meldind" not in (minutes.site / "calls.ics").read_bytes()


async def test_only_the_worker_whose_turn_it_is_writes_and_another_goes_on(minutes: Minutes) -> None:
    minutes.mine = False
    for _ in range(5):
        await minutes.after(minutes=1)
    assert minutes.runs == []
    minutes.mine = True
    await minutes.starts()
    await published_now(minutes, "r1", "Sprogcafé")
    minutes.upkeep = minutes.worker()  # the first one died, and nobody has written since
    await minutes.after(seconds=1)
    await minutes.after(seconds=11)
    assert len(minutes.runs) == 1
    assert titles(minutes.site) == {"Sprogcafé"}


async def test_links_into_the_bot_come_when_its_name_is_known(minutes: Minutes) -> None:
    minutes.bot = ""
    await minutes.starts()
    minutes.bot = "meldind_bot"
    await minutes.after(seconds=10)
    assert minutes.runs == ["meldind_bot"]


async def test_a_failure_is_told_counted_and_tried_again_with_longer_pauses(minutes: Minutes) -> None:
    await minutes.starts()
    before = files_of(minutes.site)
    await published_now(minutes, "r1", "Sprogcafé")
    minutes.full = True
    failed = COUNTS["site", "failed"]
    with structlog.testing.capture_logs() as told:
        pauses = [await minutes.after(seconds=61), await minutes.after(seconds=60), await minutes.after(seconds=120)]
    assert pauses == [60.0, 120.0, 240.0]
    assert COUNTS["site", "failed"] == failed + 3
    assert {(each["event"], each["reason"]) for each in told} == {("the site is not written", "The disk is full")}
    assert files_of(minutes.site) == before
    minutes.full = False
    assert await minutes.after(seconds=240) is None
    assert titles(minutes.site) == {"Sprogcafé"}


@pytest.fixture
async def heavy(storage: Storage, database_url: str) -> AsyncIterator[HeavyWork]:
    lanes = HeavyLanes(database_url)
    work = HeavyWork(storage, lanes, shared=database_url.startswith("postgresql"))
    try:
        yield work
    finally:
        await work.close()
    await lanes.close()


def of_its_own(heavy: HeavyWork, site: Path) -> SiteAsHeavyWork:
    """What writes the site in a process of its own."""
    settings = Settings(site=site, site_url="https://example.org")  # type: ignore[call-arg]
    return SiteAsHeavyWork(heavy, settings, lambda: NOW)


async def test_a_process_of_its_own_writes_the_site(storage: Storage, heavy: HeavyWork, tmp_path: Path) -> None:
    await publish_report(storage, "r1", title="Sprogcafé")
    done = await of_its_own(heavy, tmp_path / "site").publish("meldind_bot")
    assert done["initiatives"] == 1
    assert titles(tmp_path / "site") == {"Sprogcafé"}
    assert b"Sitemap: https://example.org/sitemap.xml" in (tmp_path / "site" / "robots.txt").read_bytes()
    again = await of_its_own(heavy, tmp_path / "site").publish("meldind_bot")
    assert (again["rewritten"], again["removed"]) == (0, 0)


async def test_what_the_process_cannot_do_is_told_in_a_line(storage: Storage, heavy: HeavyWork, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "holiday.jpg").write_bytes(b"")
    with pytest.raises(NotPublished, match="has other files in it and is not a site of Meldind"):
        await of_its_own(heavy, site).publish("")
    assert [each.name for each in site.iterdir()] == ["holiday.jpg"]


async def test_a_process_that_dies_is_a_failure_and_the_next_one_goes_on(
    storage: Storage, heavy: HeavyWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await publish_report(storage, "r1", title="Sprogcafé")
    monkeypatch.setitem(HEAVY, SITE, replace(HEAVY[SITE], where="tests.bot.heavy.functions:dies_always"))
    with pytest.raises(NotPublished, match="died"):
        await of_its_own(heavy, tmp_path / "site").publish("")
    monkeypatch.undo()
    assert (await of_its_own(heavy, tmp_path / "site").publish(""))["initiatives"] == 1


async def test_on_a_full_disk_the_site_stays_as_it_was_and_the_reason_is_told(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await publish_report(storage, "r1", title="Sprogcafé")
    site = tmp_path / "site"
    given = {"folder": str(site), "address": "", "bot": "", "zone": "Europe/Copenhagen", "at": NOW.isoformat()}

    async def written() -> Mapping[str, Any]:
        while not await storage.write(lambda work: work.summaries.refresh(batches=1)):
            pass
        task = HeavyTask(storage, io.BytesIO(), lambda _number: None)
        return await asyncio.to_thread(publish_as_job, given, task)

    await written()
    before = files_of(site)
    await publish_report(storage, "r2", title="Lektiecafé")

    def full(_those: object, file: BinaryIO) -> None:
        file.write(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as tight:
        tight.setattr(public_tables, "write_csv", full)
        told = await written()
    assert told == {"failed": f"{site} cannot be written: No space left on device. The site is as before."}
    assert files_of(site) == before
    assert (await written())["initiatives"] == 2
    assert titles(site) == {"Sprogcafé", "Lektiecafé"}


async def test_a_serving_bot_keeps_its_site_and_tells_in_its_metrics(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_upkeep, "AFTER_START", timedelta(0))
    monkeypatch.setattr(site_upkeep, "AFTER_CHANGE", timedelta(0))
    monkeypatch.setattr(site_upkeep, "LOOK_SECONDS", 0.1)
    written = COUNTS["site", "written"]
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path, site=tmp_path / "site"))
        await stage.start()
        await publish_report(stage.storage, "r1", title="Sprogcafé")

        async def is_on_the_site() -> bool:
            return COUNTS["site", "written"] > written and titles(tmp_path / "site") == {"Sprogcafé"}

        await until(is_on_the_site, patience=60)
        await stage.stop()
    figures = metrics(Health(), {}, "polling", "1", trouble="").decode()
    assert 'meldind_site_total{result="written"}' in figures
