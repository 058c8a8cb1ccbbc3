"""How long Telegram wants to hear nothing from a bot: kept, so that a restart and other workers keep to it too."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.inserting import insert_unless_there
from storage.models import pauses

_MAKE = insert_unless_there(pauses, "bot_id", returning=(pauses.c.bot_id,))
_LONGER = (
    update(pauses)
    .where(pauses.c.bot_id == bindparam("bot"), pauses.c.until < bindparam("new_until"))
    .values(until=bindparam("new_until"))
)
_UNTIL = select(pauses.c.until).where(pauses.c.bot_id == bindparam("bot"))


class Pauses:
    """The pauses, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pause(self, bot_id: int, until: datetime) -> None:
        """Nothing may be sent before `until`; a longer pause stays."""
        self._connection.execute(_MAKE[self._connection.dialect.name], {"bot_id": bot_id, "until": until})
        self._connection.execute(_LONGER, {"bot": bot_id, "new_until": until})

    def until(self, bot_id: int) -> datetime | None:
        """Until when nothing may be sent, which may have passed; None: there was no pause yet."""
        return self._connection.scalar(_UNTIL, {"bot": bot_id})
