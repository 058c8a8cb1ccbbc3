"""One transaction: everything a turn may find and keep."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from conversations.context.context import Lookup
from conversations.context.session import Turn
from conversations.language.words import Words
from conversations.model.initiatives import Appearance
from conversations.model.people.person import Person
from storage.calls.call_reports import CallReports
from storage.calls.calls import Calls
from storage.calls.keeper import CallsKeeper
from storage.calls.lookup import StoredCalls
from storage.calls.reminders import Reminders
from storage.contacts.keeper import ContactsKeeper
from storage.contacts.lookup import StoredContacts
from storage.contacts.match_notices import MatchProposals
from storage.contacts.notes import Notes
from storage.contacts.pairings import Pairings
from storage.digests.digest_runs import DigestRuns
from storage.digests.digests import Digests
from storage.digests.keeper import DigestsKeeper
from storage.digests.summaries import Summaries
from storage.messages.delivery_queue import DeliveryQueue
from storage.messages.inbox import Inbox
from storage.messages.last_contact import LastContact
from storage.messages.leases import Leases
from storage.messages.notices import Notices
from storage.messages.outbox import Outbox
from storage.messages.retry_after import RetryAfter
from storage.messages.workers import Workers
from storage.people.audit import Audit
from storage.people.invitations import Invitations
from storage.people.keeper import RolesKeeper
from storage.people.lookup import StoredPeople
from storage.people.members import Members
from storage.people.organisations import Organisations, StoredPartners
from storage.people.people import People
from storage.privacy.controllers import Controllers
from storage.privacy.erasure_followup import ErasureFollowup
from storage.privacy.forgetting import Forgetting
from storage.privacy.keeper import PrivacyKeeper
from storage.privacy.my_data import MyData
from storage.privacy.nightly import NightlyRuns
from storage.privacy.retention import Retention
from storage.reports.attachments import Attachments
from storage.reports.exporting import Exporting, Relevant
from storage.reports.exports import Exports
from storage.reports.importing import Importing
from storage.reports.reports import Reports
from storage.reviews.broadcasts import Broadcasts
from storage.reviews.groups import Groups
from storage.reviews.keeper import ReviewsKeeper
from storage.reviews.lookup import StoredReviews
from storage.reviews.reviews import Reviews
from storage.search.initiatives import Initiatives, StoredInitiatives
from storage.search.lookup import StoredSearch
from storage.search.search import Search
from storage.session.dropping import Dropping
from storage.session.keeper import Keeper
from storage.session.lookup import StoredLookup
from storage.subscriptions.deliveries import Deliveries
from storage.subscriptions.keeper import SubscriptionsKeeper
from storage.subscriptions.lookup import StoredSubscriptions
from storage.subscriptions.subscribed_chats import SubscribedChats
from storage.subscriptions.subscriptions import Subscriptions


class UnitOfWork:
    """One transaction. All that is done through it is kept together, or not at all."""

    def __init__(
        self, connection: Connection, spellings: Callable[[Words], Sequence[str]], worker: int | None = None
    ) -> None:
        self._connection = connection
        self._spellings = spellings
        self.inbox = Inbox(connection)
        self.people = People(connection)
        self.controllers = Controllers(connection)
        self.forgetting = Forgetting(connection)
        self.erasure_followup = ErasureFollowup(connection)
        self.retention = Retention(connection, self.forgetting)
        self.nightly = NightlyRuns(connection)
        self.my_data = MyData(connection)
        self.reports = Reports(connection)
        self.outbox = Outbox(connection, worker)
        self.attachments = Attachments(connection)
        self.calls = Calls(connection)
        self.audit = Audit(connection)
        self.members = Members(connection)
        self.invitations = Invitations(connection)
        self.call_reports = CallReports(connection)
        self.reminders = Reminders(connection, self.call_reports)
        self.summaries = Summaries(connection)
        self.search = Search(connection, spellings)
        self.initiatives = Initiatives(connection, self.search)
        self.dropping = Dropping(connection, self.attachments, self.reports, self.initiatives, self.audit)
        self.organisations = Organisations(connection)
        self.notes = Notes(connection, self.reports)
        self.pairings = Pairings(connection)
        self.exports = Exports(connection, worker)
        self.digest_runs = DigestRuns(connection)
        self.reviews = Reviews(connection)
        self.groups = Groups(connection)
        self.broadcasts = Broadcasts(connection)
        self.notices = Notices(connection, self.outbox)
        self.subscriptions = Subscriptions(connection)
        self.subscribed_chats = SubscribedChats(connection)
        self.deliveries = Deliveries(connection)
        self.workers = Workers(connection)
        self.leases = Leases(connection, self.workers)
        self.delivery_queue = DeliveryQueue(connection, self.leases)
        self.retry_after = RetryAfter(connection)
        self.last_contact = LastContact(connection)

    def exporting(self, relevant: Relevant) -> Exporting:
        """Records of reports; `relevant` says which of a report's answers its form still asks for."""
        return Exporting(self._connection, relevant)

    def importing(self, relevant: Relevant, personal: Collection[str]) -> Importing:
        """Taking in such records; `personal` are the keys of the questions whose answers are kept apart."""
        return Importing(self._connection, self.exporting(relevant), self.initiatives, self.audit, self.calls, personal)

    def digests(self, person: int) -> Digests:
        """What that person may look up of all reports together, and what they chose."""
        return Digests(self._connection, person)

    def lookup(self, person: Person, now: datetime) -> Lookup:
        """What a conversation with `person` may look up at `now`."""
        directory = StoredPeople(person.id, self.members, self.invitations, self.audit, now)
        review = StoredReviews(self.reviews, self.groups, self.broadcasts)
        desk = StoredCalls(self.calls, self.call_reports, person.language)
        digests = self.digests(person.id)
        published = StoredInitiatives(self.initiatives, self.attachments, person.id, person.roles)
        partners = StoredPartners(self.organisations, person.id)
        news = StoredSubscriptions(self.subscriptions, self.deliveries, published, person.id, person.library)
        return StoredLookup(
            person,
            self.reports,
            self.attachments,
            self.calls,
            desk,
            digests,
            directory,
            review,
            published,
            news,
            self.controllers,
            partners,
            StoredContacts(self.notes, self.pairings, self.reviews, person.id),
            StoredSearch(self.search, self.initiatives, published),
            self._spellings,
            now,
        )

    def keep(self, person: Person, turn: Turn, now: datetime) -> list[Appearance]:
        """Keep everything that came of `turn`, and where `person` stands after it.

        What it changed about published initiatives is returned.
        """
        digests = DigestsKeeper(self.digests(person.id), self.exports, self.audit, person.id, now)
        calls = CallsKeeper(self.calls, self.reminders, self.audit, person.id, now)
        contacts = ContactsKeeper(self.notes, self.pairings, self.audit, person.id, now)
        roles = RolesKeeper(self.members, self.invitations, self.organisations, self.audit, person.id, now)
        reviews = ReviewsKeeper(self.reviews, self.reports, self.broadcasts, self.audit, person.id, now)
        news = SubscriptionsKeeper(self.subscriptions, self.subscribed_chats, person.id, now)
        privacy = PrivacyKeeper(
            self.people, self.controllers, self.reports, self.forgetting, self.audit, person.id, now
        )
        touched = Keeper(
            self.people,
            self.reports,
            self.attachments,
            self.audit,
            calls,
            contacts,
            digests,
            roles,
            reviews,
            news,
            privacy,
            person,
            now,
        ).keep(turn)
        appearances = self.initiatives.refresh(touched)
        proposing = MatchProposals(self._connection, self.organisations, self.pairings)
        proposing.follow(appearances, turn.outcomes, person.id, now)
        return appearances
