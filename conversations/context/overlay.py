"""A draft or report as it is after what just happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from conversations.context.context import LibraryFound, Lookup
from conversations.context.overlays import CallsOverlay, PeopleOverlay, SubscriptionsOverlay
from conversations.language.words import Words
from conversations.model.attached import ReportFile
from conversations.model.calls import Call, CallsLookup
from conversations.model.contacts import ContactsLookup
from conversations.model.digests.looking import DigestLookup
from conversations.model.initiatives import InitiativesLookup
from conversations.model.outcomes import (
    Answered,
    ContactsErased,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    Outcome,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.model.people.members import PeopleLookup
from conversations.model.people.organisations import PartnersLookup
from conversations.model.reports import Report, SavedAnswer
from conversations.model.reviews import ReviewLookup
from conversations.model.search import SearchLookup
from conversations.model.subscriptions import SubscriptionsLookup


def after(report: Report | None, report_id: str, outcomes: Iterable[Outcome]) -> Report | None:
    """`report` (None: not there yet) once `outcomes` have happened; None once it is discarded."""
    for outcome in outcomes:
        match outcome:
            case DraftStarted(started) if started == report_id:
                report = Report(report_id, "draft", {})
            case Answered(answered, question, value) if answered == report_id and report:
                report = replace(report, answers={**report.answers, question: value})
            case DraftLeft(left, place) if left == report_id and report:
                report = replace(report, place=place)
            case ReportSubmitted(sent) | ReportSentAgain(sent) if sent == report_id and report:
                report = replace(report, status="submitted")
            case ReportWithdrawn(withdrawn) if withdrawn == report_id and report:
                report = replace(report, status="withdrawn")
            case ContactsErased(erased, questions) if erased == report_id and report:
                rest = {key: value for key, value in report.answers.items() if key not in questions}
                report = replace(report, answers=rest)
            case DraftDiscarded(discarded) if discarded == report_id:
                report = None
    return report


@dataclass(frozen=True, slots=True)
class Overlay:
    """A lookup that already knows what this turn has changed, and asks for each report only once."""

    look: Lookup
    outcomes: tuple[Outcome, ...] = ()
    known: dict[str, Report | None] = field(default_factory=dict)

    @property
    def people(self) -> PeopleLookup:
        """As `Lookup.people`, with this turn's changes."""
        return PeopleOverlay(self.look.people, self.outcomes)

    @property
    def calls(self) -> CallsLookup:
        """As `Lookup.calls`, with this turn's changes."""
        return CallsOverlay(self.look.calls, self.outcomes)

    @property
    def contacts(self) -> ContactsLookup:
        """As `Lookup.contacts`: as it stood before this turn."""
        return self.look.contacts

    @property
    def digests(self) -> DigestLookup:
        """As `Lookup.digests`."""
        return self.look.digests

    @property
    def initiatives(self) -> InitiativesLookup:
        """As `Lookup.initiatives`: as they were before this turn."""
        return self.look.initiatives

    @property
    def partners(self) -> PartnersLookup:
        """As `Lookup.partners`: as they were before this turn."""
        return self.look.partners

    @property
    def subscriptions(self) -> SubscriptionsLookup:
        """As `Lookup.subscriptions`, with this turn's changes."""
        return SubscriptionsOverlay(self.look.subscriptions, self.outcomes)

    @property
    def search(self) -> SearchLookup:
        """As `Lookup.search`: what was there before this turn."""
        return self.look.search

    @property
    def review(self) -> ReviewLookup:
        """As `Lookup.review`: how it stood before this turn."""
        return self.look.review

    def libraries(self, typed: str) -> tuple[LibraryFound | None, Sequence[LibraryFound]]:
        """As `Lookup.libraries`."""
        return self.look.libraries(typed)

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """As `Lookup.libraries_near`."""
        return self.look.libraries_near(latitude, longitude)

    def spellings(self, words: Words) -> Sequence[str]:
        """As `Lookup.spellings`."""
        return self.look.spellings(words)

    def report(self, report: str) -> Report | None:
        """As `Lookup.report`, with this turn's changes."""
        if report not in self.known:
            self.known[report] = self.look.report(report)
        return after(self.known[report], report, self.outcomes)

    def files(self, report: str) -> Sequence[ReportFile]:
        """As `Lookup.files`, with this turn's changes."""
        new = (each for each in self.outcomes if isinstance(each, FileReceived) and each.report == report)
        return (*self.look.files(report), *(ReportFile(each.attachment, each.question, each.file) for each in new))

    def reports(self) -> Sequence[Report]:
        """As `Lookup.reports`, with this turn's changes."""
        before = self.look.reports()
        new = [Report(started.report, "draft", {}) for started in self.outcomes if isinstance(started, DraftStarted)]
        changed = (after(each, each.id, self.outcomes) for each in (*reversed(new), *before))
        return [each for each in changed if each]

    def open_calls(self) -> Sequence[Call]:
        """As `Lookup.open_calls`."""
        return self.look.open_calls()

    def controller(self) -> str:
        """As `Lookup.controller`."""
        return self.look.controller()

    def answer_from(self, message: int) -> SavedAnswer | None:
        """As `Lookup.answer_from`."""
        return self.look.answer_from(message)

    def then(self, outcomes: Iterable[Outcome]) -> "Overlay":
        """The same lookup after `outcomes` too."""
        return Overlay(self.look, (*self.outcomes, *outcomes), self.known)
