"""Leases for work that only one worker may do at a time. The epoch shows when an earlier holder has lost a lease."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, select, update

from storage.engine.inserting import insert_unless_there
from storage.messages.workers import Workers
from storage.models import leases, workers

SENDING = "sending"
"""The lease for sending notices and digests."""


def polling(bot_id: int) -> str:
    """The name of the lease for fetching the updates of that bot."""
    return f"polling {bot_id}"


_MAKE = insert_unless_there(leases, "name", returning=(leases.c.name,))
_HELD = select(
    leases.c.worker_id,
    leases.c.epoch,
    exists().where(workers.c.id == leases.c.worker_id, workers.c.seen_at > bindparam("since")),
).where(leases.c.name == bindparam("of"))
_SIGN_OF_HOLDER = (
    select(workers.c.seen_at).join(leases, leases.c.worker_id == workers.c.id).where(leases.c.name == bindparam("of"))
)
_TAKE = (
    update(leases)
    .where(leases.c.name == bindparam("of"), leases.c.epoch == bindparam("seen"))
    .values(worker_id=bindparam("taker"), epoch=leases.c.epoch + 1)
)
_HOLDS = (
    select(leases.c.epoch)
    .where(
        leases.c.name == bindparam("of"), leases.c.worker_id == bindparam("holder"), leases.c.epoch == bindparam("this")
    )
    .with_for_update(read=True)
)


class Leases:
    """The leases, in one transaction."""

    def __init__(self, connection: Connection, members: Workers) -> None:
        self._connection = connection
        self._members = members

    def take(self, name: str, worker: int, *, alone: bool = False) -> int | None:
        """Take or keep the lease; returns the epoch. None: another worker, which is alive, holds it.

        `alone`: no other worker can be alive. Every change of the holder begins a new epoch.
        """
        held = self._held(name)
        if held is None:
            new = {"name": name, "worker_id": None, "epoch": 0}
            self._connection.execute(_MAKE[self._connection.dialect.name], new)
            held = self._held(name) or (None, 0, False)
        holder, epoch, alive = held
        if holder == worker:
            return epoch
        if holder is not None and alive and not alone:
            return None
        taken = self._connection.execute(_TAKE, {"of": name, "seen": epoch, "taker": worker})
        return epoch + 1 if taken.rowcount else None

    def holds(self, name: str, worker: int, epoch: int) -> bool:
        """Whether the worker still holds the lease in that epoch; if so, it keeps it until the transaction is over."""
        return self._connection.scalar(_HOLDS, {"of": name, "holder": worker, "this": epoch}) is not None

    def sign_of_holder(self, name: str) -> datetime | None:
        """When the holder of the lease last gave a sign of life; None: nobody holds it."""
        return self._connection.scalar(_SIGN_OF_HOLDER, {"of": name})

    def _held(self, name: str) -> tuple[int | None, int, bool] | None:
        """The holder, the epoch, and whether the holder is alive; None: nobody has ever held it."""
        for holder, epoch, alive in self._connection.execute(_HELD, {"of": name, "since": self._members.alive_since()}):
            return holder, epoch, bool(alive)
        return None
