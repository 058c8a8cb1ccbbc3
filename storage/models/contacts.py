"""Notes and pairings, through which two people get in touch."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Named, Table, TypedColumns, literal_column

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import WAITING, metadata, only


class _Notes(TypedColumns):
    id = Column(SafeText, primary_key=True)
    report_id: Named[str | None] = Column(SafeText, ForeignKey("reports.id"))  # None: to a resource person
    sender_id: Named[int] = Column(Id, ForeignKey("people.id"))
    recipient_id: Named[int] = Column(Id, ForeignKey("people.id"))
    words: Named[Any] = Column(Json)
    state: Named[str] = Column(SafeText)  # see conversations/model/contacts.py
    question: Named[str] = Column(SafeText)
    answer: Named[str] = Column(SafeText)
    sent_at: Named[datetime] = Column(UtcTime)
    moved_at: Named[datetime] = Column(UtcTime)
    expert_id: Named[str | None] = Column(SafeText, ForeignKey("experts.id"))


class _Pairings(TypedColumns):
    id = Column(Id, primary_key=True)
    key: Named[str] = Column(SafeText, unique=True)  # the two people, so that they are proposed to each other once
    first_id: Named[int] = Column(Id, ForeignKey("people.id"))
    second_id: Named[int] = Column(Id, ForeignKey("people.id"))
    first_report: Named[str | None] = Column(SafeText, ForeignKey("reports.id"))  # None: an organisation
    second_report: Named[str | None] = Column(SafeText, ForeignKey("reports.id"))
    reason: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # waiting, told, ended
    made_at: Named[datetime] = Column(UtcTime)
    told_at: Named[datetime | None] = Column(UtcTime)
    until: Named[datetime] = Column(UtcTime)
    first_said: Named[str] = Column(SafeText)  # yes, no; "": no answer yet
    second_said: Named[str] = Column(SafeText)


class _ContactsGiven(TypedColumns):
    about = Column(SafeText, primary_key=True)  # a note or a pairing
    person_id = Column(Id, ForeignKey("people.id"), primary_key=True, autoincrement=False)
    said: Named[str] = Column(SafeText)
    at: Named[datetime] = Column(UtcTime)


notes = Table("notes", metadata, _Notes)
pairings = Table("pairings", metadata, _Pairings)
contacts_given = Table("contacts_given", metadata, _ContactsGiven)  # how people can be reached, and nothing else

NOTE_IS_OPEN = notes.c.state.in_([literal_column(f"'{state}'", SafeText) for state in ("sent", "asked", "answered")])
"""The condition for open notes, written exactly as in their partial index."""

only("notes_open", NOTE_IS_OPEN, notes.c.report_id, notes.c.sender_id, unique=True)
only("notes_open_expert", NOTE_IS_OPEN, notes.c.expert_id, notes.c.sender_id, unique=True)
Index("notes_sender", notes.c.sender_id, notes.c.sent_at)
Index("notes_recipient", notes.c.recipient_id)
Index("contacts_given_person", contacts_given.c.person_id, contacts_given.c.at)
only("pairings_waiting", pairings.c.state == WAITING, pairings.c.made_at, pairings.c.id)
Index("pairings_first", pairings.c.first_id, pairings.c.told_at)
Index("pairings_second", pairings.c.second_id, pairings.c.told_at)
