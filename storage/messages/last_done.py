"""When something was last done: a nightly task, or hearing from Telegram."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import last_done

GIVEN_UP = timedelta(hours=1)
"""A task that was begun so long ago and is not done belongs to a dead worker."""


class LastDone:
    """When recurring tasks were last done, in one transaction. Each task is done once a night by one of the workers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_due(self, task: str, since: datetime) -> bool:
        """Returns whether the task was not done since then."""
        done_at = self.at(task)
        return done_at is None or done_at < since

    def at(self, task: str) -> datetime | None:
        """Returns when the task was last done; None: never."""
        done_at: datetime | None = self._connection.scalar(select(last_done.c.done_at).where(last_done.c.name == task))
        return done_at

    def take(self, task: str, since: datetime, now: datetime) -> bool:
        """Claim the task for the caller; False: it was done since then, or another worker is doing it."""
        self._make(task, None)
        free = (
            last_done.c.name == task,
            or_(last_done.c.done_at.is_(None), last_done.c.done_at < since),
            or_(
                last_done.c.begun_at.is_(None),
                last_done.c.begun_at < now - GIVEN_UP,
                last_done.c.begun_at <= last_done.c.done_at,
            ),
        )
        return bool(self._connection.execute(update(last_done).where(*free).values(begun_at=now)).rowcount)

    def reached(self, task: str) -> int:
        """Returns the last row that the task handled before."""
        return self._connection.scalar(select(last_done.c.reached).where(last_done.c.name == task)) or 0

    def done(self, task: str, reached: int, now: datetime) -> None:
        """Mark the task as done, up to the row `reached`."""
        self._make(task, None)
        this = update(last_done).where(last_done.c.name == task)
        self._connection.execute(this.values(done_at=now, reached=reached))

    def heard(self, bot_id: int, now: datetime) -> datetime | None:
        """Store `now` as the bot's last contact with Telegram; returns the one before, None if there was none."""
        name = f"hearing {bot_id}"
        if self._make(name, now):
            return None
        this = last_done.c.name == name
        before: datetime | None = self._connection.scalar(select(last_done.c.done_at).where(this).with_for_update())
        last = now if before is None else max(before, now)
        self._connection.execute(update(last_done).where(this).values(done_at=last))
        return before

    def _make(self, name: str, now: datetime | None) -> bool:
        """Add the row of that name unless it exists; returns whether it was added."""
        make = insert_unless_there(last_done, "name", returning=(last_done.c.name,))
        new = {"name": name, "begun_at": now, "done_at": now, "reached": 0}
        return self._connection.scalar(make[self._connection.dialect.name], new) is not None
