"""Privacy notices shown, the audit trail, and erasures."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Named, Table, TypedColumns

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import metadata, only


class _PrivacyNotices(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    version: Named[str] = Column(SafeText, primary_key=True)
    language: Named[str] = Column(SafeText)  # the language it was shown in
    at: Named[datetime] = Column(UtcTime)


class _Controllers(TypedColumns):
    id = Column(Id, primary_key=True)  # the last row is the current controller
    words: Named[str] = Column(SafeText)
    named_by: Named[int | None] = Column(Id, ForeignKey("people.id"))
    named_at: Named[datetime] = Column(UtcTime)


class _Erasures(TypedColumns):
    id = Column(Id, primary_key=True)
    at: Named[datetime] = Column(UtcTime)
    kind: Named[str] = Column(SafeText)  # person, contacts
    subject: Named[str] = Column(SafeText)  # a person's number, or a report
    reports: Named[bool] = Column(Boolean)  # whether the person's reports were erased too
    last_row: Named[int] = Column(BigInteger)  # of the outbox; later rows may still be on their way to the person
    settled_at: Named[datetime | None] = Column(UtcTime)  # None: messages or files may remain


class _Audit(TypedColumns):
    id = Column(Id, primary_key=True)
    at: Named[datetime] = Column(UtcTime)
    person_id: Named[int | None] = Column(Id)  # no foreign keys: entries stay when people are erased
    action: Named[str] = Column(SafeText)
    report_id: Named[str | None] = Column(SafeText)
    question: Named[str | None] = Column(SafeText)
    old: Named[Any] = Column(Json, nullable=True)
    new: Named[Any] = Column(Json, nullable=True)
    subject: Named[str | None] = Column(SafeText)  # what it is about if not a report: a call, a person


privacy_notices = Table("privacy_notices", metadata, _PrivacyNotices)
controllers = Table("controllers", metadata, _Controllers)
erasures = Table("erasures", metadata, _Erasures)  # ids only; repeated after an older backup is restored
audit = Table("audit", metadata, _Audit)

only("erasures_unsettled", erasures.c.settled_at.is_(None), erasures.c.id)
Index("audit_report", audit.c.report_id, audit.c.id)
Index("audit_person", audit.c.person_id, audit.c.id)
only("audit_subject", audit.c.subject.is_not(None), audit.c.subject, audit.c.id)
