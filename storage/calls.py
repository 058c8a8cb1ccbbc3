"""Calls: what invites reports for a time."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from conversations.here import Call
from storage.models import calls

_OPEN = (
    select(calls.c.slug, calls.c.titles, calls.c.language)
    .where(
        calls.c.status == "open",
        calls.c.opens_at <= bindparam("now"),
        or_(calls.c.deadline_at.is_(None), calls.c.deadline_at > bindparam("now")),
    )
    .order_by(calls.c.deadline_at.is_(None), calls.c.deadline_at, calls.c.slug)
)


class Calls:
    """The calls, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_at(self, now: datetime, language: str) -> list[Call]:
        """Calls that take answers then, the nearest deadline first, those without one last.

        A title is in `language`, or where it was not written in that, in the language of the call.
        """
        return [
            Call(slug, titles.get(language) or titles[written_in])
            for slug, titles, written_in in self._connection.execute(_OPEN, {"now": now})
        ]
