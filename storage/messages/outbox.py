"""The outbox: what is decided but not yet delivered. It is written in the transaction of the turn that it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)

from storage.engine.clock import utc_now
from storage.engine.prepared import Prepared
from storage.messages.wakeups import Wakeups
from storage.models import PENDING, outbox, workers

Kind: TypeAlias = Literal["reply", "notice", "digest"]

PLAIN = "plain"
"""The payload key under which a rich message has the messages that say the same as text; it is not sent to Telegram."""

RANKS: Mapping[Kind, int] = {"reply": 0, "notice": 1, "digest": 2}

LATEST = timedelta(minutes=10)
"""How far ahead a row can be due: it is queued for now, and tried again after a minute at most. A longer pause is that
of all rows (`RetryAfter`)."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request to send to Telegram, not before `due_at`.

    `press` is a callback query to answer at the same time, with `toast`. Of several unsent requests with one `key` only
    the last is sent. The content of a `secret` request is removed from the outbox when it has ended.
    """

    chat_id: int
    method: str
    payload: Mapping[str, Any]
    kind: Kind
    due_at: datetime
    key: str | None = None
    press: str | None = None
    toast: str | None = None
    person_id: int | None = None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A stored request; `attempts` counts the deliveries tried so far.

    `doubts` counts those that may or may not have arrived. `behind`: when it was stored, another worker still had
    replies to deliver to the same chat, which come first.
    """

    id: int
    chat_id: int
    method: str
    payload: Mapping[str, Any]
    kind: Kind
    due_at: datetime
    key: str | None
    press: str | None
    toast: str | None
    person_id: int | None
    attempts: int
    doubts: int = 0
    behind: bool = False


def text_of(payload: Mapping[str, Any]) -> str:
    """Returns what a message says, as HTML: its text, its caption, or a rich message in its plain form."""
    if PLAIN in payload:
        return "\n".join(each["text"] for each in payload[PLAIN])
    return str(payload.get("text") or payload.get("caption") or "")


def ended(state: str | BindParameter[str]) -> dict[str, Any]:
    """Returns the new column values of a row that ends in `state`."""
    return {"state": state, "payload": case((outbox.c.secret, literal_column("'{}'")), else_=outbox.c.payload)}


_ADD = Prepared(insert(outbox).returning(outbox.c.id))

_earlier = outbox.alias("earlier")
# Written as text, because SQLAlchemy would add the new row's table to the FROM clause.
_IS_BEHIND = exists().where(
    _earlier.c.chat_id == literal_column("outbox.chat_id"),
    _earlier.c.state == PENDING,
    _earlier.c.rank == RANKS["reply"],
    _earlier.c.worker_id != literal_column("outbox.worker_id"),
)
_ADD_AMONG_OTHERS = Prepared(insert(outbox).returning(outbox.c.id, _IS_BEHIND))
_DOUBTS_BEFORE = select(func.max(outbox.c.doubts)).where(
    outbox.c.chat_id == bindparam("chat"),
    outbox.c.id < bindparam("this"),
    outbox.c.state == PENDING,
    outbox.c.rank == RANKS["reply"],
)

_ADD_MANY = insert(outbox)

_WITHDRAW = (
    update(outbox).where(outbox.c.key == bindparam("this"), outbox.c.state == PENDING).values(ended("cancelled"))
)

_WAITING = (
    select(outbox.c.payload)
    .where(outbox.c.key == bindparam("this"), outbox.c.state == PENDING)
    .order_by(outbox.c.id.desc())
    .limit(1)
)

_THESE: BindParameter[str] = bindparam("these", expanding=True)
_WITHDRAW_MANY = update(outbox).where(outbox.c.key.in_(_THESE), outbox.c.state == PENDING).values(ended("cancelled"))
_AT_ONCE = 500
"""Keys in one statement; databases limit the number of parameters."""

COLUMNS = (
    outbox.c.id,
    outbox.c.chat_id,
    outbox.c.method,
    outbox.c.payload,
    outbox.c.kind,
    outbox.c.due_at,
    outbox.c.key,
    outbox.c.press,
    outbox.c.toast,
    outbox.c.person_id,
    outbox.c.attempts,
    outbox.c.doubts,
)
"""The columns of an `OutboxRow`."""

_UNSENT_REPLY = (outbox.c.state == PENDING, outbox.c.rank == RANKS["reply"], outbox.c.due_at <= bindparam("now"))
_DUE = select(*COLUMNS).where(*_UNSENT_REPLY).order_by(outbox.c.id).limit(bindparam("most"))
_DUE_HERE = _DUE.where(outbox.c.worker_id == bindparam("here"))
_ADOPT = (
    update(outbox)
    .where(
        *_UNSENT_REPLY,
        or_(
            outbox.c.worker_id.is_(None),
            outbox.c.worker_id.not_in(select(workers.c.id).where(workers.c.seen_at > bindparam("since"))),
        ),
    )
    .values(worker_id=bindparam("here"), doubts=outbox.c.doubts + 1)
)

