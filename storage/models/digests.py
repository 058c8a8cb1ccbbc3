"""Report summaries for digests, weekly digests, and requested export files."""

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
    text,
)

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import metadata


class _Summaries(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    submitted_at: Named[datetime] = Column(UtcTime)
    title: Named[str] = Column(SafeText)
    line: Named[str] = Column(SafeText)
    library: Named[str] = Column(SafeText)
    municipality: Named[str] = Column(SafeText)
    place: Named[str] = Column(SafeText)
    region: Named[str] = Column(SafeText)
    country: Named[str] = Column(SafeText)
    progress: Named[str] = Column(SafeText)
    theme: Named[str] = Column(SafeText)  # the first of its themes
    themes: Named[Any] = Column(Json)
    groups: Named[Any] = Column(Json)
    evidence: Named[Any] = Column(Json)
    outcome: Named[bool] = Column(Boolean)
    sharing: Named[str] = Column(SafeText)


class _Happenings(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    nth: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    kind: Named[str] = Column(SafeText)  # see conversations/model/happenings.py
    at: Named[datetime] = Column(UtcTime)
    old: Named[str] = Column(SafeText)
    new: Named[str] = Column(SafeText)


class _Digests(TypedColumns):
    id = Column(SafeText, primary_key=True)
    made_at: Named[datetime] = Column(UtcTime)
    content: Named[Any] = Column(Json)  # the figures, so that files made later show the same


class _DigestSubscriptions(TypedColumns):
    id = Column(Id, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    chat_id: Named[int] = Column(BigInteger)
    weekday: Named[int] = Column(SmallInteger)  # 0: Monday
    hour: Named[int] = Column(SmallInteger)
    timezone: Named[str] = Column(SafeText)
    since: Named[datetime] = Column(UtcTime)
    active: Named[bool] = Column(Boolean)  # ended ones stay, so that no week is sent twice after a restart


class _DigestIssues(TypedColumns):
    subscription_id = Column(Id, primary_key=True, autoincrement=False)
    week: Named[str] = Column(SafeText, primary_key=True)  # the ISO week it is about
    digest_id: Named[str | None] = Column(SafeText, ForeignKey("digests.id"))
    at: Named[datetime] = Column(UtcTime)


class _Exports(TypedColumns):
    id = Column(SafeText, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    form: Named[str] = Column(SafeText)
    with_contacts: Named[bool] = Column(Boolean)
    language: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # asked, done, cancelled, failed
    asked_at: Named[datetime] = Column(UtcTime)
    seen_at: Named[datetime | None] = Column(UtcTime)  # the last sign of life of the worker that makes it
    tries: Named[int] = Column(Integer, server_default=text("0"))  # how often a worker began to make it


summaries = Table("glances", metadata, _Summaries)
happenings = Table("happenings", metadata, _Happenings)
digests = Table("digests", metadata, _Digests)
digest_subscriptions = Table(
    "digest_subscriptions", metadata, _DigestSubscriptions, UniqueConstraint("person_id", "chat_id")
)
digest_issues = Table("digest_issues", metadata, _DigestIssues)
exports = Table("exports", metadata, _Exports)

Index("glances_submitted", summaries.c.submitted_at, summaries.c.theme)
Index("happenings_at", happenings.c.at)
