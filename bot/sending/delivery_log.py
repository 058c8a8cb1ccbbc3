"""What became of messages is kept, however long the database is away: else they would be sent again."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import structlog

from bot.runtime.logs import described
from storage.engine.errors import StorageClosed
from storage.messages.outbox import OutboxRow
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

log = structlog.get_logger("meldind.sending")

LONGEST_PAUSE = 30.0

Result = TypeVar("Result")


class DeliveryLog:
    """Keeps what was sent.

    `group_gone`: what follows when the bot is found to be no longer in a group; `muted`: that it may not write there.
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
        """What `change` returns, once it outlives this process: what is lost with the power is sent once more.

        Raises StorageClosed when it will not be kept.
        """
        pause = 0.5
        while True:
            try:
                return await self._storage.note(change)
            except StorageClosed:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it was, the message was sent
                log.warning("cannot keep what was sent, trying again", seconds=pause, **described(error))
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def placed(self, row: OutboxRow) -> OutboxRow | None:
        """A notice that takes the place of the last one under its key, or comes as a message of its own.

        None where it is only to change a message (`only_shown`) and there is none.
        """
        if row.method != "editMessageText" or "message_id" in row.payload:
            return row
        return await self._storage.read(partial(_placed, row))

    def stopped(self, chat: int, work: UnitOfWork, *, muted: bool) -> None:
        """Nothing more is wanted in that chat, or the bot is `muted` there."""
        work.outbox.cancel_for(chat)
        if muted:
            self._muted(work, chat)
        elif chat < 0:
            self._group_gone(work, chat)
        else:
            work.people.stopped(chat)  # a private chat has the number of its person


def _placed(row: OutboxRow, work: UnitOfWork) -> OutboxRow | None:
    shown = None if row.key is None else work.notices.shown(row.key)
    payload = {name: value for name, value in row.payload.items() if name != "only_shown"}
    if shown is None:
        return None if "only_shown" in row.payload else replace(row, method="sendMessage")
    return replace(row, payload={"message_id": shown, **payload})
