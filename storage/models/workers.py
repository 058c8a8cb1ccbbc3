"""Worker processes, their leases, and when nightly tasks were done."""

from datetime import datetime

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Named, Table, TypedColumns, UniqueConstraint, false

from storage.engine.columns import Id, SafeText, UtcTime
from storage.models.base import metadata


class _Workers(TypedColumns):
    id = Column(Id, primary_key=True)
    name: Named[str] = Column(SafeText)
    seen_at: Named[datetime] = Column(UtcTime)
    replies: Named[int] = Column(Integer)  # sent in the last second
    works: Named[bool] = Column(Boolean, server_default=false())  # a `meldind worker`, which serves nobody


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


class _HeavyJobs(TypedColumns):
    id = Column(SafeText, primary_key=True)
    name: Named[str] = Column(SafeText)
    queue: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # waiting, running, done, failed, cancelled
    asked_at: Named[datetime] = Column(UtcTime)
    begun_at: Named[datetime | None] = Column(UtcTime)
    ended_at: Named[datetime | None] = Column(UtcTime)
    tries: Named[int] = Column(Integer)
    reached: Named[int] = Column(Integer)  # how many rows it has written
    error: Named[str] = Column(SafeText)  # the kind of error, without its words
    open_key: Named[str | None] = Column(SafeText)  # the same for the same work, as long as it has not ended


workers = Table("workers", metadata, _Workers)
leases = Table("leases", metadata, _Leases)
retry_after = Table("pauses", metadata, _RetryAfter)
last_done = Table("chores", metadata, _LastDone)
heavy_jobs = Table("heavy_jobs", metadata, _HeavyJobs, UniqueConstraint("open_key"))

Index("heavy_jobs_state", heavy_jobs.c.state, heavy_jobs.c.ended_at)
