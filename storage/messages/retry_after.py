"""How long Telegram wants to hear nothing from a bot: kept, so that a restart and other workers keep to it too."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import pauses

LONGEST = timedelta(days=1)
"""No pause is longer: what is kept as one, by an earlier version, was never meant."""

_MAKE = insert_unless_there(pauses, "bot_id", returning=(pauses.c.bot_id,))
_LONGER = (
    update(pauses)
    .where(
        pauses.c.bot_id == bindparam("bot"),
        or_(pauses.c.until < bindparam("new_until"), pauses.c.until > bindparam("latest")),
    )
    .values(until=bindparam("new_until"))
)
_UNTIL = select(pauses.c.until).where(pauses.c.bot_id == bindparam("bot"))


class RetryAfter:
    """The pauses, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pause(self, bot_id: int, until: datetime, now: datetime) -> None:
        """Nothing may be sent before `until`; a longer pause stays."""
        self._connection.execute(_MAKE[self._connection.dialect.name], {"bot_id": bot_id, "until": until})
        self._connection.execute(_LONGER, {"bot": bot_id, "new_until": until, "latest": now + LONGEST})

    def until(self, bot_id: int, now: datetime) -> datetime | None:
        """Until when nothing may be sent, which may have passed; None: there was no pause yet."""
        until: datetime | None = self._connection.scalar(_UNTIL, {"bot": bot_id})
        return None if until is None or until > now + LONGEST else until
