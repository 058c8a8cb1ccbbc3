"""One person's conversation in memory: for `make talk`, and for the tests of the conversations."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from conversations.context.session import Cut, Session, Turn, pack, unpack
from conversations.memory.calls import CallsInMemory
from conversations.memory.contacts import ContactsInMemory
from conversations.memory.digests import DigestsInMemory
from conversations.memory.initiatives import InitiativesInMemory
from conversations.memory.partners import PartnersInMemory
from conversations.memory.people import PeopleInMemory
from conversations.memory.privacy import PrivacyInMemory
from conversations.memory.reports import ReportsInMemory
from conversations.memory.reviews import ReviewsInMemory
from conversations.memory.search import SearchInMemory
from conversations.memory.subscriptions import SubscriptionsInMemory
from conversations.model.attached import ReportFile
from conversations.model.outcomes import (
    AdministratorAsked,
    AuditExported,
    BroadcastSent,
    CallChanged,
    CallReminded,
    CallStarted,
    CodeTried,
    ControllerNamed,
    DigestMade,
    DigestUnwanted,
    DigestWanted,
    ExportAsked,
    ExportCancelled,
    FileReceived,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    LanguageChosen,
    LibraryRemembered,
    NoteMoved,
    NoteSent,
    OrganisationDecided,
    OrganisationRegistered,
    Outcome,
    PairingAnswered,
    PersonForgotten,
    PrivacyShown,
    ProposalsChosen,
    ReminderPutOff,
    RemindersChosen,
    RolesChanged,
    SubscriptionKept,
    SubscriptionsEnded,
    SubscriptionsRevived,
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
    initiatives: InitiativesInMemory = field(default_factory=InitiativesInMemory)
    partners: PartnersInMemory = field(default_factory=PartnersInMemory)
    people: PeopleInMemory = field(default_factory=PeopleInMemory)
    review: ReviewsInMemory = field(default_factory=ReviewsInMemory)
    subscriptions: SubscriptionsInMemory = field(default_factory=SubscriptionsInMemory)
    session: Session = field(default_factory=Session)
    privacy: PrivacyInMemory = field(default_factory=PrivacyInMemory)
    history: list[Outcome] = field(default_factory=list)
    _reports: ReportsInMemory = field(init=False)

    def __post_init__(self) -> None:
        self._reports = ReportsInMemory(self.review)

    def keep(self, turn: Turn, now: datetime) -> None:
        """Stores everything that follows from `turn`. The position passes through JSON, as it does in a database."""
        cut = turn.session.cut
        kept = Cut(**json.loads(json.dumps(asdict(cut)))) if cut else None
        self.session = replace(turn.session, at=unpack(pack(turn.session.at)), cut=kept)
        self.history.extend(turn.outcomes)
        self.calls.now = now
        self.review.keep(self.person, turn.outcomes, now)
        for outcome in turn.outcomes:
            match outcome:
                case LanguageChosen(language):
                    self.person = replace(self.person, language=language)
                case LibraryRemembered(library):
                    self.person = replace(self.person, library=library)
                case PrivacyShown(version):
                    self.person = replace(self.person, privacy_seen=version)
                case ControllerNamed(words):
                    self.privacy.responsible = words
                case PersonForgotten():
                    self.person, self.session = Person(self.person.id, self.person.language), Session()
                    self.reports.kept.clear()
                case RemindersChosen(wanted):
                    self.person = replace(self.person, reminders=wanted)
                case TimezoneChosen(name):
                    self.person = replace(self.person, timezone=name)
                case ProposalsChosen(wanted):
                    self.person = replace(self.person, proposals=wanted)
                case NoteSent() | NoteMoved() | PairingAnswered():
                    self.contacts.keep(outcome, now)
                case OrganisationRegistered() | OrganisationDecided():
                    self.partners.keep(outcome)
                case InvitationMade() | InvitationRevoked() | CodeTried() | InvitationUsed() | RolesChanged():
                    self.people.keep(self.person, outcome, now)
                    if known := self.people.member(self.person.id):
                        self.person = replace(self.person, roles=known.roles)
                case CallStarted() | CallChanged():
                    self.calls.keep(outcome)
                case DigestMade() | DigestWanted() | DigestUnwanted() | ExportAsked() | ExportCancelled():
                    self.digests.keep(outcome)
                case SubscriptionKept() | SubscriptionsEnded() | SubscriptionsRevived() | AdministratorAsked():
                    self.subscriptions.keep(outcome)
                case CallReminded() | ReminderPutOff():
                    pass
                case FileReceived(report, question, attachment, file):
                    self.review.files.setdefault(report, []).append(ReportFile(attachment, question, file))
                case AuditExported() | BroadcastSent():
                    pass
                case _:
                    self.reports.keep(outcome.report, outcome, now)

    @property
    def reports(self) -> ReportsInMemory:
        """The person's own drafts and reports, with the decisions of coordinators in `review`."""
        self._reports.reviews = self.review
        return self._reports

    @property
    def search(self) -> SearchInMemory:
        """The search among the published initiatives."""
        return SearchInMemory(self.initiatives)
