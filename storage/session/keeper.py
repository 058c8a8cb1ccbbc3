"""What becomes of a turn: every outcome is written down, and where the person stands."""

from datetime import datetime
from typing import assert_never

from conversations.context.session import Turn
from conversations.model.outcomes import (
    AboutCalls,
    AboutContacts,
    AboutDigests,
    AboutPeople,
    AboutPrivacy,
    AboutReports,
    AboutReviews,
    AboutRoles,
    AboutSubscriptions,
    Answered,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    LanguageChosen,
    LibraryRemembered,
    Outcome,
    ProposalsChosen,
    RemindersChosen,
    ReportCorrected,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
    TimezoneChosen,
)
from conversations.model.people.person import Person
from storage.calls.keeper import CallsKeeper
from storage.contacts.keeper import ContactsKeeper
from storage.digests.keeper import DigestsKeeper
from storage.engine.errors import NoSuchReport
from storage.people.audit import Audit, Entry
from storage.people.keeper import RolesKeeper
from storage.people.people import People
from storage.privacy.keeper import PrivacyKeeper
from storage.reports.attachments import Attachments
from storage.reports.reports import Reports
from storage.reviews.keeper import ReviewsKeeper
from storage.subscriptions.keeper import SubscriptionsKeeper

CALL_QUESTION = "campaign"
"""The question whose answer is the slug of the call that the report belongs to."""

_CHANGES_WHAT_IS_PUBLISHED = (ReportPublished, ReportCorrected, ReportWithdrawn)


class Keeper:
    """Keeps one turn. All corrections of one turn to one report are one revision."""

    def __init__(
        self,
        people: People,
        reports: Reports,
        attachments: Attachments,
        audit: Audit,
        calls: CallsKeeper,
        contacts: ContactsKeeper,
        digests: DigestsKeeper,
        roles: RolesKeeper,
        reviews: ReviewsKeeper,
        subscriptions: SubscriptionsKeeper,
        privacy: PrivacyKeeper,
        person: Person,
        now: datetime,
    ) -> None:
        self._calls = calls
        self._contacts = contacts
        self._digests = digests
        self._roles = roles
        self._reviews = reviews
        self._subscriptions = subscriptions
        self._privacy = privacy
        self._people = people
        self._reports = reports
        self._attachments = attachments
        self._audit = audit
        self._person = person.id
        self._now = now
        self._revisions: dict[str, int] = {}

    def keep(self, turn: Turn) -> list[str]:
        """Write down all that came of `turn`; returns the reports, sent before it, that it touched."""
        for outcome in turn.outcomes:
            self._keep(outcome, turn.language)
        self._people.set_session(self._person, turn.session, self._now)
        corrected = [report for report, revision in self._revisions.items() if revision]
        decided = [each.report for each in turn.outcomes if isinstance(each, _CHANGES_WHAT_IS_PUBLISHED)]
        return [*corrected, *decided]

    def _keep(self, outcome: Outcome, language: str) -> None:
        if isinstance(outcome, AboutReports):
            self._keep_of_reports(outcome, language)
        elif isinstance(outcome, AboutPeople):
            self._keep_of_people(outcome)
        elif isinstance(outcome, AboutReviews):
            self._reviews.keep(outcome)
        elif isinstance(outcome, AboutCalls):
            self._calls.keep(outcome)
        elif isinstance(outcome, AboutSubscriptions):
            self._subscriptions.keep(outcome)
        elif isinstance(outcome, AboutContacts):
            self._contacts.keep(outcome)
        elif isinstance(outcome, AboutRoles):
            self._roles.keep(outcome)
        elif isinstance(outcome, AboutDigests):
            self._digests.keep(outcome, language)
        elif isinstance(outcome, AboutPrivacy):
            self._privacy.keep(outcome, language)
        else:
            assert_never(outcome)

    def _keep_of_reports(self, outcome: AboutReports, language: str) -> None:
        match outcome:
            case DraftStarted():
                self._reports.start(self._person, outcome, language, self._now)
            case Answered():
                self._answer(outcome)
            case FileReceived(report, question, attachment, file):
                self._attachments.add(attachment, report, question, file, self._now)
            case DraftLeft(report, place):
                self._reports.leave(self._person, report, place)
            case DraftDiscarded(report):
                self._reports.discard(self._person, report, self._now)
            case ReportSubmitted(report):
                if self._reports.submit(self._person, report, self._now):
                    self._note("submitted", report, old="draft", new="submitted")
            case ReportWithdrawn(report):
                if before := self._reports.withdraw(self._person, report, self._now):
                    self._note("withdrawn", report, old=before, new="withdrawn")

    def _keep_of_people(self, outcome: AboutPeople) -> None:
        match outcome:
            case LanguageChosen(chosen):
                self._people.set_language(self._person, chosen)
            case LibraryRemembered(library):
                self._people.set_library(self._person, library)
            case RemindersChosen(wanted):
                self._people.set_reminders(self._person, wanted)
            case TimezoneChosen(timezone):
                self._people.set_timezone(self._person, timezone)
            case ProposalsChosen(wanted):
                self._people.set_proposals(self._person, wanted)

    def _answer(self, answered: Answered) -> None:
        revision = self._revision(answered.report)
        if revision:
            if answered.personal:
                self._note("corrected", answered.report, answered.question)
            else:
                before = self._reports.current_answer(answered.report, answered.question)
                self._note("corrected", answered.report, answered.question, old=before, new=answered.value)
        self._reports.answer(self._person, answered, revision, self._now)
        if answered.value is None:
            self._attachments.taken_back(answered.report, answered.question)
        if answered.question == CALL_QUESTION:
            self._reports.belongs_to_call(self._person, answered.report, answered.value)

    def _revision(self, report: str) -> int:
        """The revision that this turn's answers to `report` belong to: 0 while it is a draft."""
        if report not in self._revisions:
            if self._reports.change_draft(self._person, report, self._now):
                self._revisions[report] = 0
            else:
                revision = self._reports.revise(self._person, report, self._now)
                if revision is None:
                    raise NoSuchReport("A turn answers a report that is not there for this person.")
                self._revisions[report] = revision
        return self._revisions[report]

    def _note(
        self, action: str, report: str, question: str | None = None, *, old: object = None, new: object = None
    ) -> None:
        self._audit.add(Entry(self._now, self._person, action, question, old, new), report)
