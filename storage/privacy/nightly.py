"""Nightly tasks: each is done once a night by one of the workers, or later if a night was missed."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import chores

GIVEN_UP = timedelta(hours=1)
"""A task that was begun so long ago and is not done belongs to a dead worker."""

_KNOWN = insert_unless_there(chores, "name", returning=(chores.c.name,))


class NightlyRuns:
    """The nightly tasks, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_due(self, name: str, since: datetime) -> bool:
        """Whether the task was not done since then."""
        done_at = self._connection.scalar(select(chores.c.done_at).where(chores.c.name == name))
        return done_at is None or done_at < since

    def take(self, name: str, since: datetime, now: datetime) -> bool:
        """Claim the task for the caller; False: it was done since then, or another worker is doing it."""
        new = {"name": name, "begun_at": None, "done_at": None, "reached": 0}
        self._connection.execute(_KNOWN[self._connection.dialect.name], new)
        free = (
            chores.c.name == name,
            or_(chores.c.done_at.is_(None), chores.c.done_at < since),
            or_(chores.c.begun_at.is_(None), chores.c.begun_at < now - GIVEN_UP, chores.c.begun_at <= chores.c.done_at),
        )
        return bool(self._connection.execute(update(chores).where(*free).values(begun_at=now)).rowcount)

    def reached(self, name: str) -> int:
        """The last row that the task handled before."""
        return self._connection.scalar(select(chores.c.reached).where(chores.c.name == name)) or 0

    def done(self, name: str, reached: int, now: datetime) -> None:
        """Mark the task as done, up to the row `reached`."""
        this = update(chores).where(chores.c.name == name)
        self._connection.execute(this.values(done_at=now, reached=reached))