_TOO_LATE = (outbox.c.state == PENDING, outbox.c.rank.in_(RANKS.values()), outbox.c.due_at > bindparam("latest"))
_IS_TOO_LATE = select(exists().where(*_TOO_LATE))
_BRING_FORWARD = update(outbox).where(*_TOO_LATE).values(due_at=bindparam("now"))

_OLDEST_REPLY = select(func.min(outbox.c.due_at)).where(outbox.c.state == PENDING, outbox.c.rank == RANKS["reply"])

_ENDED = Prepared(
    update(outbox)
    .where(outbox.c.id == bindparam("this"))
    .values(
        **ended(bindparam("new_state")),
        message_id=bindparam("new_message_id"),
        error=bindparam("new_error"),
        sent_at=bindparam("now"),
        attempts=outbox.c.attempts + 1,
    )
)

_AGAIN = (
    update(outbox)
    .where(outbox.c.id == bindparam("this"), outbox.c.state == PENDING)
    .values(
        due_at=bindparam("then"),
        error=bindparam("new_error"),
        attempts=outbox.c.attempts + 1,
        doubts=outbox.c.doubts + bindparam("more_doubts"),
    )
)

_PUT_OFF = outbox.alias()
_BEHIND_IT = (
    update(outbox)
    .where(
        outbox.c.chat_id == select(_PUT_OFF.c.chat_id).where(_PUT_OFF.c.id == bindparam("this")).scalar_subquery(),
        outbox.c.id > bindparam("this"),
        outbox.c.state == PENDING,
        outbox.c.kind == "reply",
        outbox.c.due_at < bindparam("then"),
    )
    .values(due_at=bindparam("then"))
)

_LAST_SHOWN = Prepared(
    select(outbox.c.message_id)
    .where(outbox.c.chat_id == bindparam("chat"), outbox.c.kind == "reply", outbox.c.message_id.is_not(None))
    .order_by(outbox.c.id.desc())
    .limit(1)
)

_CANCEL = (
    update(outbox).where(outbox.c.chat_id == bindparam("chat"), outbox.c.state == PENDING).values(ended("cancelled"))
)


