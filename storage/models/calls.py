"""Calls, and reminders to people."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import PENDING, metadata, only


class _Calls(TypedColumns):
    slug = Column(SafeText, primary_key=True)
    titles: Named[Any] = Column(Json)  # language: title
    language: Named[str] = Column(SafeText)  # the language it was written in
    opens_at: Named[datetime] = Column(UtcTime)  # since when it is open with this deadline
    deadline_at: Named[datetime | None] = Column(UtcTime)
    status: Named[str] = Column(SafeText)  # draft, open, closed
    created_at: Named[datetime] = Column(UtcTime)
    timezone: Named[str] = Column(SafeText, server_default="UTC")  # of the deadline
    variant: Named[str] = Column(SafeText, server_default="standard")  # of the form: short, standard, impact
    details: Named[Any] = Column(Json, server_default="{}")  # see storage/calls/calls.py


class _Reminders(TypedColumns):
    id = Column(Id, primary_key=True)
    key: Named[str] = Column(SafeText, unique=True)  # unique, so that the reminder is sent once
    kind: Named[str] = Column(SafeText)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    subject: Named[str] = Column(SafeText)  # a call or a report
    due_at: Named[datetime] = Column(UtcTime)
    until: Named[datetime] = Column(UtcTime)  # after this it is too late to send it
    state: Named[str] = Column(SafeText)  # pending, told, passed
    settled_at: Named[datetime | None] = Column(UtcTime)


calls = Table("calls", metadata, _Calls)
reminders = Table("occasions", metadata, _Reminders)

only("occasions_pending", reminders.c.state == PENDING, reminders.c.due_at, reminders.c.id)
Index("occasions_person", reminders.c.person_id, reminders.c.kind, reminders.c.subject)
