"""What a conversation may look up about getting in touch, out of the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from conversations.model.contacts import Note, Subject
from conversations.model.matchmaking import Pairing
from storage.contacts.notes import Notes
from storage.contacts.pairings import Pairings
from storage.reviews.reviews import Reviews

CONTACT_QUESTION = "contact"
"""The question whose answer says whom others may ask about a report."""


class StoredContacts:
    """The `ContactsLookup` of one person, in one transaction."""

    def __init__(self, notes: Notes, pairings: Pairings, reviews: Reviews, person: int) -> None:
        self._notes = notes
        self._pairings = pairings
        self._reviews = reviews
        self._person = person

    def reporter(self, report: str) -> int | None:
        """As `ContactsLookup.reporter`."""
        return self._notes.reporter(report)

    def reaches(self, person: int) -> bool:
        """As `ContactsLookup.reaches`."""
        return self._notes.reaches(person)

    def note(self, this: str) -> Note | None:
        """As `ContactsLookup.note`."""
        return self._notes.of(this)

    def open_note(self, report: str) -> Note | None:
        """As `ContactsLookup.open_note`."""
        return self._notes.open_of(self._person, report)

    def sent_since(self, moment: datetime) -> int:
        """As `ContactsLookup.sent_since`."""
        return self._notes.sent_since(self._person, moment)

    def is_stopped(self) -> bool:
        """As `ContactsLookup.is_stopped`."""
        return self._notes.is_stopped(self._person)

    def subject(self, report: str) -> Subject:
        """As `ContactsLookup.subject`."""
        return self._notes.subject(report)

    def contacts_of(self, report: str) -> Sequence[str]:
        """As `ContactsLookup.contacts_of`."""
        said = [self._notes.last_given(self._person)]
        if self._notes.reporter(report) == self._person:
            said.append(_in_one_line(self._reviews.contacts(report).get(CONTACT_QUESTION) or {}))
        return list(dict.fromkeys(filter(None, said)))

    def pairing(self, this: int) -> Pairing | None:
        """As `ContactsLookup.pairing`."""
        return self._pairings.told(this)

    def given(self, about: str, person: int) -> str:
        """As `ContactsLookup.given`."""
        return self._notes.given(about, person)


def _in_one_line(contact: Mapping[str, Any]) -> str:
    return ", ".join(str(contact[part]) for part in ("name", "email", "phone") if contact.get(part))
