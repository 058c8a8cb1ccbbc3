"""Worker processes, their leases, and when nightly tasks were done."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer, Named, Table, TypedColumns

from storage.engine.columns import Id, SafeText, UtcTime
from storage.models.base import metadata


class _Workers(TypedColumns):
    id = Column(Id, primary_key=True)
    name: Named[str] = Column(SafeText)
    seen_at: Named[datetime] = Column(UtcTime)
    replies: Named[int] = Column(Integer)  # sent in the last second


class _Leases(TypedColumns):
    name = Column(SafeText, primary_key=True)
    worker_id: Named[int | None] = Column(Id)  # no foreign key: the holder may be deleted
    epoch: Named[int] = Column(BigInteger)


class _RetryAfter(TypedColumns):
    bot_id = Column(BigInteger, primary_key=True, autoincrement=False)
    until: Named[datetime] = Column(UtcTime)


class _LastDone(TypedColumns):
    name = Column(SafeText, primary_key=True)
    begun_at: Named[datetime | None] = Column(UtcTime)
    done_at: Named[datetime | None] = Column(UtcTime)  # for "hearing <bot>": the last contact with Telegram
    reached: Named[int] = Column(BigInteger)  # the last row that was handled


workers = Table("workers", metadata, _Workers)
leases = Table("leases", metadata, _Leases)
retry_after = Table("pauses", metadata, _RetryAfter)
last_done = Table("chores", metadata, _LastDone)
