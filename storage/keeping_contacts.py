"""What becomes of a turn about getting in touch. The audit tells who did what when, and never what was written."""

from datetime import datetime
from typing import TypeAlias

from conversations.outcomes import NoteMoved, NoteSent
from storage.audit import Audit, Entry
from storage.errors import Overtaken
from storage.notes import Notes

AboutContacts: TypeAlias = NoteSent | NoteMoved


class ContactsKeeper:
    """Keeps what `person` did to get in touch in one turn."""

    def __init__(self, notes: Notes, audit: Audit, person: int, now: datetime) -> None:
        self._notes = notes
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutContacts) -> None:
        """Write down what came of it."""
        match outcome:
            case NoteSent(note, contact):
                self._notes.send(note, self._now)
                self._notes.give(note.id, self._person, contact, self._now)
                self._note(note.id, new=note.state)
            case NoteMoved(note, before, contact):
                if not self._notes.move(note, before, self._now):
                    raise Overtaken("A note went on meanwhile.")
                if contact:
                    self._notes.give(note.id, self._person, contact, self._now)
                self._note(note.id, old=before, new=note.state)

    def _note(self, this: str, *, old: str | None = None, new: str) -> None:
        self._audit.add(Entry(self._now, self._person, "note", None, old, new), subject=this)
