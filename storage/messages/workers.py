"""The worker processes of one database. Each gives a sign of life every second; others take over from a silent one."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.engine.clock import utc_now
from storage.models import leases, workers

SILENT_FOR = timedelta(seconds=6)
"""A worker without a sign of life for so long counts as dead. If it was only slow, it finds that it lost its leases."""

_FORGOTTEN_AFTER = timedelta(days=1)

_JOIN = insert(workers).returning(workers.c.id)
_HOLDS_NOTHING = update(leases).where(leases.c.worker_id == bindparam("this")).values(worker_id=None)
_SIGN = (
    update(workers)
    .where(workers.c.id == bindparam("this"))
    .values(seen_at=bindparam("now"), replies=bindparam("sent_lately"))
)
_LEAVE = delete(workers).where(workers.c.id == bindparam("this"))
_FORGET = delete(workers).where(workers.c.seen_at < bindparam("long_ago"))
_NAMES = select(workers.c.id, workers.c.name)
_ELSEWHERE = select(func.coalesce(func.sum(workers.c.replies), 0)).where(
    workers.c.id != bindparam("this"), workers.c.seen_at > bindparam("since")
)
_THE_TIME = select(func.clock_timestamp())


class Workers:
    """The workers, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def join(self, name: str) -> int:
        """Register a worker; returns its id. Workers that were silent for a day are deleted."""
        now = self.now()
        self._connection.execute(_FORGET, {"long_ago": now - _FORGOTTEN_AFTER})
        this: int = self._connection.execute(_JOIN, {"name": name, "seen_at": now, "replies": 0}).scalar_one()
        # SQLite reuses the id of a deleted row: leases held under that id before have another epoch.
        self._connection.execute(_HOLDS_NOTHING, {"this": this})
        return this

    def sign(self, this: int, replies: int) -> int:
        """Record a sign of life and the replies sent in the last second; returns how many all other workers sent."""
        now = self.now()
        self._connection.execute(_SIGN, {"this": this, "now": now, "sent_lately": replies})
        return int(self._connection.scalar(_ELSEWHERE, {"this": this, "since": now - SILENT_FOR}) or 0)

    def leave(self, this: int) -> None:
        """Deregister a worker that stops; others may take over from it at once."""
        self._connection.execute(_LEAVE, {"this": this})

    def names(self) -> list[tuple[int, str]]:
        """The ids and names of all workers, including dead ones."""
        return [(this, name) for this, name in self._connection.execute(_NAMES)]

    def alive_since(self) -> datetime:
        """A worker is alive if its last sign of life is after this time."""
        return self.now() - SILENT_FOR

    def now(self) -> datetime:
        """The time of the database if several machines can share it, because their own clocks may differ."""
        if self._connection.dialect.name != "postgresql":
            return utc_now()
        now: datetime = self._connection.execute(_THE_TIME).scalar_one()
        return now
