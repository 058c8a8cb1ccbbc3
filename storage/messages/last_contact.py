"""The last contact with Telegram, stored so that after a start the bot knows how long it was away."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import chores

_MAKE = insert_unless_there(chores, "name", returning=(chores.c.name,))
_LAST = select(chores.c.done_at).where(chores.c.name == bindparam("this")).with_for_update()
_NOW = update(chores).where(chores.c.name == bindparam("this")).values(done_at=bindparam("now"))


class LastContact:
    """The last contact of each bot with Telegram, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def heard(self, bot_id: int, now: datetime) -> datetime | None:
        """Store `now` as the last contact; returns the one before, None: there was none."""
        name = f"hearing {bot_id}"
        made = self._connection.scalar(
            _MAKE[self._connection.dialect.name], {"name": name, "begun_at": now, "done_at": now, "reached": 0}
        )
        if made is not None:
            return None
        before: datetime | None = self._connection.scalar(_LAST, {"this": name})
        self._connection.execute(_NOW, {"this": name, "now": now if before is None else max(before, now)})
        return before
