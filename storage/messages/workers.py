"""The processes that serve one database: each gives a sign every second; what a silent one held, others may take."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.engine.clock import utc_now
from storage.models import leases, workers

SILENT_FOR = timedelta(seconds=6)
"""Without a sign for so long, a worker counts as dead. One that was only slow finds what it held in other hands."""

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
        """One more worker; what it is known by from now on. Those that have been silent for a day are forgotten."""
        now = self.now()
        self._connection.execute(_FORGET, {"long_ago": now - _FORGOTTEN_AFTER})
        this: int = self._connection.execute(_JOIN, {"name": name, "seen_at": now, "replies": 0}).scalar_one()
        # SQLite gives a number again once its row is gone: what one of that number held before has another epoch.
        self._connection.execute(_HOLDS_NOTHING, {"this": this})
        return this

    def sign(self, this: int, replies: int) -> int:
        """The worker is alive and sent so many replies in the last second; returns how many all the others did."""
        now = self.now()
        self._connection.execute(_SIGN, {"this": this, "now": now, "sent_lately": replies})
        return int(self._connection.scalar(_ELSEWHERE, {"this": this, "since": now - SILENT_FOR}) or 0)

    def leave(self, this: int) -> None:
        """The worker stops in an orderly way: what it held may be taken at once."""
        self._connection.execute(_LEAVE, {"this": this})

    def names(self) -> list[tuple[int, str]]:
        """All workers, dead ones among them, with what they called themselves."""
        return [(this, name) for this, name in self._connection.execute(_NAMES)]

    def alive_since(self) -> datetime:
        """Who gave a sign after this moment is alive."""
        return self.now() - SILENT_FOR

    def now(self) -> datetime:
        """The time of the database, if it is one that several machines share: their own clocks may differ."""
        if self._connection.dialect.name != "postgresql":
            return utc_now()
        now: datetime = self._connection.execute(_THE_TIME).scalar_one()
        return now
