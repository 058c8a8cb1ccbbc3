"""What is done once a night, by whichever worker takes it up, also after a night that was missed."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import chores

GIVEN_UP = timedelta(hours=1)
"""A chore that was begun so long ago and is not done was left by a worker that died."""

_KNOWN = insert_unless_there(chores, "name", returning=(chores.c.name,))


class NightlyRuns:
    """The chores, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_due(self, name: str, since: datetime) -> bool:
        """Whether it was not done since then."""
        done_at = self._connection.scalar(select(chores.c.done_at).where(chores.c.name == name))
        return done_at is None or done_at < since

    def take(self, name: str, since: datetime, now: datetime) -> bool:
        """It is the caller's to do; False: it was done since then, or another is about it."""
        new = {"name": name, "begun_at": None, "done_at": None, "reached": 0}
        self._connection.execute(_KNOWN[self._connection.dialect.name], new)
        free = (
            chores.c.name == name,
            or_(chores.c.done_at.is_(None), chores.c.done_at < since),
            or_(chores.c.begun_at.is_(None), chores.c.begun_at < now - GIVEN_UP, chores.c.begun_at <= chores.c.done_at),
        )
        return bool(self._connection.execute(update(chores).where(*free).values(begun_at=now)).rowcount)

    def reached(self, name: str) -> int:
        """Up to which row it was done before."""
        return self._connection.scalar(select(chores.c.reached).where(chores.c.name == name)) or 0

    def done(self, name: str, reached: int, now: datetime) -> None:
        """It is done for this time, up to that row."""
        this = update(chores).where(chores.c.name == name)
        self._connection.execute(this.values(done_at=now, reached=reached))
