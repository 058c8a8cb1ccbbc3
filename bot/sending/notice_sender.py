"""The sender of notices and digests: one for each token, in small portions, as fast as Telegram permits.

Only a portion of the queue is in memory. Rows are marked before they are sent, with the epoch of the lease, so that
after a crash the messages in doubt are known (see storage/messages/delivery_queue.py).
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from bot.runtime.logs import tell_of_failure
from bot.runtime.timers import Timer
from bot.sending.delivery import Again, Delivery, End
from bot.sending.delivery_log import DeliveryLog
from bot.sending.rate_limits import RateLimits
from bot.sending.worker import Worker
from storage.engine.errors import StorageClosed
from storage.messages.outbox import OutboxRow
from storage.messages.workers import SENDING
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.sending")

SWEEP_SECONDS = 5.0
"""How often the outbox is searched without a wakeup."""

CANDIDATES = 50
"""Rows that are read to find a portion."""

PORTION = 10
"""Rows marked as being sent at once: so few that a crash leaves few in doubt."""

LONGEST_WAIT = 1.0
"""Seconds after which the lease and `stop` are checked again."""

SIDE_BY_SIDE = 40
"""Messages under way at a time, so that a few slow chats do not delay others."""


class NoticeSender:
    """Sends notices and digests while this worker holds the lease."""

    def __init__(
        self,
        storage: Storage,
        worker: Worker,
        delivery: Delivery,
        recorder: DeliveryLog,
        limits: RateLimits,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._worker = worker
        self._delivery = delivery
        self._recorder = recorder
        self._limits = limits
        self._clock = clock
        self._epoch = 0
        """The epoch in which rows were marked last: they are given back even while it is unsure who holds the lease."""
        self._under_way: dict[int, int] = {}
        """The row being sent to each chat."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._running: asyncio.Task[None] | None = None
        self._stopping = False
        self.timer = Timer("notices to send", SWEEP_SECONDS, self._send_due)

    def start(self) -> None:
        """Start sending due rows, until `stop`."""
        self._running = asyncio.create_task(self.timer.run(), name="notices")
        self._running.add_done_callback(tell_of_failure)

    async def stop(self, seconds: float) -> None:
        """Finish the messages under way; the rest stays in the outbox."""
        self._stopping = True
        self.timer.stop()
        if self._running is None:
            return
        await asyncio.wait({self._running, *self._tasks}, timeout=seconds)
        self._running.cancel()
        with contextlib.suppress(TimeoutError, StorageClosed):
            async with asyncio.timeout(LONGEST_WAIT):
                await self._give_back()

    async def _send_due(self) -> None:
        try:
            while await self._portion():
                pass
        except StorageClosed:
            raise
        except Exception:
            await self._give_back()  # some rows may be marked although the call failed
            raise

    async def _portion(self) -> bool:
        """Send a portion of the due rows; False: there is nothing more to do now."""
        epoch = self._worker.epoch(SENDING)
        if epoch is None or self._stopping:
            return False
        if (wait := self._limits.room(_now())) > 0:
            await asyncio.sleep(min(wait, LONGEST_WAIT))
            return True
        if len(self._tasks) >= SIDE_BY_SIDE:
            await asyncio.wait(set(self._tasks), timeout=LONGEST_WAIT, return_when=asyncio.FIRST_COMPLETED)
            return True
        now, busy = self._clock(), list(self._under_way)
        due = await self._storage.read(lambda work: work.delivery_queue.due(now, CANDIDATES, busy))
        chosen, waits = choose(due, self._limits, _now(), min(PORTION, SIDE_BY_SIDE - len(self._tasks)))
        if not chosen and not waits:
            return False
        self._epoch = epoch
        taken = await self._storage.write(partial(self._taken, [row.id for row in chosen], waits, now, epoch))
        if taken is None:
            self._worker.lost(SENDING)
            return False
        for seconds in waits.values():
            asyncio.get_running_loop().call_later(seconds, self.timer.look_now)
        if not await self._send_all([row for row in chosen if row.id in taken], epoch):
            await self._give_back()
        return True

    def _taken(
        self, these: list[int], waits: dict[int, float], now: datetime, epoch: int, work: UnitOfWork
    ) -> set[int] | None:
        for chat, seconds in waits.items():
            work.delivery_queue.put_off(chat, now + timedelta(seconds=seconds))
        return work.delivery_queue.take(these, self._worker.id, epoch)

    async def _send_all(self, rows: Sequence[OutboxRow], epoch: int) -> bool:
        """Start to send `rows`, each when the limits permit; False: it was interrupted."""
        for row in rows:
            while (wait := self._limits.room(_now())) > 0 and not self._stopping:
                if wait > LONGEST_WAIT:
                    return False
                await asyncio.sleep(wait)
            if self._stopping or self._worker.epoch(SENDING) != epoch:
                return False
            sent_at = _now()
            self._limits.sent(row.chat_id, sent_at, notice=True)
            self._under_way[row.chat_id] = row.id
            task = asyncio.create_task(self._send(row, epoch))
            task.add_done_callback(lambda _task, sent_at=sent_at: self._limits.answered(sent_at, _now()))  # type: ignore[misc]
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            task.add_done_callback(tell_of_failure)
        return True

    async def _give_back(self) -> None:
        """Unmark rows that are marked as being sent by this worker but are not."""
        besides = list(self._under_way.values())
        await self._recorder.keep(lambda work: work.delivery_queue.give_back(self._epoch, besides))

    async def _send(self, row: OutboxRow, epoch: int) -> None:
        try:
            if row.press:
                await self._delivery.answer(row.press, row.toast)
            placed = await self._recorder.placed(row)
            outcome = await self._delivery.attempt(placed) if placed else End("cancelled")
            if not await self._recorder.keep(partial(self._kept, row, outcome, epoch)):
                log.warning("what became of a message is somebody else's to say", row=row.id)
            if isinstance(outcome, Again):
                asyncio.get_running_loop().call_later(outcome.seconds, self.timer.look_now)
        except StorageClosed:
            pass
        finally:
            del self._under_way[row.chat_id]
            self.timer.look_now()

    def _kept(self, row: OutboxRow, outcome: End | Again, epoch: int, work: UnitOfWork) -> bool:
        now = self._clock()
        match outcome:
            case Again(reason=reason, doubtful=True) if row.kind == "digest" or row.doubts:
                return work.delivery_queue.ended(row.id, epoch, "uncertain", now, error=reason)
            case Again(seconds=seconds, reason=reason, doubtful=doubtful):
                then = now + timedelta(seconds=seconds)
                kept = work.delivery_queue.again(row.id, epoch, then, reason, doubtful=doubtful)
                work.delivery_queue.put_off(row.chat_id, then)
                return kept
            case End():
                state = "failed" if outcome.state == "stopped" else outcome.state
                kept = work.delivery_queue.ended(
                    row.id, epoch, state, now, message=outcome.message, error=outcome.reason
                )
                if kept:
                    work.outbox.instead(row, outcome.instead, now)
                if outcome.state == "stopped":
                    self._recorder.stopped(row.chat_id, work, muted=outcome.muted)
                return kept


def choose(
    due: Sequence[OutboxRow], limits: RateLimits, now: float, most: int
) -> tuple[list[OutboxRow], dict[int, float]]:
    """Of `due`, up to `most` rows to send now, at most one for a chat, and the chats that must wait, in seconds.

    A digest is sent alone, so that a crash leaves no digest in doubt that was not tried.
    """
    chosen: dict[int, OutboxRow] = {}
    waits: dict[int, float] = {}
    for row in due:
        if len(chosen) >= most or (chosen and row.kind == "digest"):
            break
        if row.chat_id in chosen or row.chat_id in waits:
            continue
        if (wait := limits.notice_wait(row.chat_id, now)) > 0:
            waits[row.chat_id] = wait
        else:
            chosen[row.chat_id] = row
            if row.kind == "digest":
                break
    return list(chosen.values()), waits


def _now() -> float:
    return asyncio.get_running_loop().time()
