"""What a conversation may look up in the database about getting in touch."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from conversations.model.contacts import Note, Subject, expert_of
from conversations.model.matchmaking import Pairing
from storage.contacts.notes import Notes
from storage.contacts.pairings import Pairings
from storage.reviews.reviews import Reviews

CONTACT_QUESTION = "contact"
"""The question for the contact details of a report."""


class StoredContacts:
    """The `ContactsLookup` of one person, in one transaction."""

    def __init__(self, notes: Notes, pairings: Pairings, reviews: Reviews, person: int) -> None:
        self._notes = notes
        self._pairings = pairings
        self._reviews = reviews
        self._person = person

    def reporter(self, report: str) -> int | None:
        """Returns the author of the report with that id; None: it was imported, so nobody can be asked."""
        return self._notes.reporter(report)

    def reaches(self, person: int) -> bool:
        """Returns whether the bot can write to that person now."""
        return self._notes.reaches(person)

    def note(self, this: str) -> Note | None:
        """Returns the note with that id, locked until the turn is over."""
        return self._notes.of(this)

    def open_note(self, report: str) -> Note | None:
        """Returns the note that this person has sent about that report, if it is still open."""
        return self._notes.open_of(self._person, report)

    def sent_since(self, moment: datetime) -> int:
        """Returns the number of notes this person has sent since then."""
        return self._notes.sent_since(self._person, moment)

    def is_stopped(self) -> bool:
        """Returns whether a note of this person was reported, and no coordinator has cleared it."""
        return self._notes.is_stopped(self._person)

    def subject(self, report: str) -> Subject:
        """Returns the title and library for a note about that report, also if it is no longer published."""
        return self._notes.subject(report)

    def contacts_of(self, report: str) -> Sequence[str]:
        """Returns contact details to offer this person: the last given, and those in that report if it is their own."""
        said = [self._notes.last_given(self._person)]
        if expert_of(report):
            return list(filter(None, said))
        if self._notes.reporter(report) == self._person:
            said.append(_in_one_line(self._reviews.contacts(report).get(CONTACT_QUESTION) or {}))
        return list(dict.fromkeys(filter(None, said)))

    def pairing(self, this: int) -> Pairing | None:
        """Returns the pairing with that id if both people were told of it, locked until the turn is over."""
        return self._pairings.told(this)

    def given(self, about: str, person: int) -> str:
        """Returns the contact details that person gave in that note or pairing; "" if none."""
        return self._notes.given(about, person)


def _in_one_line(contact: Mapping[str, Any]) -> str:
    return ", ".join(str(contact[part]) for part in ("name", "email", "phone") if contact.get(part))
