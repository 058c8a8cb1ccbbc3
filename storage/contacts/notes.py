"""Notes between people who do not know each other yet, and the contact details they give each other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, literal, select, update

from conversations.model.contacts import EXPERT, Note, NoteState, Subject, expert_of
from conversations.model.people.organisations import Side
from storage.engine.inserting import insert_unless_there
from storage.experts.experts import Experts
from storage.models import NOTE_IS_OPEN, contacts_given, notes, people, reports
from storage.registers.written_for import written_for
from storage.reports.reports import Reports

_COLUMNS = (
    notes.c.id,
    func.coalesce(notes.c.report_id, literal(EXPERT) + notes.c.expert_id),
    notes.c.sender_id,
    notes.c.recipient_id,
    notes.c.words,
    notes.c.state,
    notes.c.question,
    notes.c.answer,
)

_GIVE = insert_unless_there(contacts_given, "about", "person_id", returning=(contacts_given.c.about,))


class Notes:
    """The notes, in one transaction."""

    def __init__(self, connection: Connection, reports: Reports, experts: Experts) -> None:
        self._connection = connection
        self._reports = reports
        self._experts = experts

    def send(self, note: Note, now: datetime) -> None:
        """Store a note that was sent."""
        self._connection.execute(
            insert(notes),
            {
                "id": note.id,
                "report_id": None if expert_of(note.report) else note.report,
                "expert_id": expert_of(note.report) or None,
                "sender_id": note.sender,
                "recipient_id": note.recipient,
                "words": note.words,
                "state": note.state,
                "question": note.question,
                "answer": note.answer,
                "sent_at": now,
                "moved_at": now,
            },
        )

    def move(self, note: Note, before: NoteState, now: datetime) -> bool:
        """Update the note, which must be in the state `before`; False: it no longer is, and nothing changes."""
        change = (
            update(notes)
            .where(notes.c.id == note.id, notes.c.state == before)
            .values(state=note.state, question=note.question, answer=note.answer, moved_at=now)
        )
        return bool(self._connection.execute(change).rowcount)

    def give(self, about: str, person: int, contact: str, now: datetime) -> None:
        """Store the person's contact details, for the other person of that note or pairing alone."""
        given = {"about": about, "person_id": person, "said": contact, "at": now}
        self._connection.execute(_GIVE[self._connection.dialect.name], given)

    def of(self, this: str) -> Note | None:
        """Returns the note with that id, locked until the transaction ends."""
        # Locked: if two people press at once, the second sees what the first has done.
        return self._first(select(*_COLUMNS).where(notes.c.id == this).with_for_update())

    def open_of(self, person: int, report: str) -> Note | None:
        """Returns the person's open note about that report."""
        expert = expert_of(report)
        about = notes.c.expert_id == expert if expert else notes.c.report_id == report
        return self._first(select(*_COLUMNS).where(about, notes.c.sender_id == person, NOTE_IS_OPEN))

    def sent_since(self, person: int, moment: datetime) -> int:
        """Returns the number of notes the person has sent since then."""
        query = select(func.count()).where(notes.c.sender_id == person, notes.c.sent_at > moment)
        return self._connection.scalar(query) or 0

    def is_stopped(self, person: int) -> bool:
        """Returns whether a note of theirs was reported and no coordinator has cleared it."""
        query = select(notes.c.id).where(notes.c.sender_id == person, notes.c.state == "reported").limit(1)
        return self._connection.scalar(query) is not None

    def reporter(self, report: str) -> int | None:
        """Returns the report's author, or the contact person; None: it was imported, or there is no such person."""
        if expert := expert_of(report):
            found = self._experts.of(expert)
            return found.person if found else None
        return self._connection.scalar(select(reports.c.person_id).where(reports.c.id == report))

    def reaches(self, person: int) -> bool:
        """Returns whether the bot can write to the person: they have not stopped it."""
        query = select(people.c.id).where(people.c.id == person, people.c.stopped_at.is_(None))
        return self._connection.scalar(query) is not None

    def subject(self, report: str) -> Subject:
        """Returns the report's title, or the contact person's name, and the library."""
        if expert := expert_of(report):
            found = self._experts.of(expert)
            if found is None:
                return Subject("", Side("library", "", ""))
            return Subject(found.name, Side("library", found.library_name, written_for(found.library).place))
        title = str(self._reports.current_answer(report, "title") or "")
        library: Mapping[str, Any] = self._reports.current_answer(report, "library") or {}
        known = written_for(library)
        return Subject(title, Side("library", known.name, known.place))

    def given(self, about: str, person: int) -> str:
        """Returns the contact details the person gave in that note or pairing."""
        query = select(contacts_given.c.said).where(
            contacts_given.c.about == about, contacts_given.c.person_id == person
        )
        return self._connection.scalar(query) or ""

    def last_given(self, person: int) -> str:
        """Returns the contact details the person gave last, in any note or pairing."""
        query = (
            select(contacts_given.c.said)
            .where(contacts_given.c.person_id == person)
            .order_by(contacts_given.c.at.desc(), contacts_given.c.about)
            .limit(1)
        )
        return self._connection.scalar(query) or ""

    def _first(self, query: Select[*tuple[Any, ...]]) -> Note | None:
        for row in self._connection.execute(query):
            return _note(row)
        return None


def _note(row: Sequence[Any]) -> Note:
    return Note(*row)
