"""Updates from Telegram and requests to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Named,
    SmallInteger,
    Table,
    TypedColumns,
    UniqueConstraint,
    false,
    text,
)

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import PENDING, metadata, only


class _Inbox(TypedColumns):
    id = Column(Id, primary_key=True)
    bot_id: Named[int] = Column(BigInteger)
    update_id: Named[int] = Column(BigInteger)
    lane: Named[int] = Column(BigInteger)  # the person or chat; updates of a lane are handled in order
    payload: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # pending, done, quarantined, dropped
    reason: Named[str | None] = Column(SafeText)
    received_at: Named[datetime] = Column(UtcTime)
    done_at: Named[datetime | None] = Column(UtcTime)


class _Outbox(TypedColumns):
    id = Column(Id, primary_key=True)
    chat_id: Named[int] = Column(BigInteger)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"))
    kind: Named[str] = Column(SafeText)  # reply, notice, digest
    rank: Named[int] = Column(SmallInteger)  # priority of the kind: replies first
    method: Named[str] = Column(SafeText)
    payload: Named[Any] = Column(Json)
    press: Named[str | None] = Column(SafeText)  # the callback query answered at the same time
    toast: Named[str | None] = Column(SafeText)
    key: Named[str | None] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # pending, sent, uncertain, failed, cancelled
    due_at: Named[datetime] = Column(UtcTime)
    attempts: Named[int] = Column(Integer)
    error: Named[str | None] = Column(SafeText)
    message_id: Named[int | None] = Column(BigInteger)
    created_at: Named[datetime] = Column(UtcTime)
    sent_at: Named[datetime | None] = Column(UtcTime)
    worker_id: Named[int | None] = Column(Id)  # the worker that sends the reply, where several serve
    epoch: Named[int | None] = Column(BigInteger)  # in which epoch a notice or digest is being sent
    doubts: Named[int] = Column(Integer, server_default=text("0"))  # deliveries that may have arrived
    secret: Named[bool] = Column(Boolean, server_default=false())  # holds a code: emptied when it has ended


inbox = Table("inbox", metadata, _Inbox, UniqueConstraint("bot_id", "update_id"))
outbox = Table("outbox", metadata, _Outbox)

only("inbox_pending", inbox.c.state == PENDING, inbox.c.lane, inbox.c.id)
only("outbox_pending", outbox.c.state == PENDING, outbox.c.rank, outbox.c.due_at, outbox.c.id)
only("outbox_taken", outbox.c.epoch.is_not(None), outbox.c.epoch)
only("outbox_key", (outbox.c.state == PENDING) & outbox.c.key.is_not(None), outbox.c.key, unique=True)
Index("outbox_chat", outbox.c.chat_id, outbox.c.id)
only("outbox_shown", outbox.c.key.is_not(None) & outbox.c.message_id.is_not(None), outbox.c.key, outbox.c.id)
