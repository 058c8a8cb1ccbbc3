"""Stores the results of deliveries, with retries while the database is away; otherwise messages would be sent again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import structlog

from bot.runtime.logs import described
from bot.runtime.timers import longer
from storage.engine.errors import StorageClosed
from storage.messages.outbox import OutboxRow
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.sending")

LONGEST_PAUSE = 30.0

Result = TypeVar("Result")


class DeliveryLog:
    """Stores what was sent.

    `group_gone` is called when the bot is no longer in a group, `muted` when it may not write there.
    """

    def __init__(
        self,
        storage: Storage,
        group_gone: Callable[[UnitOfWork, int], object],
        muted: Callable[[UnitOfWork, int], object],
    ) -> None:
        self._storage = storage
        self._group_gone = group_gone
        self._muted = muted

    async def keep(self, change: Callable[[UnitOfWork], Result]) -> Result:
        """Store `change`; returns its result when that survives a crash. After a power cut a message may be sent again.

        Raises StorageClosed if it is not stored.
        """
        pause = 0.0
        while True:
            try:
                return await self._storage.note(change)
            except StorageClosed:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it was, the message was sent
                pause = longer(pause, LONGEST_PAUSE)
                log.warning("cannot keep what was sent, trying again", seconds=pause, **described(error))
            await asyncio.sleep(pause)

    async def placed(self, row: OutboxRow) -> OutboxRow | None:
        """Returns the row as an edit of the last message with its key, or as a new message if there is none.

        None: it only changes a message (`only_shown`) and there is none.
        """
        if row.method != "editMessageText" or "message_id" in row.payload:
            return row
        return await self._storage.read(partial(_placed, row))

    def stopped(self, chat: int, work: UnitOfWork, *, muted: bool) -> None:
        """Cancel what waits for that chat: the person has stopped the bot, or it is `muted` there."""
        work.outbox.cancel_for(chat)
        if muted:
            self._muted(work, chat)
        elif chat < 0:
            self._group_gone(work, chat)
        else:
            work.people.stopped(chat)  # a private chat has the Telegram id of its person


def _placed(row: OutboxRow, work: UnitOfWork) -> OutboxRow | None:
    shown = None if row.key is None else work.notices.shown(row.key)
    payload = {name: value for name, value in row.payload.items() if name != "only_shown"}
    if shown is None:
        return None if "only_shown" in row.payload else replace(row, method="sendMessage")
    return replace(row, payload={"message_id": shown, **payload})
