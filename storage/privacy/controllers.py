"""Who answers for what is kept, as the owners wrote it, one after another."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage.engine.prepared import Prepared
from storage.models import controllers

_ADD = insert(controllers)
_LAST = Prepared(select(controllers.c.words).order_by(controllers.c.id.desc()).limit(1))


class Controllers:
    """The responsible organisations, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def name(self, words: str, person: int, now: datetime) -> None:
        """That person wrote who is responsible from now on."""
        self._connection.execute(_ADD, {"words": words, "named_by": person, "named_at": now})

    def controller(self) -> str:
        """Who is responsible; "" while nobody has written it."""
        return _LAST.scalar(self._connection, {}) or ""
