"""The unit of work: everything that a turn may read and store in one transaction."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property

from conversations.context.context import Lookup
from conversations.context.session import Turn
from conversations.model.initiatives import Appearance
from conversations.model.people.person import Person
from storage.collections.repositories import CollectionRepositories
from storage.contacts.repositories import ContactRepositories
from storage.digests.digests import Counting
from storage.digests.repositories import DigestRepositories
from storage.events.repositories import EventRepositories
from storage.experts.repositories import ExpertRepositories
from storage.followups.repositories import FollowUpRepositories
from storage.messages.repositories import MessageRepositories
from storage.reports.exporting import Relevant
from storage.reports.importing import Importing
from storage.session.dropping import Dropping
from storage.session.keeper import Keeper
from storage.session.lookup import StoredLookup
from storage.site.changes import PublicChanges
from storage.site.public import PublicReading
from storage.subscriptions.repositories import SubscriptionRepositories
from storage.webhooks.repositories import WebhookRepositories


class UnitOfWork(
    WebhookRepositories,
    MessageRepositories,
    FollowUpRepositories,
    CollectionRepositories,
    ContactRepositories,
    EventRepositories,
    SubscriptionRepositories,
    DigestRepositories,
    ExpertRepositories,
):
    """One transaction. All its changes are stored together, or none.

    It has the repositories of all subjects (one class in `repositories.py` of each subject's folder). Each has a short
    name, so that calls read as sentences: `work.reports.submit(…)`.
    """

    def importing(self, relevant: Relevant, personal: Collection[str]) -> Importing:
        """Import of records; `personal` are the keys of the questions whose answers are stored apart."""
        return Importing(
            self._connection, self.exporting(relevant), self.initiatives.refresh, self.audit, self.calls, personal
        )

    @cached_property
    def dropping(self) -> Dropping:
        """Removal of files that cannot be stored."""
        return Dropping(self._connection, self.attachments, self.reports, self.initiatives, self.audit)

    @cached_property
    def public(self) -> PublicReading:
        """What anyone may read."""
        return PublicReading(self._connection, self.calls, self.collections, self.events)

    @cached_property
    def public_changes(self) -> PublicChanges:
        """What changed since the site was last written."""
        return PublicChanges(self._connection)

    def lookup(self, person: Person, now: datetime, counting: Counting = Counting.HERE) -> Lookup:
        """Returns what a conversation with `person` may look up at `now`."""
        return StoredLookup(self, person, now, counting)

    def keep(self, person: Person, turn: Turn, now: datetime) -> list[Appearance]:
        """Store all outcomes of `turn` and the session of `person` after it.

        Returns the changes to published initiatives.
        """
        touched = Keeper(self, person.id, now).keep(turn)
        appearances = self.initiatives.refresh(touched)
        self.match_proposals.follow(appearances, turn.outcomes, person.id, now)
        self.webhook_queue.follow(appearances, turn.outcomes, now)
        return appearances
