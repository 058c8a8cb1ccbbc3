"""Reports with their answers, files and reviews."""

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
    Table,
    TypedColumns,
    false,
    literal_column,
    or_,
)

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import SUBMITTED, WAITING, metadata, only


class _Reports(TypedColumns):
    id = Column(SafeText, primary_key=True)  # public, random
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"))  # None: imported
    form: Named[str] = Column(SafeText)
    status: Named[str] = Column(SafeText)
    language: Named[str] = Column(SafeText)
    revision: Named[int] = Column(Integer)  # 0: draft, 1: as sent, plus one with each correction
    place: Named[Any] = Column(Json)
    call_slug: Named[str | None] = Column(SafeText)
    copied_from: Named[str | None] = Column(SafeText)
    forwarded: Named[bool] = Column(Boolean)
    created_at: Named[datetime] = Column(UtcTime)
    changed_at: Named[datetime] = Column(UtcTime)
    submitted_at: Named[datetime | None] = Column(UtcTime)
    published_at: Named[datetime | None] = Column(UtcTime)
    withdrawn_at: Named[datetime | None] = Column(UtcTime)
    discarded_at: Named[datetime | None] = Column(UtcTime)
    late: Named[bool] = Column(Boolean, server_default=false())  # sent after the deadline of its call
    confirmed_at: Named[datetime | None] = Column(UtcTime)  # when its author last said how it is; None: imported
    summarised: Named[datetime | None] = Column(UtcTime)  # changed_at when its summary was made; None: it has none


class _Answers(TypedColumns):
    id = Column(Id, primary_key=True)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"))
    question: Named[str] = Column(SafeText)
    value: Named[Any] = Column(Json, nullable=True)  # None: skipped
    said: Named[str] = Column(SafeText)
    message_id: Named[int] = Column(BigInteger)
    parts: Named[Any] = Column(Json, nullable=True)  # [message, text], …: the messages of a text that came in several
    revision: Named[int] = Column(Integer)
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"))
    at: Named[datetime] = Column(UtcTime)


class _Attachments(TypedColumns):
    id = Column(SafeText, primary_key=True)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"))
    question: Named[str] = Column(SafeText)
    kind: Named[str] = Column(SafeText)
    reference: Named[str] = Column(SafeText)
    name: Named[str] = Column(SafeText)
    mime: Named[str] = Column(SafeText)
    size: Named[int | None] = Column(BigInteger)
    sha256: Named[str | None] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # waiting, fetched, failed
    attempts: Named[int] = Column(Integer)
    error: Named[str | None] = Column(SafeText)
    next_try_at: Named[datetime] = Column(UtcTime)
    created_at: Named[datetime] = Column(UtcTime)


class _Reviews(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    waiting_since: Named[datetime | None] = Column(UtcTime)  # None: since the report was sent
    claimed_by: Named[int | None] = Column(Id, ForeignKey("people.id"))
    claimed_at: Named[datetime | None] = Column(UtcTime)
    decided_by: Named[int | None] = Column(Id, ForeignKey("people.id"))
    decided_at: Named[datetime | None] = Column(UtcTime)
    reason: Named[Any] = Column(Json, nullable=True)
    asked_question: Named[str | None] = Column(SafeText)
    asked_text: Named[str | None] = Column(SafeText)
    asked_by: Named[int | None] = Column(Id, ForeignKey("people.id"))
    sent_back_at: Named[datetime | None] = Column(UtcTime)  # when it was last returned or asked about


class _ReviewGroups(TypedColumns):
    chat_id = Column(BigInteger, primary_key=True, autoincrement=False)
    language: Named[str] = Column(SafeText)
    added_by: Named[int] = Column(Id, ForeignKey("people.id"))
    added_at: Named[datetime] = Column(UtcTime)
    used_since: Named[datetime | None] = Column(UtcTime)  # None: no cards are sent there yet
    topic: Named[int | None] = Column(BigInteger)  # the topic in which /review was sent; None: no topics


class _Broadcasts(TypedColumns):
    id = Column(SafeText, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    language: Named[str] = Column(SafeText)
    words: Named[str] = Column(SafeText)
    audience: Named[Any] = Column(Json)
    recipients: Named[int] = Column(Integer)
    sent_at: Named[datetime] = Column(UtcTime)


class _Lineage(TypedColumns):
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    other_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    relation: Named[str] = Column(SafeText)  # inspired, same
    at: Named[datetime] = Column(UtcTime)


reports = Table("reports", metadata, _Reports)
UNSUMMARISED = reports.c.submitted_at.is_not(None) & or_(
    reports.c.summarised.is_(None), reports.c.summarised != reports.c.changed_at
)
"""The report was submitted, and its summary is not of what it is now."""

HAS_LEFT = reports.c.status.in_((literal_column("'withdrawn'", SafeText), literal_column("'declined'", SafeText)))
"""The report was withdrawn or declined. Its values are literals, so that a partial index fits."""

answers = Table("answers", metadata, _Answers)
personal_answers = Table("personal_answers", metadata, _Answers)  # names, addresses: erased alone, never in digests
attachments = Table("attachments", metadata, _Attachments)
reviews = Table("reviews", metadata, _Reviews)
review_groups = Table("review_groups", metadata, _ReviewGroups)
broadcasts = Table("broadcasts", metadata, _Broadcasts)
lineage = Table("lineage", metadata, _Lineage)  # what its author said of a report beside another

Index("reports_person", reports.c.person_id)
Index("reports_created", reports.c.created_at, reports.c.id)
Index("answers_report", answers.c.report_id, answers.c.id)
Index("personal_answers_report", personal_answers.c.report_id, personal_answers.c.id)
Index("lineage_other", lineage.c.other_id)
Index("attachments_report", attachments.c.report_id)
only("attachments_waiting", attachments.c.state == WAITING, attachments.c.next_try_at)
only("reports_call", reports.c.call_slug.is_not(None), reports.c.call_slug)
only("reports_submitted", reports.c.status == SUBMITTED, reports.c.submitted_at, reports.c.id)
only("reports_left", HAS_LEFT, reports.c.id)
only("reports_unsummarised", UNSUMMARISED, reports.c.id)
