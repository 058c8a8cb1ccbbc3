"""The controllers: the organisations responsible for the stored data, as the owners named them over time."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.engine.prepared import Prepared
from storage.models import controllers

_LAST = Prepared(select(controllers.c.words).order_by(controllers.c.id.desc()).limit(1))


class Controllers:
    """The controllers, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def name(self, words: str, person: int, now: datetime) -> None:
        """Store the controller that the person named; it replaces the earlier one."""
        self._connection.execute(insert(controllers), {"words": words, "named_by": person, "named_at": now})

    def controller(self) -> str:
        """Returns the current controller; "" if none was named yet."""
        return _LAST.scalar(self._connection, {}) or ""
