"""One transaction: everything a turn may find and keep."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property

from conversations.context.context import Lookup
from conversations.context.session import Turn
from conversations.model.initiatives import Appearance
from conversations.model.people.person import Person
from storage.calls.repositories import CallRepositories
from storage.contacts.repositories import ContactRepositories
from storage.digests.repositories import DigestRepositories
from storage.messages.repositories import MessageRepositories
from storage.privacy.repositories import PrivacyRepositories
from storage.reports.exporting import Relevant
from storage.reports.importing import Importing
from storage.session.dropping import Dropping
from storage.session.keeper import Keeper
from storage.session.lookup import StoredLookup
from storage.subscriptions.repositories import SubscriptionRepositories


class UnitOfWork(
    MessageRepositories,
    CallRepositories,
    ContactRepositories,
    SubscriptionRepositories,
    DigestRepositories,
    PrivacyRepositories,
):
    """One transaction. All that is done through it is kept together, or not at all.

    Its repositories are those of every subject (a class each, in `repositories.py` of the subject's folder), under one
    flat name each, so that what is done with them reads as a sentence: `work.reports.submit(…)`.
    """

    def importing(self, relevant: Relevant, personal: Collection[str]) -> Importing:
        """Taking in records of reports; `personal` are the keys of the questions whose answers are kept apart."""
        return Importing(
            self._connection, self.exporting(relevant), self.initiatives.refresh, self.audit, self.calls, personal
        )

    @cached_property
    def dropping(self) -> Dropping:
        """Files that cannot be kept."""
        return Dropping(self._connection, self.attachments, self.reports, self.initiatives, self.audit)

    def lookup(self, person: Person, now: datetime) -> Lookup:
        """What a conversation with `person` may look up at `now`."""
        return StoredLookup(self, person, now)

    def keep(self, person: Person, turn: Turn, now: datetime) -> list[Appearance]:
        """Keep everything that came of `turn`, and where `person` stands after it.

        What it changed about published initiatives is returned.
        """
        touched = Keeper(self, person.id, now).keep(turn)
        appearances = self.initiatives.refresh(touched)
        self.match_proposals.follow(appearances, turn.outcomes, person.id, now)
        return appearances
