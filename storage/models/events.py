"""Events, the people who sign up for them, and wishes for study visits."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Named, Table, TypedColumns

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import metadata


class _Events(TypedColumns):
    id = Column(SafeText, primary_key=True)
    organiser_id: Named[int] = Column(Id, ForeignKey("people.id"))
    kind: Named[str] = Column(SafeText)  # see conversations/model/events/event.py
    language: Named[str] = Column(SafeText)  # the language it was first written in
    status: Named[str] = Column(SafeText)  # draft, published, cancelled
    timezone: Named[str] = Column(SafeText)
    draft: Named[Any] = Column(Json)  # what the organiser has before them
    content: Named[Any] = Column(Json, nullable=True)  # what readers see; None: it was never published
    sequence: Named[int] = Column(Integer)  # how often it changed so that people had to be told
    changes: Named[Any] = Column(Json)  # field: the sequence that changed it last
    came_of: Named[str] = Column(SafeText)
    told_at: Named[datetime | None] = Column(UtcTime)  # when the organiser told what came of it
    starts_at: Named[datetime | None] = Column(UtcTime)  # of what readers see
    ends_at: Named[datetime | None] = Column(UtcTime)
    created_at: Named[datetime] = Column(UtcTime)
    published_at: Named[datetime | None] = Column(UtcTime)
    changed_at: Named[datetime | None] = Column(UtcTime)


class _SignUps(TypedColumns):
    event_id = Column(SafeText, ForeignKey("events.id"), primary_key=True)
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    state: Named[str] = Column(SafeText)  # coming, waiting, withdrawn
    number: Named[int] = Column(Integer)  # whose turn it is: later ones have higher numbers
    promoted: Named[bool] = Column(Boolean)  # got the place from the waiting list
    sequence: Named[int] = Column(Integer)  # of the event, when the person signed up
    name: Named[str] = Column(SafeText)  # what the organiser reads of the person
    at: Named[datetime] = Column(UtcTime)


class _VisitWishes(TypedColumns):
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    role = Column(SafeText, primary_key=True)  # host, guest
    library: Named[str] = Column(SafeText)
    country: Named[str] = Column(SafeText)
    months: Named[Any] = Column(Json)
    themes: Named[Any] = Column(Json)
    countries: Named[Any] = Column(Json)
    since: Named[datetime] = Column(UtcTime)
    matched_at: Named[datetime | None] = Column(UtcTime)  # None: it was not compared with the others yet


events = Table("events", metadata, _Events)
sign_ups = Table("sign_ups", metadata, _SignUps)
visit_wishes = Table("visit_wishes", metadata, _VisitWishes)

Index("events_ends", events.c.status, events.c.ends_at)
Index("events_organiser", events.c.organiser_id, events.c.created_at)
Index("sign_ups_person", sign_ups.c.person_id, sign_ups.c.state)
