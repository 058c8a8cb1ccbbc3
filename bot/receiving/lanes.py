"""Lanes: updates of one person in order, of different people in parallel."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeAlias

import structlog

from bot.runtime.counting import count
from bot.runtime.logs import described
from bot.runtime.timers import longer
from bot.sending.handled import Handled, TakenIn
from storage.engine.errors import CommitUnknown, StorageClosed
from storage.messages.inbox import Received
from storage.session.unit_of_work import UnitOfWork

Store: TypeAlias = Callable[[UnitOfWork], Sequence[Received]]
"""Stores updates; returns the new ones."""

log = structlog.get_logger("meldind.lanes")

LONGEST_PAUSE = 30.0


class Lanes:
    """Handles the waiting updates of the inbox, lane by lane, and passes on what is to be sent."""

    def __init__(
        self,
        handle_next: Callable[[int], Awaitable[Handled | None]],
        hand_on: Callable[[Handled], None],
        look_for_unsent: Callable[[], None],
        take_in: Callable[[int, Store], Awaitable[TakenIn]],
    ) -> None:
        self._handle_next = handle_next
        self._take_in = take_in
        self._hand_on = hand_on
        self._look_for_unsent = look_for_unsent
        self._waiting: dict[int, int] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._stopping = False

    def wake(self, lane: int, updates: int = 1) -> None:
        """`updates` more have been committed to the inbox for `lane`."""
        self._waiting[lane] = self._waiting.get(lane, 0) + updates
        if lane not in self._tasks and not self._stopping:
            self._tasks[lane] = asyncio.create_task(self._work_off(lane), name=f"lane {lane}")

    async def take(self, lane: int, store: Store) -> int | None:
        """Store one update of `lane` with `store` and handle it in the same transaction.

        Returns how many were new, 0 or 1. None: nothing was done, because the lane is busy or because it failed.
        """
        if lane in self._tasks or self._stopping:
            return None
        taken: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        self._waiting[lane] = 0
        self._tasks[lane] = asyncio.create_task(self._begin_with(lane, store, taken), name=f"lane {lane}")
        return await taken

    def busy(self, lane: int) -> bool:
        """Returns whether `lane` is being handled."""
        return lane in self._tasks

    async def stop(self, seconds: float) -> None:
        """Start no new turns and finish those under way; waiting updates stay in the inbox."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=seconds)
            for task in late:
                task.cancel()

    async def _begin_with(self, lane: int, store: Store, taken: "asyncio.Future[int | None]") -> None:
        new = None
        try:
            taken_in = await self._take_in(lane, store)
            new = taken_in.new
            if taken_in.handled:
                self._done(taken_in.handled)
            if not taken_in.finished:
                self._waiting[lane] += 1
        except CommitUnknown:
            self._look_for_unsent()
        except Exception as error:  # noqa: BLE001 - it is then stored and handled in two steps, and fails there
            log.debug("update not stored and handled at once", **described(error))
        finally:
            if not taken.done():
                taken.set_result(new)
            await self._work_off(lane)

    def _done(self, handled: Handled) -> None:
        count("turns")
        self._hand_on(handled)

    async def _work_off(self, lane: int) -> None:
        pause = 0.0
        try:
            while (waiting := self._waiting[lane]) > 0 and not self._stopping:
                try:
                    handled = await self._handle_next(lane)
                except StorageClosed:
                    return
                except Exception as error:  # noqa: BLE001 - a lane that ended here would leave its person without an answer
                    pause = longer(pause, LONGEST_PAUSE)
                    log.warning("turn not kept, trying again", seconds=pause, **described(error))
                    if isinstance(error, CommitUnknown):
                        self._look_for_unsent()
                    await asyncio.sleep(pause)
                    continue
                pause = 0.0
                # If nothing waits, all updates known before the look are done, but not those that came since.
                self._waiting[lane] -= 1 if handled else waiting
                if handled:
                    self._done(handled)
        finally:
            del self._tasks[lane]
            del self._waiting[lane]