class Outbox:
    """The outbox, in one transaction; `worker` is given if several processes serve this database."""

    def __init__(self, connection: Connection, worker: int | None = None) -> None:
        self._connection = connection
        self._worker = worker
        self._wakeups = Wakeups(connection, worker)

    def add(self, outgoing: Outgoing) -> OutboxRow:
        """Queue `outgoing` until it is delivered.

        With a key it replaces the unsent row with that key. That row keeps its id and is cancelled, so that a delivery
        of it which is under way does not mark the new row as sent.
        """
        if outgoing.key is not None:
            self._connection.execute(_WITHDRAW, {"this": outgoing.key})
        kept = _kept(outgoing)
        if outgoing.kind != "reply":
            self._wakeups.ring("sending")
        new = {**kept, **self._as_new(outgoing, utc_now())}
        if self._worker is None:
            return OutboxRow(id=_ADD.scalar(self._connection, new), attempts=0, **kept)
        ((this, behind),) = _ADD_AMONG_OTHERS.rows(self._connection, new)
        return OutboxRow(id=this, attempts=0, **kept, behind=behind)

    def waiting(self, key: str) -> Mapping[str, Any]:
        """Returns the payload of the unsent row with that key; empty if there is none."""
        return self._connection.scalar(_WAITING, {"this": key}) or {}

    def add_many(self, outgoing: Sequence[Outgoing]) -> None:
        """Queue all of `outgoing`, which may be thousands, in this order; no two may have the same key.

        It is meant for notices of one turn to many people. As with `add`, each replaces the unsent row with its key.
        The rows are not returned: `due` finds them, in portions.
        """
        keys = [each.key for each in outgoing if each.key is not None]
        for start in range(0, len(keys), _AT_ONCE):
            self._connection.execute(_WITHDRAW_MANY, {"these": keys[start : start + _AT_ONCE]})
        now = utc_now()
        if outgoing:
            self._wakeups.ring("sending")
            self._connection.execute(_ADD_MANY, [{**_kept(each), **self._as_new(each, now)} for each in outgoing])

    def due(self, now: datetime, limit: int) -> list[OutboxRow]:
        """Returns up to `limit` replies for this worker to deliver, ordered by id. `DeliveryQueue` has notices and
        digests.
        """
        asked = {"now": now, "most": limit}
        if self._worker is None:
            return [OutboxRow(*row) for row in self._connection.execute(_DUE, asked)]
        return [OutboxRow(*row) for row in self._connection.execute(_DUE_HERE, {**asked, "here": self._worker})]

    def doubts_before(self, row: OutboxRow) -> int | None:
        """Returns the highest `doubts` of the earlier replies to the same chat that any worker still has to deliver.

        None: there is no earlier reply.
        """
        return self._connection.scalar(_DOUBTS_BEFORE, {"chat": row.chat_id, "this": row.id})

    def adopt(self, now: datetime, alive_since: datetime) -> int:
        """Take over the undelivered replies of dead workers; returns their number.

        They may have been on their way, so each counts as one more doubt.
        """
        asked = {"now": now, "since": alive_since, "here": self._worker}
        return self._connection.execute(_ADOPT, asked).rowcount

    def is_dated_too_late(self, now: datetime) -> bool:
        """Returns whether a row is due later than any can be; the clock was ahead when it was queued or put off."""
        return bool(self._connection.scalar(_IS_TOO_LATE, {"latest": now + LATEST}))

    def bring_forward(self, now: datetime) -> int:
        """Make such rows due now; returns their number."""
        return self._connection.execute(_BRING_FORWARD, {"latest": now + LATEST, "now": now}).rowcount

    def oldest_reply(self) -> datetime | None:
        """Returns when the earliest unsent reply is or was due; None: none is waiting."""
        return self._connection.scalar(_OLDEST_REPLY)

    def sent(self, this: int, message_id: int | None, now: datetime) -> None:
        """Mark the row as sent; `message_id` is the message that Telegram made of it."""
        self._end(this, "sent", now, message_id=message_id)

    def failed(self, this: int, error: str, now: datetime) -> None:
        """Mark the row as refused by Telegram for good."""
        self._end(this, "failed", now, error=error)

    def cancelled(self, this: int, now: datetime) -> None:
        """Cancel the row, because it is no longer needed."""
        self._end(this, "cancelled", now)

    def instead(self, row: OutboxRow, messages: Sequence[Mapping[str, Any]], now: datetime) -> None:
        """Queue `messages` with text in place of `row`, which has ended; if it was an edit, the first is one."""
        edited = row.payload.get("message_id")
        for number, message in enumerate(messages):
            edits = edited is not None and number == 0
            payload = {"message_id": edited, **message} if edits else message
            method = "editMessageText" if edits else "sendMessage"
            self.add(Outgoing(row.chat_id, method, payload, row.kind, now, person_id=row.person_id))

    def again(self, this: int, due_at: datetime, error: str, *, doubtful: bool = False) -> None:
        """Make the row due again at `due_at`: it was not sent, or perhaps was (`doubtful`).

        A row that was replaced or cancelled meanwhile stays so. Later replies to the same chat wait for it, also after
        a restart of the bot.
        """
        tried = {"this": this, "then": due_at, "new_error": error, "more_doubts": int(doubtful)}
        self._connection.execute(_AGAIN, tried)
        self._connection.execute(_BEHIND_IT, {"this": this, "then": due_at})

    def last_shown(self, chat_id: int) -> int | None:
        """Returns the Telegram message id of the newest reply sent to the chat."""
        shown: int | None = _LAST_SHOWN.scalar(self._connection, {"chat": chat_id})
        return shown

    def cancel_for(self, chat_id: int) -> None:
        """Cancel what is waiting for a chat that can no longer be written to."""
        self._connection.execute(_CANCEL, {"chat": chat_id})

    def _end(
        self, this: int, state: str, now: datetime, *, message_id: int | None = None, error: str | None = None
    ) -> None:
        _ENDED.run(
            self._connection,
            {"this": this, "new_state": state, "new_message_id": message_id, "new_error": error, "now": now},
        )

    def _as_new(self, outgoing: Outgoing, now: datetime) -> dict[str, Any]:
        """Returns the other columns of a new row, which nobody has tried to send yet."""
        return {
            "rank": RANKS[outgoing.kind],
            "secret": outgoing.secret,
            "state": "pending",
            "attempts": 0,
            "error": None,
            "message_id": None,
            "created_at": now,
            "sent_at": None,
            "worker_id": self._worker,
        }


def _kept(outgoing: Outgoing) -> dict[str, Any]:
    """Returns the columns that are copied from `outgoing`."""
    return {
        "chat_id": outgoing.chat_id,
        "method": outgoing.method,
        "payload": outgoing.payload,
        "kind": outgoing.kind,
        "due_at": outgoing.due_at,
        "key": outgoing.key,
        "press": outgoing.press,
        "toast": outgoing.toast,
        "person_id": outgoing.person_id,
    }
