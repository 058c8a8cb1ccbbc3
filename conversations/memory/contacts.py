"""The part of a notebook that keeps notes in memory; several notebooks share what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from conversations.model.contacts import OPEN, Note, Subject
from conversations.model.matchmaking import Pairing
from conversations.model.outcomes import NoteMoved, NoteSent, PairingAnswered
from conversations.model.people.organisations import Side

NOTHING = Subject("", Side("library", "", ""))


@dataclass(slots=True)
class ContactsInMemory:
    """What is kept of notes (the protocol `ContactsLookup`), as the person `reader` may look it up."""

    reader: int = 0
    notes: dict[str, Note] = field(default_factory=dict)
    contacts: dict[tuple[str, int], str] = field(default_factory=dict)
    sent: list[tuple[int, datetime]] = field(default_factory=list)
    reporters: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    desks: dict[str, str] = field(default_factory=dict)
    pairings: dict[int, Pairing] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    def keep(self, outcome: NoteSent | NoteMoved | PairingAnswered, now: datetime) -> None:
        """What follows from a note, from what became of it, or from an answer to a proposal."""
        if isinstance(outcome, PairingAnswered):
            found = self.pairings[outcome.pairing]
            self.pairings[found.id] = found.answered(self.reader, outcome.said)
            self.contacts[found.about, self.reader] = outcome.contact
            return
        self.notes[outcome.note.id] = outcome.note
        if outcome.contact:
            self.contacts[outcome.note.id, self.reader] = outcome.contact
        if isinstance(outcome, NoteSent):
            self.sent.append((self.reader, now))

    def reporter(self, report: str) -> int | None:
        """Who reported the initiative of that id; None: it came by import, and nobody can be asked."""
        return self.reporters.get(report)

    def reaches(self, person: int) -> bool:
        """Whether that person can be written to now."""
        return person not in self.left

    def note(self, this: str) -> Note | None:
        """The note of that id. Nobody else can change it until the turn is over."""
        return self.notes.get(this)

    def open_note(self, report: str) -> Note | None:
        """The note that this person has sent about that report, if it is not settled yet."""
        own = (each for each in self.notes.values() if each.sender == self.reader and each.report == report)
        return next((each for each in own if each.state in OPEN), None)

    def sent_since(self, moment: datetime) -> int:
        """How many notes this person has sent since then."""
        return sum(person == self.reader and at > moment for person, at in self.sent)

    def is_stopped(self) -> bool:
        """Whether a note of this person was reported, and no coordinator has cleared it."""
        return any(each.sender == self.reader and each.state == "reported" for each in self.notes.values())

    def subject(self, report: str) -> Subject:
        """What a note about that report is about, also where it is no longer published."""
        return self.subjects.get(report, NOTHING)

    def contacts_of(self, report: str) -> Sequence[str]:
        """How this person may want to be reached: as they last said, and as their own report of that id says."""
        last = [said for (_about, person), said in self.contacts.items() if person == self.reader][-1:]
        own = [self.desks[report]] if self.reporters.get(report) == self.reader and report in self.desks else []
        return list(dict.fromkeys((*last, *own)))

    def pairing(self, this: int) -> Pairing | None:
        """The pairing of that number, if both were told of it. Nobody else can change it until the turn is over."""
        return self.pairings.get(this)

    def given(self, about: str, person: int) -> str:
        """How that person said they can be reached, in that note or pairing; "" where they have not."""
        return self.contacts.get((about, person), "")
