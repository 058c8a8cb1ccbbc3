"""Resource persons: who was named and asked, and who agreed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns, literal_column

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import metadata, only


class _Experts(TypedColumns):
    id = Column(SafeText, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"), unique=True)
    name: Named[str] = Column(SafeText)
    uses: Named[Any] = Column(Json)
    themes: Named[Any] = Column(Json)
    groups: Named[Any] = Column(Json)
    languages: Named[Any] = Column(Json)
    library: Named[Any] = Column(Json, nullable=True)
    library_name: Named[str] = Column(SafeText)
    municipality: Named[str] = Column(SafeText)  # DK-0461, "": unknown
    region: Named[str] = Column(SafeText)
    country: Named[str] = Column(SafeText)
    contact: Named[str] = Column(SafeText)  # shown to everybody who may search; "": only through the bot
    agreed_at: Named[datetime] = Column(UtcTime)
    confirmed_at: Named[datetime] = Column(UtcTime)  # the last yes, from which the year counts
    asked_at: Named[datetime | None] = Column(UtcTime)  # asked again, and no answer yet


class _Nominations(TypedColumns):
    id = Column(SafeText, primary_key=True)
    code_hash: Named[str] = Column(SafeText, unique=True)
    report_id: Named[str] = Column(SafeText, ForeignKey("reports.id"))
    named_by: Named[int] = Column(Id, ForeignKey("people.id"))
    name: Named[str] = Column(SafeText)  # "" as soon as it was answered, or is over
    state: Named[str] = Column(SafeText)  # see conversations/model/experts.py
    person_id: Named[int | None] = Column(Id, ForeignKey("people.id"))  # who agreed
    made_at: Named[datetime] = Column(UtcTime)
    expires_at: Named[datetime] = Column(UtcTime)


experts = Table("experts", metadata, _Experts)
nominations = Table("nominations", metadata, _Nominations)

only("experts_asked", experts.c.asked_at.is_not(None), experts.c.asked_at)
Index("experts_confirmed", experts.c.confirmed_at)
Index("nominations_report", nominations.c.report_id)
Index("nominations_named_by", nominations.c.named_by)
only("nominations_person", nominations.c.person_id.is_not(None), nominations.c.person_id)
only("nominations_named", nominations.c.name != literal_column("''", SafeText), nominations.c.expires_at)
