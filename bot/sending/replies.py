"""The sender of replies: in order for each chat, chats in parallel, by the worker that handled the turn."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.runtime.logs import tell_of_failure
from bot.runtime.timers import Timer
from bot.sending.delivery import Again, Delivery, End
from bot.sending.delivery_log import DeliveryLog
from bot.sending.handled import Handled
from storage.engine.errors import StorageClosed
from storage.messages.outbox import OutboxRow
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.sending")

SWEEP_SECONDS = 5.0
"""How often the outbox is searched for rows that nobody holds: those of a dead process, and rows due later."""

LATE_EVERY = timedelta(seconds=30)
"""How often the outbox is searched for rows that are due too late, besides when the clock was put back."""

AT_ONCE = 200

LONGEST_BEHIND, LOOK_BEHIND, LOOK_IN_DOUBT = 12.0, 0.03, 1.0
"""Seconds that a reply waits for earlier ones of another worker, and how often it checks them.

It waits longer, and checks less often, if one of them may have arrived, because that one waits until Telegram answers.
"""

LEFT_OVER = timedelta(days=1)
"""At a start all delayed replies are taken, because they come before later ones."""


class ReplySender:
    """Sends the replies in the outbox, and stores the results.

    `look_for_notices` is called when there may be notices or digests to send, which another sender does.
    """

    def __init__(
        self,
        storage: Storage,
        delivery: Delivery,
        recorder: DeliveryLog,
        look_for_notices: Callable[[], None],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._delivery = delivery
        self._recorder = recorder
        self._look_for_notices = look_for_notices
        self._clock = clock
        self._queues: dict[int, deque[OutboxRow]] = {}
        self._held: set[int] = set()
        self._ended_meanwhile: set[int] = set()
        """Rows that ended during the reading of due rows: they may be among the rows read."""
        self._later: dict[int, datetime] = {}
        self._looked_for_late = datetime.min.replace(tzinfo=UTC)
        self._tasks: set[asyncio.Task[None]] = set()
        self.timer = Timer("replies to send", SWEEP_SECONDS, self._sweep)
        self._stopping = False

    def hand_on(self, handled: Handled) -> None:
        """Send the committed rows of a handled update, without waiting for it."""
        if handled.press:
            self._start(self._delivery.answer(handled.press.id, handled.press.toast))
        self._offer(row for row in handled.rows if row.kind == "reply")
        if any(row.kind != "reply" for row in handled.rows):
            self._look_for_notices()

    def look_for_unsent(self) -> None:
        """Search the outbox at once."""
        self.timer.look_now()
        self._look_for_notices()

    async def take_up(self) -> None:
        """Take replies left over from before the start, which come before later ones."""
        await self._bring_forward()
        due = await self._storage.read(lambda work: work.outbox.due(self._clock() + LEFT_OVER, AT_ONCE))
        self._offer(due, left_over=True)

    async def stop(self, seconds: float) -> None:
        """Finish what was handed on, within `seconds`; the rest stays in the outbox."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds / 2)
        self._stopping = True
        self._delivery.stop()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=seconds / 2)
            for task in late:
                task.cancel()

    async def _sweep(self) -> float | None:
        """Take due replies that are not yet held here; returns the seconds until the next look; None: the usual."""
        now = self._clock()
        if now - self._looked_for_late > LATE_EVERY or now < self._looked_for_late:
            await self._bring_forward()
        self._ended_meanwhile.clear()
        due = await self._storage.read(lambda work: work.outbox.due(now, AT_ONCE))
        self._offer(row for row in due if row.id not in self._ended_meanwhile)
        self._later = {row: due_at for row, due_at in self._later.items() if due_at > now}
        if len(due) == AT_ONCE:
            return 0.5
        soonest = min(self._later.values(), default=None)
        return None if soonest is None else min(SWEEP_SECONDS, (soonest - now).total_seconds())

    async def _bring_forward(self) -> None:
        """Make due what was dated by a clock that was ahead: nobody waits until the clock gets there."""
        self._looked_for_late = now = self._clock()
        if await self._storage.read(lambda work: work.outbox.is_dated_too_late(now)):
            number = await self._storage.write(lambda work: work.outbox.bring_forward(now))
            log.warning("the clock was ahead; what it dated too late is sent now", messages=number)
            self._look_for_notices()

    def _offer(self, rows: Iterable[OutboxRow], *, left_over: bool = False) -> None:
        now = self._clock()
        for row in rows:
            if row.id in self._held or self._stopping:
                continue
            if row.due_at > now and not row.attempts:
                self._later[row.id] = row.due_at
                self.timer.look_now()  # so that it computes the next look again
                continue
            self._later.pop(row.id, None)
            self._held.add(row.id)
            queue = self._queues.get(row.chat_id)
            if queue is not None:
                # What a dead worker left is late, and comes before newer replies.
                queue.insert(sum(other.id < row.id for other in queue), row)
            else:
                # It may have been on its way when the previous process died.
                first = replace(row, doubts=max(row.doubts, 1)) if left_over else row
                self._queues[row.chat_id] = deque((first,))
                self._start(self._serve(row.chat_id))

    async def _serve(self, chat: int) -> None:
        """Send the waiting replies to `chat`, one after another."""
        queue = self._queues[chat]
        answered = 0
        try:
            while queue and not self._stopping:
                row = queue[0]
                if row.press and row.id != answered:
                    answered = row.id
                    self._start(self._delivery.answer(row.press, row.toast))
                if row.behind:
                    await self._let_pass(row, queue)
                if (early := (row.due_at - self._clock()).total_seconds()) > 0:
                    await self._delivery.sleep(early)
                if queue[0] is not row:
                    continue
                placed = await self._recorder.placed(row)
                end = await self._delivery.deliver(placed, self._put_off) if placed else End("cancelled")
                if end is None:
                    return
                await self._recorder.keep(partial(self._ended, row, end))
                if end.state == "stopped":
                    self.look_for_unsent()  # other people may have got notices
                    return
                self._ended_meanwhile.add(row.id)
                self._held.discard(row.id)
                queue.remove(row)
                if end.instead:
                    self.timer.look_now()
        except StorageClosed:
            pass
        finally:
            self._held.difference_update(row.id for row in queue)
            del self._queues[chat]

    async def _let_pass(self, row: OutboxRow, queue: deque[OutboxRow]) -> None:
        """Wait for earlier replies of another worker to the same chat, with a limit.

        If that worker has died, its replies are put at the front of this queue.
        """
        begun = asyncio.get_running_loop().time()
        # This is polled, because the other process could only tell it through the database.
        while queue[0] is row and not self._stopping:
            doubts = await self._storage.read(lambda work: work.outbox.doubts_before(row))
            late = asyncio.get_running_loop().time() - begun > LONGEST_BEHIND
            if doubts is None or (late and not doubts):
                return
            await self._delivery.sleep(LOOK_IN_DOUBT if late else LOOK_BEHIND)

    def _ended(self, row: OutboxRow, end: End, work: UnitOfWork) -> None:
        now = self._clock()
        match end.state:
            case "sent":
                work.outbox.sent(row.id, end.message, now)
            case "cancelled":
                work.outbox.cancelled(row.id, now)
                work.outbox.instead(row, end.instead, now)
            case "failed":
                work.outbox.failed(row.id, end.reason, now)
            case "stopped":
                work.outbox.failed(row.id, end.reason, now)
                self._recorder.stopped(row.chat_id, work, muted=end.muted)

    async def _put_off(self, again: Again) -> None:
        due_at = self._clock() + timedelta(seconds=again.seconds)
        await self._recorder.keep(
            lambda work: work.outbox.again(again.row.id, due_at, again.reason, doubtful=again.doubtful)
        )

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(tell_of_failure)
