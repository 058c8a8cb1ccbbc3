"""The sender: what is in the outbox reaches Telegram, each chat's messages in order, the chats side by side."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.api import BotApi
from bot.delivering import Delivery, End
from bot.enclosures import completed
from bot.groups import moved
from bot.health import Health
from bot.logs import described, tell_of_failure
from bot.turns import Handled
from storage.errors import StorageClosed
from storage.outbox import OutboxRow
from storage.storage import Storage
from storage.work import Work

log = structlog.get_logger("meldind.sending")

SWEEP_SECONDS = 5.0
"""How often the outbox is searched for what nobody holds: rows of a process that died, and rows due later."""

AT_ONCE = 200
LONGEST_PAUSE = 30.0


class Sender:
    """Sends what is committed to the outbox, and keeps what became of it.

    `patience`: how long a due row of another process is left to that process; zero where there is only this one.
    `group_gone`: what follows when the bot is found to be no longer in a group.
    """

    def __init__(
        self,
        api: BotApi,
        storage: Storage,
        health: Health,
        patience: timedelta = timedelta(0),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        group_gone: Callable[[Work, int], object] = lambda work, chat: work.groups.forget(chat),
    ) -> None:
        self._storage = storage
        self._patience = patience
        self._clock = clock
        self._group_gone = group_gone
        self._delivery = Delivery(api, health, self._put_off, clock, self._completed, self._moved)
        self._queues: dict[int, deque[OutboxRow]] = {}
        self._held: set[int] = set()
        self._later: dict[int, datetime] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweep_now = asyncio.Event()
        self._stopping = False

    def hand_on(self, handled: Handled) -> None:
        """Send what came of an update. Its rows are committed; nobody waits for them to be sent."""
        if handled.press:
            self._start(self._delivery.answer(handled.press.id, handled.press.toast))
        self._offer(handled.rows)

    def look_for_unsent(self) -> None:
        """Search the outbox now, and not only when it is time."""
        self._sweep_now.set()

    async def take_up(self) -> None:
        """Take on what is left over from before: it was said before what is handed on from now on."""
        await self._sweep()

    async def run(self) -> None:
        """Send what becomes due, until cancelled."""
        while True:
            self._sweep_now.clear()
            try:
                pause = await self._sweep()
            except StorageClosed:
                return
            except Exception as error:  # noqa: BLE001 - a sweep that ended here would leave rows unsent for good
                log.warning("cannot look into the outbox, trying again", **described(error))
                pause = SWEEP_SECONDS
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._sweep_now.wait()

    async def stop(self, seconds: float) -> None:
        """Send what has been handed on, as far as that goes; the rest stays in the outbox."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds / 2)
        self._stopping = True
        self._delivery.stop()
        if self._tasks:
            _, late = await asyncio.wait(set(self._tasks), timeout=seconds / 2)
            for task in late:
                task.cancel()

    async def _sweep(self) -> float:
        """Take on what is due and not held; returns when to look again, in seconds."""
        now = self._clock()
        due = await self._storage.read(lambda work: work.outbox.due(now, AT_ONCE))
        patient = now - self._patience
        self._offer(row for row in due if row.id in self._later or row.due_at <= patient)
        self._later = {row: due_at for row, due_at in self._later.items() if due_at > now}
        if len(due) == AT_ONCE:
            return 0.5
        soonest = min(self._later.values(), default=None)
        return SWEEP_SECONDS if soonest is None else min(SWEEP_SECONDS, (soonest - now).total_seconds())

    def _offer(self, rows: Iterable[OutboxRow]) -> None:
        now = self._clock()
        for row in rows:
            if row.id in self._held or self._stopping:
                continue
            if row.due_at > now:
                self._later[row.id] = row.due_at
                self._sweep_now.set()  # so that it learns when to wake up
                continue
            self._later.pop(row.id, None)
            self._held.add(row.id)
            if row.chat_id in self._queues:
                self._queues[row.chat_id].append(row)
            else:
                self._queues[row.chat_id] = deque((row,))
                self._start(self._serve(row.chat_id))

    async def _serve(self, chat: int) -> None:
        """Send what waits for `chat`, one message after another."""
        queue = self._queues[chat]
        try:
            while queue and not self._stopping:
                row = queue[0]
                if row.press:
                    self._start(self._delivery.answer(row.press, row.toast))
                placed = await self._storage.read(partial(_placed, row)) if _replaces(row) else row
                end = await self._delivery.deliver(placed) if placed else End("cancelled")
                if end is None:
                    return
                await self._keep(partial(self._ended, row, end))
                if end.state == "stopped":
                    self.look_for_unsent()  # others may have been told
                    return
                self._held.discard(queue.popleft().id)
        except StorageClosed:
            pass
        finally:
            self._held.difference_update(row.id for row in queue)
            del self._queues[chat]

    def _ended(self, row: OutboxRow, end: End, work: Work) -> None:
        now = self._clock()
        match end.state:
            case "sent":
                work.outbox.sent(row.id, end.message, now)
            case "cancelled":
                work.outbox.cancelled(row.id, now)
            case "uncertain":
                work.outbox.uncertain(row.id, end.reason, now)
            case "failed":
                work.outbox.failed(row.id, end.reason, now)
            case "stopped":
                work.outbox.failed(row.id, end.reason, now)
                work.outbox.cancel_for(row.chat_id)
                if row.chat_id < 0:
                    self._group_gone(work, row.chat_id)
                else:
                    work.people.stopped(row.chat_id)  # a private chat has the number of its person

    async def _completed(self, row: OutboxRow) -> dict[str, Any]:
        return await completed(row.method, row.chat_id, row.payload, self._storage)

    async def _put_off(self, row: OutboxRow, due_at: datetime, reason: str) -> None:
        await self._keep(lambda work: work.outbox.again(row.id, due_at, reason))

    async def _moved(self, chat: int, new: int) -> None:
        await self._keep(lambda work: moved(work, chat, new, self._clock()))

    async def _keep(self, change: Callable[[Work], None]) -> None:
        """Keep what became of a row, however long the database is away: else it would be sent again."""
        pause = 0.5
        while True:
            try:
                return await self._storage.write(change)
            except StorageClosed:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it was, the message was sent
                log.warning("cannot keep what was sent, trying again", seconds=pause, **described(error))
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(tell_of_failure)


def _replaces(row: OutboxRow) -> bool:
    return row.method == "editMessageText" and "message_id" not in row.payload


def _placed(row: OutboxRow, work: Work) -> OutboxRow | None:
    """A notice that takes the place of the last one under its key, or comes as a message of its own.

    None where it is only to change a message (`only_shown`) and there is none.
    """
    shown = None if row.key is None else work.notices.shown(row.key)
    payload = {name: value for name, value in row.payload.items() if name != "only_shown"}
    if shown is None:
        return None if "only_shown" in row.payload else replace(row, method="sendMessage")
    return replace(row, payload={"message_id": shown, **payload})
