"""Questions to authors about what became of their reports."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from storage.engine.columns import Id, SafeText, UtcTime
from storage.models.base import metadata


class _FollowUps(TypedColumns):
    id = Column(Id, primary_key=True)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"))
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))  # who was asked
    kind: Named[str] = Column(SafeText)
    key: Named[str] = Column(SafeText)  # of the row in `occasions` with which it was sent
    occasion: Named[int] = Column(Id)  # the number of that row, under which the message can be changed
    asked_at: Named[datetime] = Column(UtcTime)
    answer: Named[str | None] = Column(SafeText)
    answered_at: Named[datetime | None] = Column(UtcTime)


followups = Table("followups", metadata, _FollowUps)

Index("followups_report", followups.c.report_id)
Index("followups_person", followups.c.person_id, followups.c.asked_at)
Index("followups_asked", followups.c.asked_at, followups.c.id)
