"""The delivery queue of notices and digests. The holder of the lease takes rows in small portions, each in its epoch.

A row that is being sent stores the epoch. When the lease changes hands, it is unknown whether such rows arrived, and
their kind decides: a notice is sent once more, and only once; a digest is not sent again unless somebody asks for it.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import BindParameter, Connection, bindparam, or_, select, update

from storage.messages.outbox import COLUMNS, RANKS, OutboxRow, ended
from storage.messages.workers import SENDING, Leases
from storage.models import PENDING, outbox

EndState: TypeAlias = Literal["sent", "failed", "uncertain", "cancelled"]

_WITHOUT: BindParameter[int] = bindparam("without", expanding=True)
_BESIDES: BindParameter[int] = bindparam("besides", expanding=True)
_THESE: BindParameter[int] = bindparam("these", expanding=True)

# One query for each rank, so that rows due later are not read: the index is by rank and due time.
_DUE = (
    select(*COLUMNS)
    .where(
        outbox.c.state == PENDING,
        outbox.c.rank == bindparam("of_rank"),
        outbox.c.due_at <= bindparam("now"),
        outbox.c.epoch.is_(None),
        outbox.c.chat_id.not_in(_WITHOUT),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
)
_TAKE = (
    update(outbox)
    .where(outbox.c.id.in_(_THESE), outbox.c.state == PENDING, outbox.c.epoch.is_(None))
    .values(epoch=bindparam("this_epoch"))
    .returning(outbox.c.id)
)
_GIVE_BACK = (
    update(outbox).where(outbox.c.epoch == bindparam("this_epoch"), outbox.c.id.not_in(_BESIDES)).values(epoch=None)
)
_PUT_OFF = (
    update(outbox)
    .where(
        outbox.c.chat_id == bindparam("chat"),
        outbox.c.state == PENDING,
        outbox.c.rank > RANKS["reply"],
        outbox.c.epoch.is_(None),
        outbox.c.due_at < bindparam("then"),
    )
    .values(due_at=bindparam("then"))
)
_OWN = (outbox.c.id == bindparam("this"), outbox.c.epoch == bindparam("this_epoch"))
_AGAIN = (
    update(outbox)
    .where(*_OWN)
    .values(
        epoch=None,
        due_at=bindparam("then"),
        error=bindparam("new_error"),
        attempts=outbox.c.attempts + 1,
        doubts=outbox.c.doubts + bindparam("more_doubts"),
    )
)
_ENDED = (
    update(outbox)
    .where(*_OWN)
    .values(
        **ended(bindparam("new_state")),
        message_id=bindparam("new_message_id"),
        error=bindparam("new_error"),
        sent_at=bindparam("now"),
        attempts=outbox.c.attempts + 1,
        epoch=None,
    )
)
_LEFT = (outbox.c.state == PENDING, outbox.c.epoch < bindparam("this_epoch"))
_IN_DOUBT = (
    update(outbox)
    .where(*_LEFT, or_(outbox.c.rank == RANKS["digest"], outbox.c.doubts > 0))
    .values(**ended("uncertain"), error="whoever sent it died", sent_at=bindparam("now"), epoch=None)
)
_ONCE_MORE = update(outbox).where(*_LEFT).values(doubts=outbox.c.doubts + 1, epoch=None)


class DeliveryQueue:
    """The notices and digests to send, in one transaction."""

    def __init__(self, connection: Connection, leases: Leases) -> None:
        self._connection = connection
        self._leases = leases

    def due(self, now: datetime, limit: int, without: Collection[int] = ()) -> list[OutboxRow]:
        """Returns up to `limit` due rows that nobody is sending: notices, then digests, each ordered by due time.

        Rows for the chats in `without` are left out.
        """
        found: list[OutboxRow] = []
        for rank in (RANKS["notice"], RANKS["digest"]):
            if left := limit - len(found):
                asked = {"of_rank": rank, "now": now, "most": left, "without": list(without)}
                found += (OutboxRow(*row) for row in self._connection.execute(_DUE, asked))
        return found

    def take(self, these: Collection[int], worker: int, epoch: int) -> set[int] | None:
        """Mark waiting rows as being sent in that epoch; returns their ids. None: another worker has the lease."""
        if not self._leases.holds(SENDING, worker, epoch):
            return None
        return set(self._connection.scalars(_TAKE, {"these": list(these), "this_epoch": epoch}))

    def give_back(self, epoch: int, besides: Collection[int]) -> None:
        """Mark all rows taken in that epoch as waiting again, except the ids in `besides`."""
        self._connection.execute(_GIVE_BACK, {"this_epoch": epoch, "besides": list(besides)})

    def put_off(self, chat: int, then: datetime) -> None:
        """Delay all rows for the chat until `then`; their order stays."""
        self._connection.execute(_PUT_OFF, {"chat": chat, "then": then})

    def again(self, this: int, epoch: int, due_at: datetime, error: str, *, doubtful: bool) -> bool:
        """Make a row due again that was not sent, or perhaps was (`doubtful`). False: another worker has it."""
        tried = {
            "this": this,
            "this_epoch": epoch,
            "then": due_at,
            "new_error": error,
            "more_doubts": int(doubtful),
        }
        return bool(self._connection.execute(_AGAIN, tried).rowcount)

    def ended(
        self, this: int, epoch: int, state: EndState, now: datetime, *, message: int | None = None, error: str = ""
    ) -> bool:
        """Store the end state of a row that was sent in that epoch. False: another worker has it."""
        end = {
            "this": this,
            "this_epoch": epoch,
            "new_state": state,
            "new_message_id": message,
            "new_error": error or None,
            "now": now,
        }
        return bool(self._connection.execute(_ENDED, end).rowcount)

    def take_over(self, epoch: int, now: datetime) -> int:
        """Decide about the rows that were being sent when that epoch began; returns their number.

        Call it in the transaction that takes the lease: after that, an earlier epoch can change no row.
        """
        uncertain = self._connection.execute(_IN_DOUBT, {"this_epoch": epoch, "now": now}).rowcount
        return uncertain + self._connection.execute(_ONCE_MORE, {"this_epoch": epoch}).rowcount
