"""Lanes: updates of one person in order, of different people in parallel."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.runtime.counting import count
from bot.runtime.logs import described
from bot.runtime.timers import longer
from bot.sending.handled import Handled
from storage.engine.errors import CommitUnknown, StorageClosed

log = structlog.get_logger("meldind.lanes")

LONGEST_PAUSE = 30.0


class Lanes:
    """Handles the waiting updates of the inbox, lane by lane, and passes on what is to be sent."""

    def __init__(
        self,
        handle_next: Callable[[int], Awaitable[Handled | None]],
        hand_on: Callable[[Handled], None],
        look_for_unsent: Callable[[], None],
    ) -> None:
        self._handle_next = handle_next
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
                    count("turns")
                    self._hand_on(handled)
        finally:
            del self._tasks[lane]
            del self._waiting[lane]
