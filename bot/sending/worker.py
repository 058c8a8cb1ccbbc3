"""This process as one of several workers of a bot: it gives a sign of life every second, and holds leases."""

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

import structlog

from bot.runtime.health import Health
from bot.runtime.logs import described
from bot.runtime.processes import is_dead, own_name
from bot.runtime.timers import Timer
from bot.sending.rate_limits import RateLimits
from storage.engine.errors import StorageClosed
from storage.messages.workers import SENDING, SILENT_FOR
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.worker")

SIGN_SECONDS = 1.0

LEAVE_SECONDS = 1.0

SURE_FOR = SILENT_FOR.total_seconds() - 2.0
"""Seconds after a sign of life in which no other worker can take the leases, minus a margin for messages under way."""


class Worker:
    """One of several workers; `alone`: there can be no other (SQLite, whose file has a lock).

    It takes the lease for sending whenever that is free, and those it also `wants`. `id` is its worker id. `changed` is
    called when it gets or loses a lease, or when another worker left something to send.
    """

    def __init__(
        self,
        storage: Storage,
        bot_id: int,
        limits: RateLimits,
        health: Health,
        *,
        alone: bool,
        wants: Collection[str] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._storage = storage
        self._bot_id = bot_id
        self._limits = limits
        self._health = health
        self._alone = alone
        self._clock = clock
        self.changed = changed
        self.id = 0
        self._wanted = {SENDING, *wants}
        self._held: dict[str, int] = {}
        self._signed = 0.0
        self._timer = Timer("a sign of life", SIGN_SECONDS, self._sign)

    async def join(self) -> None:
        """Register as a worker. Leases of a worker that died on this machine become free at once."""
        self.id = await self._storage.write(_joined)
        if not self._alone:
            self._storage.work_as(self.id)
        await self._sign()

    async def run(self) -> None:
        """Give a sign of life regularly until cancelled; a worker that is alone needs none."""
        if not self._alone:
            await self._timer.run()

    async def leave(self) -> None:
        """Release all leases, so that others need not wait for them."""
        self._held.clear()
        try:
            async with asyncio.timeout(LEAVE_SECONDS):
                await self._storage.write(lambda work: work.workers.leave(self.id))
        except Exception as error:  # noqa: BLE001 - they find out by themselves
            log.warning("cannot take leave", **described(error))

    def epoch(self, lease: str) -> int | None:
        """Returns the epoch in which this worker holds the lease; None: it does not, or is not sure."""
        if not self._alone and _now() - self._signed > SURE_FOR:
            return None
        return self._held.get(lease)

    def lost(self, lease: str) -> None:
        """Record that another worker holds the lease."""
        if self._held.pop(lease, None) is not None:
            log.warning("another worker holds what was held here", lease=lease)
            self.changed()

    async def holds(self, lease: str) -> bool:
        """Returns whether this worker holds the lease; waits until this is known."""
        while not self._alone and _now() - self._signed > SURE_FOR:  # noqa: ASYNC110 - a lost sign is no event
            await asyncio.sleep(SIGN_SECONDS / 4)
        return lease in self._held

    async def gets(self, lease: str) -> bool:
        """Wait until this worker has the lease. False: another one that is alive holds it."""
        first = None
        while not await self.holds(lease):
            sign = await self._storage.read(lambda work: work.leases.sign_of_holder(lease))
            if first is not None and sign is not None and sign > first:
                return False
            first = first or sign
            await asyncio.sleep(SIGN_SECONDS / 4)
        return True

    async def pause(self, seconds: float) -> None:
        """Store that no worker may send anything for `seconds`."""
        until = self._clock() + timedelta(seconds=seconds)
        try:
            await self._storage.write(lambda work: work.retry_after.pause(self._bot_id, until, self._clock()))
        except StorageClosed:
            pass
        except Exception as error:  # noqa: BLE001 - here it is obeyed all the same
            log.warning("cannot keep a pause", **described(error))

    async def _sign(self) -> None:
        sure_from, replies = _now(), self._limits.lately(_now())
        held, elsewhere, until, adopted = await self._storage.write(lambda work: self._signed_by(work, replies))
        self._signed = sure_from
        self._limits.elsewhere = elsewhere
        if until is not None:
            left = (until - self._clock()).total_seconds()
            self._limits.pause(_now() + left)
            self._health.asked_to_wait(left)
        for lease in self._held.keys() - held.keys():
            self.lost(lease)
        gained = held.items() - self._held.items()
        self._held = held
        if gained:
            log.info("held here from now on", leases=sorted(lease for lease, _ in gained))
        if gained or adopted:
            self.changed()

    def _signed_by(self, work: UnitOfWork, replies: int) -> tuple[dict[str, int], int, datetime | None, int]:
        elsewhere = 0 if self._alone else work.workers.sign(self.id, replies)
        held, adopted = {}, 0
        for lease in sorted(self._wanted):
            if (epoch := work.leases.take(lease, self.id, alone=self._alone)) is not None:
                held[lease] = epoch
        now = self._clock()
        if SENDING in held:
            if self._held.get(SENDING) != held[SENDING]:
                work.delivery_queue.take_over(held[SENDING], now)
            if not self._alone:
                adopted = work.outbox.adopt(now, work.workers.alive_since())
        return held, elsewhere, work.retry_after.until(self._bot_id, now), adopted


def _joined(work: UnitOfWork) -> int:
    for this, name in work.workers.names():
        if is_dead(name):
            work.workers.leave(this)
    return work.workers.join(own_name())


def _now() -> float:
    return asyncio.get_running_loop().time()
