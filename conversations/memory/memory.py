"""One person's conversation in memory: for `make talk`, and for the tests of the conversations."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import assert_never

from conversations.context.session import Cut, Session, Turn, pack, unpack
from conversations.memory.calls import CallsInMemory
from conversations.memory.collections import CollectionsInMemory
from conversations.memory.contacts import ContactsInMemory
from conversations.memory.digests import DigestsInMemory
from conversations.memory.events import EventsInMemory
from conversations.memory.experts import ExpertsInMemory
from conversations.memory.followups import FollowUpsInMemory
from conversations.memory.initiatives import InitiativesInMemory
from conversations.memory.partners import PartnersInMemory
from conversations.memory.people import PeopleInMemory
from conversations.memory.privacy import PrivacyInMemory
from conversations.memory.reports import ReportsInMemory
from conversations.memory.reviews import ReviewsInMemory
from conversations.memory.search import SearchInMemory
from conversations.memory.subscriptions import SubscriptionsInMemory
from conversations.memory.webhooks.webhooks import WebhooksInMemory
from conversations.model.outcomes import (
    AboutCalls,
    AboutCollections,
    AboutContacts,
    AboutDigests,
    AboutEvents,
    AboutExperts,
    AboutFollowUps,
    AboutPeople,
    AboutPrivacy,
    AboutReports,
    AboutReviews,
    AboutRoles,
    AboutSubscriptions,
    AboutWebhooks,
    CodeTried,
    ContactsErased,
    ControllerNamed,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    LanguageChosen,
    LibraryRemembered,
    LineageTold,
    OrganisationDecided,
    OrganisationRegistered,
    Outcome,
    PersonalTakenOut,
    PersonForgotten,
    PrivacyShown,
    ProposalsChosen,
    RemindersChosen,
    ReportSentAgain,
    RolesChanged,
    TablesChosen,
    TimezoneChosen,
)
from conversations.model.people.person import Person


@dataclass(slots=True)
class Memory:
    """What is stored for one person, and what a conversation may look up (the protocol `Lookup`).

    The memories of several people may share the objects of the subjects.
    """

    person: Person
    calls: CallsInMemory = field(default_factory=CallsInMemory)
    contacts: ContactsInMemory = field(default_factory=ContactsInMemory)
    digests: DigestsInMemory = field(default_factory=DigestsInMemory)
    events: EventsInMemory = field(default_factory=EventsInMemory)
    collections: CollectionsInMemory = field(default_factory=CollectionsInMemory)
    experts: ExpertsInMemory = field(default_factory=ExpertsInMemory)
    followups: FollowUpsInMemory = field(default_factory=FollowUpsInMemory)
    initiatives: InitiativesInMemory = field(default_factory=InitiativesInMemory)
    partners: PartnersInMemory = field(default_factory=PartnersInMemory)
    people: PeopleInMemory = field(default_factory=PeopleInMemory)
    review: ReviewsInMemory = field(default_factory=ReviewsInMemory)
    subscriptions: SubscriptionsInMemory = field(default_factory=SubscriptionsInMemory)
    webhooks: WebhooksInMemory = field(default_factory=WebhooksInMemory)
    session: Session = field(default_factory=Session)
    privacy: PrivacyInMemory = field(default_factory=PrivacyInMemory)
    history: list[Outcome] = field(default_factory=list)
    _reports: ReportsInMemory = field(init=False)

    def __post_init__(self) -> None:
        self._reports = ReportsInMemory(self.review)
        self.collections.initiatives = self.initiatives

    def keep(self, turn: Turn, now: datetime) -> None:
        """Stores everything that follows from `turn`. The position passes through JSON, as it does in a database."""
        cut = turn.session.cut
        kept = Cut(**json.loads(json.dumps(asdict(cut)))) if cut else None
        self.session = replace(turn.session, at=unpack(pack(turn.session.at)), cut=kept)
        self.history.extend(turn.outcomes)
        self.calls.now = self.events.now = self.experts.now = now
        self.review.keep(self.person, turn.outcomes, now)
        for outcome in turn.outcomes:
            self._keep(outcome, now)
        self.people.met(self.person)

    def _keep(self, outcome: Outcome, now: datetime) -> None:
        if isinstance(outcome, AboutReports):
            self.reports.keep(outcome, now)
            if isinstance(outcome, LineageTold):
                self.initiatives.told[outcome.report, outcome.other] = outcome.relation
        elif isinstance(outcome, AboutReviews):
            if isinstance(outcome, ReportSentAgain):
                self.reports.keep(outcome, now)
        elif isinstance(outcome, AboutPeople):
            self.person = _as_chosen(self.person, outcome)
        elif isinstance(outcome, AboutPrivacy):
            self._keep_privacy(outcome, now)
        elif isinstance(outcome, AboutRoles):
            self._keep_roles(outcome, now)
        elif isinstance(outcome, AboutContacts):
            self.contacts.keep(outcome, now)
        elif isinstance(outcome, AboutCalls):
            self.calls.keep(outcome)
        elif isinstance(outcome, AboutCollections):
            self.collections.keep(self.person, outcome)
        elif isinstance(outcome, AboutExperts):
            self.experts.keep(outcome)
        elif isinstance(outcome, AboutDigests):
            self.digests.keep(outcome)
        elif isinstance(outcome, AboutEvents):
            self.events.keep(outcome, now)
        elif isinstance(outcome, AboutFollowUps):
            self.followups.keep(outcome, now)
        elif isinstance(outcome, AboutSubscriptions):
            self.subscriptions.keep(outcome)
        elif isinstance(outcome, AboutWebhooks):
            self.webhooks.keep(outcome, now)
        else:
            assert_never(outcome)

    def _keep_privacy(self, outcome: AboutPrivacy, now: datetime) -> None:
        match outcome:
            case PrivacyShown(version):
                self.person = replace(self.person, privacy_seen=version)
            case ControllerNamed(words):
                self.privacy.responsible = words
            case ContactsErased():
                self.reports.keep(outcome, now)
            case PersonForgotten():
                self.person, self.session = Person(self.person.id, self.person.language), Session()
                self.reports.kept.clear()
            case PersonalTakenOut():
                pass  # earlier answers and messages are not kept here
            case _:
                assert_never(outcome)

    def _keep_roles(self, outcome: AboutRoles, now: datetime) -> None:
        match outcome:
            case OrganisationRegistered() | OrganisationDecided():
                self.partners.keep(outcome)
            case InvitationMade() | InvitationRevoked() | CodeTried() | InvitationUsed() | RolesChanged():
                self.people.keep(self.person, outcome, now)
                if known := self.people.member(self.person.id):
                    self.person = replace(self.person, roles=known.roles)
                if (
                    isinstance(outcome, InvitationUsed)
                    and outcome.role == "partner"
                    and self.person.roles >= {"partner"}
                ):
                    self.partners.joined(self.person.id)
            case _:
                assert_never(outcome)

    @property
    def reports(self) -> ReportsInMemory:
        """The person's own drafts and reports, with the decisions of coordinators in `review`."""
        self._reports.reviews = self.review
        return self._reports

    @property
    def search(self) -> SearchInMemory:
        """The search among the published initiatives."""
        return SearchInMemory(self.initiatives)


def _as_chosen(person: Person, outcome: AboutPeople) -> Person:
    match outcome:
        case LanguageChosen(language):
            return replace(person, language=language)
        case LibraryRemembered(library):
            return replace(person, library=library)
        case RemindersChosen(wanted):
            return replace(person, reminders=wanted)
        case TimezoneChosen(name):
            return replace(person, timezone=name)
        case ProposalsChosen(wanted):
            return replace(person, proposals=wanted)
        case TablesChosen(wanted):
            return replace(person, tables=wanted)
        case _:
            assert_never(outcome)
