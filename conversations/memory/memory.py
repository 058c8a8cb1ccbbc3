"""A notebook that keeps one person's conversation in memory: for trying the bare core, and for its tests."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from conversations.context.context import LibraryFound
from conversations.context.overlay import after
from conversations.context.session import Cut, Session, Turn, pack, unpack
from conversations.language.words import Words
from conversations.memory.calls import CallsInMemory
from conversations.memory.contacts import ContactsInMemory
from conversations.memory.digests import DigestsInMemory
from conversations.memory.initiatives import InitiativesInMemory
from conversations.memory.partners import PartnersInMemory
from conversations.memory.people import PeopleInMemory
from conversations.memory.reviews import ReviewsInMemory
from conversations.memory.search import SearchInMemory
from conversations.memory.subscriptions import SubscriptionsInMemory
from conversations.model.attached import ReportFile
from conversations.model.calls import Call
from conversations.model.outcomes import (
    AdministratorAsked,
    Answered,
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
from conversations.model.reports import Report, SavedAnswer


@dataclass(slots=True)
class Memory:
    """What is kept of one person, and what a conversation may look up about it (the protocol `Lookup`).

    `find` and `near` look into a register of libraries; `spell` gives a sentence in every language.
    """

    person: Person
    find: Callable[[str], tuple[LibraryFound | None, Sequence[LibraryFound]]]
    near: Callable[[float, float], Sequence[LibraryFound]]
    spell: Callable[[Words], Sequence[str]]
    calls: CallsInMemory = field(default_factory=CallsInMemory)
    contacts: ContactsInMemory = field(default_factory=ContactsInMemory)
    digests: DigestsInMemory = field(default_factory=DigestsInMemory)
    initiatives: InitiativesInMemory = field(default_factory=InitiativesInMemory)
    partners: PartnersInMemory = field(default_factory=PartnersInMemory)
    people: PeopleInMemory = field(default_factory=PeopleInMemory)
    review: ReviewsInMemory = field(default_factory=ReviewsInMemory)
    subscriptions: SubscriptionsInMemory = field(default_factory=SubscriptionsInMemory)
    session: Session = field(default_factory=Session)
    responsible: str = ""
    kept: dict[str, Report] = field(default_factory=dict)
    history: list[Outcome] = field(default_factory=list)

    def keep(self, turn: Turn, now: datetime) -> None:
        """All that follows from `turn`. The position goes through JSON, as it does in a database."""
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
                    self.responsible = words
                case PersonForgotten():
                    self.person, self.session = Person(self.person.id, self.person.language), Session()
                    self.kept.clear()
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
                    self._write(outcome.report, outcome, now)

    def _write(self, report: str, outcome: Outcome, now: datetime) -> None:
        written = after(self.kept.pop(report, None), report, [outcome])
        if written:
            # The last changed comes last in the book.
            self.kept[report] = replace(written, changed_at=now)

    @property
    def search(self) -> SearchInMemory:
        """As `Lookup.search`."""
        return SearchInMemory(self.initiatives)

    def libraries(self, typed: str) -> tuple[LibraryFound | None, Sequence[LibraryFound]]:
        """As `Lookup.libraries`."""
        return self.find(typed)

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """As `Lookup.libraries_near`."""
        return self.near(latitude, longitude)

    def spellings(self, words: Words) -> Sequence[str]:
        """As `Lookup.spellings`."""
        return self.spell(words)

    def report(self, report: str) -> Report | None:
        """As `Lookup.report`."""
        found = self.kept.get(report)
        return self._as_decided(found) if found else None

    def files(self, report: str) -> Sequence[ReportFile]:
        """As `Lookup.files`."""
        return self.review.files.get(report, ())

    def reports(self) -> Sequence[Report]:
        """As `Lookup.reports`."""
        return [self._as_decided(each) for each in reversed(self.kept.values())]

    def _as_decided(self, report: Report) -> Report:
        """`report` with the status that coordinators gave it, who share the book of reviews."""
        review = self.review.report(report.id)
        return replace(report, status=review.status) if review else report

    def open_calls(self) -> Sequence[Call]:
        """As `Lookup.open_calls`."""
        return self.calls.open()

    def controller(self) -> str:
        """As `Lookup.controller`."""
        return self.responsible

    def answer_from(self, message: int) -> SavedAnswer | None:
        """As `Lookup.answer_from`."""
        current = {(done.report, done.question): done for done in self.history if isinstance(done, Answered)}
        for answered in reversed(current.values()):
            if not message or answered.report not in self.kept:
                continue
            if answered.message == message or message in dict(answered.parts):
                return SavedAnswer(answered.report, answered.question, answered.parts)
        return None
