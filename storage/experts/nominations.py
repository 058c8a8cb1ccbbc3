"""Whom librarians named as resource persons. Only the SHA-256 of a link's code is stored, as with invitations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update

from conversations.model.experts import Nomination, NominationState
from storage.models import nominations
from storage.people.invitations import hashed

_COLUMNS = (
    nominations.c.id,
    nominations.c.report_id,
    nominations.c.named_by,
    nominations.c.name,
    nominations.c.expires_at,
    nominations.c.state,
    nominations.c.person_id,
)


class Nominations:
    """The nominations, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, nomination: Nomination, code: str, now: datetime) -> None:
        """Store a nomination that was just made."""
        self._connection.execute(
            insert(nominations),
            {
                "id": nomination.id,
                "code_hash": hashed(code),
                "report_id": nomination.report,
                "named_by": nomination.named_by,
                "name": nomination.name,
                "state": nomination.state,
                "person_id": None,
                "made_at": now,
                "expires_at": nomination.expires_at,
            },
        )

    def by_code(self, code: str) -> Nomination | None:
        """Returns the nomination whose link has this code, locked until the transaction ends."""
        # Locked: if somebody answers on two phones at once, the second sees what the first has said.
        return self._first(select(*_COLUMNS).where(nominations.c.code_hash == hashed(code)).with_for_update())

    def of(self, this: str) -> Nomination | None:
        """Returns the nomination with that id, locked until the transaction ends."""
        return self._first(select(*_COLUMNS).where(nominations.c.id == this).with_for_update())

    def named_in(self, report: str, person: int) -> list[Nomination]:
        """Returns whom the person named in the report, the latest first."""
        query = (
            select(*_COLUMNS)
            .where(nominations.c.report_id == report, nominations.c.named_by == person)
            .order_by(nominations.c.made_at.desc(), nominations.c.id)
        )
        return [_nomination(row) for row in self._connection.execute(query)]

    def count(self, now: datetime) -> int:
        """Returns how many can still be answered at `now`."""
        open_now = (nominations.c.state == "asked", nominations.c.expires_at > now)
        return self._connection.scalar(select(func.count()).select_from(nominations).where(*open_now)) or 0

    def end(self, this: str, state: NominationState, person: int | None = None) -> bool:
        """End the nomination, of which `person` agreed; False: it has ended before, and nothing changes."""
        change = (
            update(nominations)
            .where(nominations.c.id == this, nominations.c.state == "asked")
            .values(state=state, person_id=person)
        )
        return bool(self._connection.execute(change).rowcount)

    def _first(self, query: Select[*tuple[Any, ...]]) -> Nomination | None:
        for row in self._connection.execute(query):
            return _nomination(row)
        return None


def _nomination(row: Sequence[Any]) -> Nomination:
    return Nomination(*row)
