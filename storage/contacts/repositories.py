"""Notes between people, and match proposals."""

from datetime import datetime
from functools import cached_property

from conversations.model.contacts import ContactsLookup
from storage.contacts.keeper import ContactsKeeper
from storage.contacts.lookup import StoredContacts
from storage.contacts.match_notices import MatchProposals
from storage.contacts.notes import Notes
from storage.contacts.pairings import Pairings
from storage.experts.repositories import ExpertRepositories
from storage.reviews.repositories import ReviewRepositories


class ContactRepositories(ReviewRepositories, ExpertRepositories):
    """Notes between people, and match proposals."""

    @cached_property
    def notes(self) -> Notes:
        """Notes that people write to reporters."""
        return Notes(self._connection, self.reports, self.experts)

    @cached_property
    def pairings(self) -> Pairings:
        """Pairs of people who look for each other."""
        return Pairings(self._connection)

    @cached_property
    def match_proposals(self) -> MatchProposals:
        """Stores the match proposals that follow from a turn."""
        return MatchProposals(self._connection, self.organisations, self.pairings)

    def contacts_lookup(self, person: int) -> ContactsLookup:
        """Returns what that person may look up about getting in touch."""
        return StoredContacts(self.notes, self.pairings, self.reviews, person)

    def contacts_keeper(self, person: int, now: datetime) -> ContactsKeeper:
        """Stores what that person does to get in touch."""
        return ContactsKeeper(self.notes, self.pairings, self.audit, person, now)
