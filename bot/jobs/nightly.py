"""Every night data whose retention time is over is removed: what needs the database alone."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import structlog

from bot.heavy.queues import EVERY_MINUTE, done_again_later
from bot.heavy.work import recorded
from bot.jobs.timed.message import Look, Moment
from bot.jobs.timed.planning import plan_at_once
from bot.runtime.ids import new_id
from conversations.model.retention import last_night
from storage.people.audit import Entry
from storage.privacy.retention import Portion
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from procrastinate import App

log = structlog.get_logger("meldind.nightly")

RETENTION = "retention"
"""The name under which it is noted when that was last done."""

NIGHTLY = "nightly"
"""The name of the task, of its queue, and of the job as it is shown."""

PARTS = ("inbox", "outbox", "drafts", "contacts", "given", "sign_ups", "files", "experts", "nominations", "webhooks")
"""The nightly removals, by their names in storage/privacy/retention.py."""


class Nightly:
    """Removes such data: on PostgreSQL by a task of procrastinate, on SQLite when housekeeping looks."""

    queues: Mapping[str, int] = {NIGHTLY: 2}
    """What looks every minute needs not wait for what removes."""

    def __init__(
        self, storage: Storage, zone: ZoneInfo, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._storage = storage
        self._zone = zone
        self._clock = clock

    def register(self, app: "App") -> None:
        """Add the task, which looks every minute, to `app`."""

        async def look(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells each its time
            with done_again_later(NIGHTLY):
                await self.look()

        app.periodic(cron=EVERY_MINUTE)(app.task(name=NIGHTLY, queue=NIGHTLY, queueing_lock=NIGHTLY)(look))

    async def look(self) -> None:
        """Wipe what heavy jobs left, and remove what is due if that was not done since the last night."""
        now = self._clock()
        await self._storage.note(lambda work: work.heavy_jobs.sweep(now))
        since = last_night(now, self._zone)
        if not await self._storage.read(lambda work: work.last_done.is_due(RETENTION, since)):
            return
        this = new_id()
        if await self._storage.write(partial(_begun, this, since, now)):
            await recorded(self._storage, this, self._removed(now), self._clock)

    async def _removed(self, now: datetime) -> None:
        reached: Any = await self._storage.read(lambda work: work.last_done.reached(RETENTION))
        counts = {"warned": await self._storage.write(partial(_warn, self._zone, now))}
        starts = {"outbox": reached, "contacts": ""}
        for what in PARTS:
            counts[what], last = await self._in_portions(what, now, starts.get(what, 0))
            reached = max(reached, last) if what == "outbox" else reached
        await merge_search(self._storage)
        await self._storage.empty_journal()
        await self._storage.write(partial(_done, counts, reached, now))
        log.info("cleared away", **counts)

    async def _in_portions(self, what: str, now: datetime, after: Any) -> tuple[int, Any]:
        number = 0
        while True:
            portion = await self._storage.write(partial(_take, what, now, after))
            number += portion.number
            if portion.next is None:
                return number, after
            after = portion.next


async def merge_search(storage: Storage) -> None:
    """Maintain the index of the search, so that nothing deleted stays in it."""
    begin = True
    while await storage.write(partial(_merged, begin)):
        begin = False


def _begun(this: str, since: datetime, now: datetime, work: UnitOfWork) -> bool:
    """Claim the removals; False: they were done since then, or another worker is doing them."""
    if not work.last_done.take(RETENTION, since, now):
        return False
    work.heavy_jobs.abandon(now, NIGHTLY)
    work.heavy_jobs.note(this, NIGHTLY, NIGHTLY, now)
    work.heavy_jobs.begin(this, now)
    return True


def _merged(begin: bool, work: UnitOfWork) -> bool:
    return work.search.merge(begin=begin)


def _warn(zone: ZoneInfo, now: datetime, work: UnitOfWork) -> int:
    """Plan the messages of the nightly look, such as warnings to authors whose drafts will be deleted."""
    return plan_at_once(Look(work, now, zone), Moment.NIGHT)


def _take(what: str, now: datetime, after: Any, work: UnitOfWork) -> Portion:
    portion: Portion = getattr(work.retention, what)(now, after)
    return portion


def _done(counts: Mapping[str, int], reached: int, now: datetime, work: UnitOfWork) -> None:
    work.last_done.done(RETENTION, reached, now)
    if done := {what: number for what, number in counts.items() if number}:
        work.audit.add(Entry(now, None, "cleared away", new=done))
