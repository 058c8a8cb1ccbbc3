"""Intake of updates: each is committed to the inbox unchanged before it is acknowledged to Telegram."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zlib import crc32

import structlog

from bot.receiving.lanes import Lanes
from bot.runtime.counting import count
from bot.telegram.updates import INLINE, kind_of, lane
from storage.engine.jsons import written
from storage.messages.inbox import Received
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.intake")

_LARGEST_ID = 2**63 - 1


class Intake:
    """Stores updates for the bot `bot_id`, and wakes their lanes."""

    def __init__(
        self,
        storage: Storage,
        lanes: Lanes,
        bot_id: int,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        asked_inline: Callable[[Mapping[str, Any]], None] = lambda _update: None,
    ) -> None:
        self._storage = storage
        self._lanes = lanes
        self._bot_id = bot_id
        self._clock = clock
        self._asked_inline = asked_inline

    async def keep(self, updates: Sequence[object], *, waits: bool = False) -> None:
        """Commit `updates`; when this returns they may be acknowledged. Raises a StorageError if nothing is stored.

        A known update is not stored again. Data that is not an update is set aside, so that it does not come again for
        ever. `waits`: no others come before this returns, so a single update may be handled in the same transaction.
        """
        readable: list[tuple[int, int, str]] = []
        broken: list[object] = []
        for update in updates:
            if (number := update_number(update)) is None:
                broken.append(update)
            elif isinstance(update, Mapping) and update.get(INLINE) is not None:
                self._asked_inline(update)  # inline queries are answered and never stored
            elif not isinstance(update, Mapping) or kind_of(update) is None:
                log.info("kind of update not asked for, dropped", update=number)
            elif (packed := _packed(update)) is not None:
                readable.append((number, lane(update), packed))
            else:
                broken.append({"update_id": number, "unreadable": "nested too deeply"})
        if not readable and not broken:
            return
        store = partial(self._store, readable, broken)
        if waits and not self._storage.in_order and len(readable) == 1 and not broken:
            new = await self._lanes.take(readable[0][1], store)
            if new is not None:
                count("updates", times=new)
                return
        storing = self._storage.write(store)
        if self._storage.in_order:
            # Their turns follow in the same commit: one wait for the disk instead of two.
            for _number, waiting, _packed_update in readable:
                self._lanes.wake(waiting)
        kept = await storing
        count("updates", times=len(kept))
        count("quarantined", times=len(broken))
        if not self._storage.in_order:
            for each in kept:
                self._lanes.wake(each.lane)

    async def resume(self) -> None:
        """Wake the lanes with updates that waited before the start."""
        for waiting in await self._storage.read(lambda work: list(work.inbox.waiting_lanes())):
            if not self._lanes.busy(waiting):
                # Each lane is handled until it is empty, so the number of updates need not be known.
                self._lanes.wake(waiting, updates=_LARGEST_ID)

    def _store(
        self, readable: Sequence[tuple[int, int, str]], broken: Sequence[object], work: UnitOfWork
    ) -> Sequence[Received]:
        now = self._clock()
        for update in broken:
            payload = _packed(update) or "null"
            # Without an id it gets one made from its content, so that equal data is stored once.
            number = -1 - crc32(payload.encode())
            log.error("unreadable update, set aside", update=number)
            work.inbox.quarantine(self._bot_id, number, payload, "not an update", now)
        return work.inbox.receive_many(self._bot_id, readable, now)


def _packed(update: object) -> str | None:
    """`update` as JSON; None if it is nested too deeply."""
    try:
        return written(update).decode()
    except RecursionError:
        return None


def update_number(update: object) -> int | None:
    """Returns the id of `update`; None if it has no valid one."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number if type(number) is int and 0 <= number <= _LARGEST_ID else None
