"""Stores the outcomes about getting in touch. The audit trail has who did what when, but not what was written."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import AboutContacts, NoteMoved, NoteSent, PairingAnswered
from storage.contacts.notes import Notes
from storage.contacts.pairings import Pairings
from storage.engine.errors import Overtaken
from storage.people.audit import Audit, Entry


class ContactsKeeper:
    """Stores what `person` did to get in touch in one turn."""

    def __init__(self, notes: Notes, pairings: Pairings, audit: Audit, person: int, now: datetime) -> None:
        self._notes = notes
        self._pairings = pairings
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutContacts) -> None:
        """Store `outcome`."""
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
            case PairingAnswered(pairing, said, contact):
                if not self._pairings.answer(pairing, self._person, said):
                    raise Overtaken("A pairing was answered by neither of its two.")
                if contact:
                    self._notes.give(f"pairing:{pairing}", self._person, contact, self._now)
                self._audit.add(Entry(self._now, self._person, "pairing", new=said), subject=str(pairing))
            case _:
                assert_never(outcome)

    def _note(self, this: str, *, old: str | None = None, new: str) -> None:
        self._audit.add(Entry(self._now, self._person, "note", None, old, new), subject=this)
