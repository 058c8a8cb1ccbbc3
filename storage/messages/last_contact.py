"""When Telegram was last heard: kept, so that after a start it is known how long nobody listened."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import chores

_MAKE = insert_unless_there(chores, "name", returning=(chores.c.name,))
_LAST = select(chores.c.done_at).where(chores.c.name == bindparam("this")).with_for_update()
_NOW = update(chores).where(chores.c.name == bindparam("this")).values(done_at=bindparam("now"))


class LastContact:
    """When each bot last heard Telegram, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def heard(self, bot_id: int, now: datetime) -> datetime | None:
        """Telegram is heard `now`; returns when it last was, None: never before."""
        name = f"hearing {bot_id}"
        made = self._connection.scalar(
            _MAKE[self._connection.dialect.name], {"name": name, "begun_at": now, "done_at": now, "reached": 0}
        )
        if made is not None:
            return None
        before: datetime | None = self._connection.scalar(_LAST, {"this": name})
        self._connection.execute(_NOW, {"this": name, "now": now if before is None else max(before, now)})
        return before
