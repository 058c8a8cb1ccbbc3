"""Pauses that Telegram demands (`retry_after`), stored so that they hold after a restart and for other workers."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, select, update

from storage.engine.inserting import insert_unless_there
from storage.models import pauses

LONGEST = timedelta(days=1)
"""The longest pause. Longer ones, which earlier versions stored, were never intended by Telegram."""

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
    """The pauses of each bot, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pause(self, bot_id: int, until: datetime, now: datetime) -> None:
        """Store that nothing may be sent before `until`; an existing longer pause stays."""
        self._connection.execute(_MAKE[self._connection.dialect.name], {"bot_id": bot_id, "until": until})
        self._connection.execute(_LONGER, {"bot": bot_id, "new_until": until, "latest": now + LONGEST})

    def until(self, bot_id: int, now: datetime) -> datetime | None:
        """The end of the last pause, which may have passed; None: there was none."""
        until: datetime | None = self._connection.scalar(_UNTIL, {"bot": bot_id})
        return None if until is None or until > now + LONGEST else until
