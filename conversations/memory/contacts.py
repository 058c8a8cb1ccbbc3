"""Notes and pairings in memory; the memories of several people share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from conversations.model.contacts import OPEN, Note, Subject
from conversations.model.matchmaking import Pairing
from conversations.model.outcomes import AboutContacts, NoteMoved, NoteSent, PairingAnswered
from conversations.model.people.organisations import Side

NOTHING = Subject("", Side("library", "", ""))


@dataclass(slots=True)
class ContactsInMemory:
    """The notes and pairings (the protocol `ContactsLookup`), as the person `reader` may look them up.

    The reporters, the subjects and contacts of reports, the people who left, and the pairings are set from outside.
    """

    reader: int = 0
    notes: dict[str, Note] = field(default_factory=dict)
    contacts: dict[tuple[str, int], str] = field(default_factory=dict)
    sent: list[tuple[int, datetime]] = field(default_factory=list)
    reporters: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    desks: dict[str, str] = field(default_factory=dict)
    pairings: dict[int, Pairing] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def keep(self, outcome: AboutContacts, now: datetime) -> None:
        """Stores a note, its next state, or the answer to a proposal."""
        match outcome:
            case NoteSent(note, contact):
                self.notes[note.id] = note
                self.sent.append((self.reader, now))
                self._give(note.id, contact)
            case NoteMoved(note, contact=contact):
                self.notes[note.id] = note
                self._give(note.id, contact)
            case PairingAnswered(pairing, said, contact):
                found = self.pairings[pairing]
                self.pairings[found.id] = found.answered(self.reader, said)
                self._give(found.about, contact)
            case _:
                assert_never(outcome)

    def _give(self, about: str, contact: str) -> None:
        if contact:
            self.contacts.setdefault((about, self.reader), contact)

    def reporter(self, report: str) -> int | None:
        """Returns who reported the initiative with this id; None if it was imported, so that nobody can be asked."""
        return self.reporters.get(report)

    def reaches(self, person: int) -> bool:
        """Returns whether the bot can write to that person now."""
        return person not in self.left

    def note(self, this: str) -> Note | None:
        """Returns the note with this id, locked against other changes until the turn ends."""
        return self.notes.get(this)

    def open_note(self, report: str) -> Note | None:
        """Returns the note that this person has sent about that report, if it is still open."""
        own = (each for each in self.notes.values() if each.sender == self.reader and each.report == report)
        return next((each for each in own if each.state in OPEN), None)

    def sent_since(self, moment: datetime) -> int:
        """Returns how many notes this person has sent since `moment`."""
        return sum(person == self.reader and at > moment for person, at in self.sent)

    def is_stopped(self) -> bool:
        """Returns whether a note of this person was reported as abuse and no coordinator has cleared it."""
        return any(each.sender == self.reader and each.state == "reported" for each in self.notes.values())

    def subject(self, report: str) -> Subject:
        """Returns the subject of notes about that report, also if it is no longer published."""
        return self.subjects.get(report, NOTHING)

    def contacts_of(self, report: str) -> Sequence[str]:
        """Returns ways to reach this person: the last one they gave, and the contact in their own report."""
        last = [said for (_about, person), said in self.contacts.items() if person == self.reader][-1:]
        own = [self.desks[report]] if self.reporters.get(report) == self.reader and report in self.desks else []
        return list(dict.fromkeys((*last, *own)))

    def pairing(self, this: int) -> Pairing | None:
        """Returns the pairing with this number if both were told of it, locked until the turn ends."""
        return self.pairings.get(this)

    def given(self, about: str, person: int) -> str:
        """Returns the contact that the person gave in that note or pairing; "" if they gave none."""
        return self.contacts.get((about, person), "")
