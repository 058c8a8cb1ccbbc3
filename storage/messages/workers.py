"""The worker processes of one database: which live, what only one may do at a time, and until when all must pause.

Each gives a sign of life every second; others take over from a silent one.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from storage.engine.clock import utc_now
from storage.engine.inserting import insert_unless_there
from storage.models import leases, retry_after, workers

SILENT_FOR = timedelta(seconds=6)
"""A worker without a sign of life for so long counts as dead. If it was only slow, it finds that it lost its leases."""

_FORGOTTEN_AFTER = timedelta(days=1)


class Workers:
    """The workers, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join(self, name: str, *, works: bool = False) -> int:
        """Register a worker; returns its id. Workers that were silent for a day are deleted.

        `works`: it serves nobody, and does heavy and timed jobs alone.
        """
        now = self.now()
        self._connection.execute(delete(workers).where(workers.c.seen_at < now - _FORGOTTEN_AFTER))
        this: int = self._connection.execute(
            insert(workers).returning(workers.c.id), {"name": name, "seen_at": now, "replies": 0, "works": works}
        ).scalar_one()
        # SQLite reuses the id of a deleted row: leases held under that id before have another epoch.
        self._connection.execute(update(leases).where(leases.c.worker_id == this).values(worker_id=None))
        return this

    def sign(self, this: int, replies: int) -> int:
        """Record a sign of life and the replies sent in the last second; returns how many all other workers sent."""
        now = self.now()
        self._connection.execute(update(workers).where(workers.c.id == this).values(seen_at=now, replies=replies))
        query = select(func.coalesce(func.sum(workers.c.replies), 0)).where(
            workers.c.id != this, workers.c.seen_at > now - SILENT_FOR
        )
        return int(self._connection.scalar(query) or 0)

    def leave(self, this: int) -> None:
        """Deregister a worker that stops; others may take over from it at once."""
        self._connection.execute(delete(workers).where(workers.c.id == this))

    def names(self) -> list[tuple[int, str]]:
        """Returns the ids and names of all workers, including dead ones."""
        return [(this, name) for this, name in self._connection.execute(select(workers.c.id, workers.c.name))]

    def alive_since(self) -> datetime:
        """Returns a time: a worker that gave no sign of life after it counts as dead."""
        return self.now() - SILENT_FOR

    def now(self) -> datetime:
        """Returns the time of the database if several machines can share it, because their own clocks may differ."""
        if self._connection.dialect.name != "postgresql":
            return utc_now()
        now: datetime = self._connection.execute(select(func.clock_timestamp())).scalar_one()
        return now


LONGEST = timedelta(days=1)
"""The longest pause. Longer ones, which earlier versions stored, were never intended by Telegram."""

_MAKE = insert_unless_there(retry_after, "bot_id", returning=(retry_after.c.bot_id,))


class RetryAfter:
    """The pauses of each bot, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pause(self, bot_id: int, until: datetime, now: datetime) -> None:
        """Store that nothing may be sent before `until`; an existing longer pause stays."""
        self._connection.execute(_MAKE[self._connection.dialect.name], {"bot_id": bot_id, "until": until})
        self._connection.execute(
            update(retry_after)
            .where(
                retry_after.c.bot_id == bot_id,
                or_(retry_after.c.until < until, retry_after.c.until > now + LONGEST),
            )
            .values(until=until)
        )

    def until(self, bot_id: int, now: datetime) -> datetime | None:
        """Returns the end of the last pause, which may have passed; None: there was none."""
        query = select(retry_after.c.until).where(retry_after.c.bot_id == bot_id)
        until: datetime | None = self._connection.scalar(query)
        return None if until is None or until > now + LONGEST else until


SENDING = "sending"
"""The lease for sending notices and digests."""


def polling(bot_id: int) -> str:
    """Returns the name of the lease for fetching the updates of that bot."""
    return f"polling {bot_id}"


_MAKE_LEASE = insert_unless_there(leases, "name", returning=(leases.c.name,))


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
            self._connection.execute(_MAKE_LEASE[self._connection.dialect.name], new)
            held = self._held(name) or (None, 0, False)
        holder, epoch, alive = held
        if holder == worker:
            return epoch
        if holder is not None and alive and not alone:
            return None
        taken = self._connection.execute(
            update(leases)
            .where(leases.c.name == name, leases.c.epoch == epoch)
            .values(worker_id=worker, epoch=leases.c.epoch + 1)
        )
        return epoch + 1 if taken.rowcount else None

    def holds(self, name: str, worker: int, epoch: int) -> bool:
        """Returns whether the worker still holds the lease in that epoch; if so, it keeps it until the transaction is
        over.
        """
        query = (
            select(leases.c.epoch)
            .where(leases.c.name == name, leases.c.worker_id == worker, leases.c.epoch == epoch)
            .with_for_update(read=True)
        )
        return self._connection.scalar(query) is not None

    def sign_of_holder(self, name: str) -> datetime | None:
        """Returns when the holder of the lease last gave a sign of life; None: nobody holds it."""
        return self._connection.scalar(
            select(workers.c.seen_at).join(leases, leases.c.worker_id == workers.c.id).where(leases.c.name == name)
        )

    def _held(self, name: str) -> tuple[int | None, int, bool] | None:
        """Returns the holder, the epoch, and whether the holder is alive; None: nobody has ever held it."""
        query = select(
            leases.c.worker_id,
            leases.c.epoch,
            exists().where(workers.c.id == leases.c.worker_id, workers.c.seen_at > self._members.alive_since()),
        ).where(leases.c.name == name)
        for holder, epoch, alive in self._connection.execute(query):
            return holder, epoch, bool(alive)
        return None
