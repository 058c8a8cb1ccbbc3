"""One transaction: everything a turn may find and keep."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from conversations.here import Lookup, Person
from conversations.initiatives import Appearance
from conversations.session import Turn
from conversations.words import Words
from storage.attachments import Attachments
from storage.audit import Audit
from storage.broadcasts import Broadcasts
from storage.call_desk import CallDesk
from storage.call_reports import CallReports
from storage.calls import Calls
from storage.chores import Chores
from storage.collecting import Collecting
from storage.contact_desk import ContactDesk
from storage.controllers import Controllers
from storage.deliveries import Deliveries
from storage.digests import Digests
from storage.directory import Directory
from storage.drain import Drain
from storage.dropping import Dropping
from storage.exporting import Exporting, Relevant
from storage.exports import Exports
from storage.forgetting import Forgetting
from storage.glances import Glances
from storage.groups import Groups
from storage.hearing import Hearing
from storage.importing import Importing
from storage.inbox import Inbox
from storage.initiatives import Initiatives, PersonsInitiatives
from storage.invitations import Invitations
from storage.issues import Issues
from storage.keeping import Keeper
from storage.keeping_calls import CallsKeeper
from storage.keeping_contacts import ContactsKeeper
from storage.keeping_digests import DigestsKeeper
from storage.keeping_privacy import PrivacyKeeper
from storage.keeping_reviews import ReviewsKeeper
from storage.keeping_roles import RolesKeeper
from storage.keeping_subscriptions import SubscriptionsKeeper
from storage.leases import Leases
from storage.lookup import StoredLookup
from storage.members import Members
from storage.notes import Notes
from storage.notices import Notices
from storage.occasions import Occasions
from storage.organisations import Organisations, PartnersDesk
from storage.outbox import Outbox
from storage.pairings import Pairings
from storage.pauses import Pauses
from storage.people import People
from storage.proposing import Proposing
from storage.reports import Reports
from storage.retention import Retention
from storage.review_desk import ReviewDesk
from storage.reviews import Reviews
from storage.search import Search
from storage.search_desk import SearchDesk
from storage.settling import Settling
from storage.subscribed_chats import SubscribedChats
from storage.subscription_desk import SubscriptionDesk
from storage.subscriptions import Subscriptions
from storage.workers import Workers


class Work:
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
        self.settling = Settling(connection)
        self.retention = Retention(connection, self.forgetting)
        self.chores = Chores(connection)
        self.collecting = Collecting(connection)
        self.reports = Reports(connection)
        self.outbox = Outbox(connection, worker)
        self.attachments = Attachments(connection)
        self.calls = Calls(connection)
        self.audit = Audit(connection)
        self.members = Members(connection)
        self.invitations = Invitations(connection)
        self.call_reports = CallReports(connection)
        self.occasions = Occasions(connection, self.call_reports)
        self.glances = Glances(connection)
        self.search = Search(connection, spellings)
        self.initiatives = Initiatives(connection, self.search)
        self.dropping = Dropping(connection, self.attachments, self.reports, self.initiatives, self.audit)
        self.organisations = Organisations(connection)
        self.notes = Notes(connection, self.reports)
        self.pairings = Pairings(connection)
        self.exports = Exports(connection, worker)
        self.issues = Issues(connection)
        self.reviews = Reviews(connection)
        self.groups = Groups(connection)
        self.broadcasts = Broadcasts(connection)
        self.notices = Notices(connection, self.outbox)
        self.subscriptions = Subscriptions(connection)
        self.subscribed_chats = SubscribedChats(connection)
        self.deliveries = Deliveries(connection)
        self.workers = Workers(connection)
        self.leases = Leases(connection, self.workers)
        self.drain = Drain(connection, self.leases)
        self.pauses = Pauses(connection)
        self.hearing = Hearing(connection)

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
        directory = Directory(person.id, self.members, self.invitations, self.audit, now)
        review = ReviewDesk(self.reviews, self.groups, self.broadcasts)
        desk = CallDesk(self.calls, self.call_reports, person.language)
        digests = self.digests(person.id)
        published = PersonsInitiatives(self.initiatives, self.attachments, person.id, person.roles)
        partners = PartnersDesk(self.organisations, person.id)
        news = SubscriptionDesk(self.subscriptions, self.deliveries, published, person.id, person.library)
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
            ContactDesk(self.notes, self.pairings, self.reviews, person.id),
            SearchDesk(self.search, self.initiatives, published),
            self._spellings,
            now,
        )

    def keep(self, person: Person, turn: Turn, now: datetime) -> list[Appearance]:
        """Keep everything that came of `turn`, and where `person` stands after it.

        What it changed about published initiatives is returned.
        """
        digests = DigestsKeeper(self.digests(person.id), self.exports, self.audit, person.id, now)
        calls = CallsKeeper(self.calls, self.occasions, self.audit, person.id, now)
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
        proposing = Proposing(self._connection, self.organisations, self.pairings)
        proposing.follow(appearances, turn.outcomes, person.id, now)
        return appearances
