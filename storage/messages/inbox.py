"""The inbox of updates. They are stored before they are acknowledged to Telegram, and handled once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from conversations.context.links import secret_in
from storage.engine.clock import utc_now
from storage.engine.inserting import insert_unless_there
from storage.engine.prepared import Prepared
from storage.models import PENDING, inbox

_COLUMNS = (inbox.c.id, inbox.c.update_id, inbox.c.lane, inbox.c.payload, inbox.c.received_at)

_RECEIVE = Prepared(insert_unless_there(inbox, "bot_id", "update_id", returning=_COLUMNS))

_NEXT = Prepared(
    select(*_COLUMNS)
    .where(inbox.c.state == PENDING, inbox.c.lane == bindparam("lane"))
    .order_by(inbox.c.id)
    .limit(1)
    .with_for_update()
)

_DONE = Prepared(
    update(inbox).where(inbox.c.id == bindparam("this")).values(state="done", done_at=bindparam("done_at"))
)

_DROP = (
    update(inbox)
    .where(inbox.c.id == bindparam("this"))
    .values(state="dropped", payload="{}", done_at=bindparam("done_at"))
)
_EMPTY = update(inbox).where(inbox.c.id == bindparam("this")).values(payload="{}", lane=0)

_SET_ASIDE = (
    update(inbox)
    .where(inbox.c.id == bindparam("this"))
    .values(state="quarantined", reason=bindparam("reason"), done_at=bindparam("done_at"))
)

_WAITING_LANES = (
    select(inbox.c.lane).where(inbox.c.state == PENDING).group_by(inbox.c.lane).order_by(func.min(inbox.c.id))
)

_OLDEST = select(func.min(inbox.c.received_at)).where(inbox.c.state == PENDING)


@dataclass(frozen=True, slots=True)
class Received:
    """An update in the inbox; updates of one `lane` are handled one after another, in the order of their `id`."""

    id: int
    update_id: int
    lane: int
    payload: str
    received_at: datetime


class Inbox:
    """The inbox, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def receive_many(self, bot_id: int, updates: Sequence[tuple[int, int, str]], now: datetime) -> list[Received]:
        """Store updates, each given as (update_id, lane, payload); returns the new ones, in the same order."""
        return self._receive(
            {
                "bot_id": bot_id,
                "update_id": update_id,
                "lane": lane,
                "payload": payload,
                "state": "pending",
                "reason": None,
                "received_at": now,
                "done_at": None,
            }
            for update_id, lane, payload in updates
        )

    def quarantine(self, bot_id: int, update_id: int, payload: str, reason: str, now: datetime) -> None:
        """Store an update that cannot be parsed, for a person to examine; it is never handled nor fetched again."""
        self._receive(
            [
                {
                    "bot_id": bot_id,
                    "update_id": update_id,
                    "lane": 0,
                    "payload": payload,
                    "state": "quarantined",
                    "reason": reason,
                    "received_at": now,
                    "done_at": now,
                }
            ]
        )

    def next_for(self, lane: int) -> Received | None:
        """Returns the oldest waiting update of `lane`; on PostgreSQL other workers block here until this turn
        is over.
        """
        for row in _NEXT.rows(self._connection, {"lane": lane}):
            return Received(*row)
        return None

    def done(self, received: Received) -> None:
        """Mark the update as handled. A secret code in a link is removed from it, because others may still use it."""
        _DONE.run(self._connection, {"this": received.id, "done_at": utc_now()})
        self._empty_secret(received)

    def drop(self, this: int) -> None:
        """Drop an update of a person who sent too many: it is counted, not handled, and its content is removed."""
        self._connection.execute(_DROP, {"this": this, "done_at": utc_now()})

    def empty(self, this: int) -> None:
        """Remove the content of the update; its id stays, so that it is not handled twice."""
        self._connection.execute(_EMPTY, {"this": this})

    def set_aside(self, received: Received, reason: str) -> None:
        """Set aside an update that could not be handled, for a person to examine; the next one can be handled."""
        self._connection.execute(_SET_ASIDE, {"this": received.id, "reason": reason, "done_at": utc_now()})
        self._empty_secret(received)

    def waiting_lanes(self) -> list[int]:
        """Returns the lanes with waiting updates, longest waiting first."""
        return list(self._connection.scalars(_WAITING_LANES))

    def oldest_pending(self) -> datetime | None:
        """Returns when the oldest waiting update came; None: none is waiting."""
        return self._connection.scalar(_OLDEST)

    def _empty_secret(self, received: Received) -> None:
        if secret_in(received.payload):
            self.empty(received.id)

    def _receive(self, rows: Iterable[Mapping[str, Any]]) -> list[Received]:
        found = _RECEIVE.rows_for_each(self._connection, list(rows))
        return [Received(*kept) for each in found for kept in each]
