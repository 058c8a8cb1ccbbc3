"""Look-ups that include the outcomes of the current turn, before these are stored ("read your writes")."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar, assert_never, cast

from conversations.context.context import Lookup
from conversations.context.event_overlay import EventsOverlay
from conversations.context.overlays import (
    CallsOverlay,
    CollectionsOverlay,
    FollowUpsOverlay,
    PeopleOverlay,
    ReviewOverlay,
    SubscriptionsOverlay,
    WebhooksOverlay,
)
from conversations.model.attached import ReportFile
from conversations.model.calls import CallsLookup
from conversations.model.collections.collection import CollectionsLookup
from conversations.model.events.looking import EventsLookup
from conversations.model.followups.looking import FollowUpsLookup
from conversations.model.outcomes import (
    AboutReports,
    Answered,
    ContactsErased,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    LineageTold,
    Outcome,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.model.people.members import PeopleLookup
from conversations.model.reports import Report, ReportsLookup
from conversations.model.reviews import ReviewLookup
from conversations.model.subscriptions import SubscriptionsLookup
from conversations.model.webhooks.webhook import WebhooksLookup

Subject = TypeVar("Subject")


def report_after(report: Report | None, report_id: str, outcomes: Iterable[Outcome]) -> Report | None:
    """Returns `report` with `outcomes` applied. None is a report that does not exist yet, or that was discarded."""
    for outcome in outcomes:
        if isinstance(outcome, AboutReports | ReportSentAgain | ContactsErased) and outcome.report == report_id:
            report = Report(report_id, "draft", {}) if isinstance(outcome, DraftStarted) else report
            report = report and _changed(report, outcome)
    return report


def _changed(report: Report, outcome: AboutReports | ReportSentAgain | ContactsErased) -> Report | None:
    """`report` once `outcome`, which is about it, has happened."""
    match outcome:
        case Answered(_, question, value):
            return replace(report, answers={**report.answers, question: value})
        case DraftLeft(_, place):
            return replace(report, place=place)
        case ReportSubmitted() | ReportSentAgain():
            return replace(report, status="submitted")
        case ReportWithdrawn():
            return replace(report, status="withdrawn")
        case ContactsErased(_, questions):
            rest = {key: value for key, value in report.answers.items() if key not in questions}
            return replace(report, answers=rest)
        case DraftDiscarded():
            return None
        case DraftStarted() | FileReceived() | LineageTold():
            return report
        case _:
            assert_never(outcome)


class ReportsOverlay:
    """What changes in a `ReportsLookup` after `outcomes`; `known` caches the reports that were looked up before."""

    def __init__(self, find: ReportsLookup, outcomes: Sequence[Outcome], known: dict[str, Report | None]) -> None:
        self._find = find
        self._outcomes = outcomes
        self._known = known

    def one(self, report: str) -> Report | None:
        """The person's own report with this id, with this turn's changes. It is read from storage only once a turn."""
        if report not in self._known:
            self._known[report] = self._find.one(report)
        return report_after(self._known[report], report, self._outcomes)

    def own(self) -> Sequence[Report]:
        """The person's own reports, with this turn's changes; drafts started in this turn come first."""
        before = self._find.own()
        new = [Report(started.report, "draft", {}) for started in self._outcomes if isinstance(started, DraftStarted)]
        changed = (report_after(each, each.id, self._outcomes) for each in (*reversed(new), *before))
        return [each for each in changed if each]

    def files(self, report: str) -> Sequence[ReportFile]:
        """The files of a report, with those that came in this turn."""
        new = (each for each in self._outcomes if isinstance(each, FileReceived) and each.report == report)
        return (*self._find.files(report), *(ReportFile(each.attachment, each.question, each.file) for each in new))


class _Overlaid:
    """Takes each attribute from `changes`, or from `find` if `changes` does not have it."""

    __slots__ = ("_changes", "_find")

    def __init__(self, find: object, changes: object) -> None:
        self._find = find
        self._changes = changes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._changes if hasattr(type(self._changes), name) else self._find, name)


def overlaid(find: Subject, changes: object) -> Subject:
    """Returns `find` with the methods of `changes` in place of its own."""
    return cast("Subject", _Overlaid(find, changes))


class Overlay:
    """What changes in a `Lookup` after `outcomes` of the current turn."""

    def __init__(self, find: Lookup, outcomes: tuple[Outcome, ...], known: dict[str, Report | None]) -> None:
        self.find = find
        self.outcomes = outcomes
        self.known = known

    @cached_property
    def people(self) -> PeopleLookup:
        """People with roles, with this turn's changes."""
        return overlaid(self.find.people, PeopleOverlay(self.find.people, self.outcomes))

    @cached_property
    def calls(self) -> CallsLookup:
        """Calls, with this turn's changes."""
        return overlaid(self.find.calls, CallsOverlay(self.find.calls, self.outcomes))

    @cached_property
    def events(self) -> EventsLookup:
        """Events and wishes for study visits, with this turn's changes."""
        return overlaid(self.find.events, EventsOverlay(self.find.events, self.outcomes))

    @cached_property
    def followups(self) -> FollowUpsLookup:
        """Follow-ups, with this turn's changes."""
        return overlaid(self.find.followups, FollowUpsOverlay(self.find.followups, self.outcomes))

    @cached_property
    def review(self) -> ReviewLookup:
        """Reviews, with what was said of reports beside others in this turn."""
        return overlaid(self.find.review, ReviewOverlay(self.find.review, self.find.initiatives, self.outcomes))

    @cached_property
    def collections(self) -> CollectionsLookup:
        """Collections, with this turn's changes."""
        return overlaid(self.find.collections, CollectionsOverlay(self.find.collections, self.outcomes))

    @cached_property
    def subscriptions(self) -> SubscriptionsLookup:
        """The person's subscriptions, with this turn's changes."""
        return overlaid(self.find.subscriptions, SubscriptionsOverlay(self.find.subscriptions, self.outcomes))

    @cached_property
    def webhooks(self) -> WebhooksLookup:
        """Webhooks, with this turn's changes."""
        return overlaid(self.find.webhooks, WebhooksOverlay(self.find.webhooks, self.outcomes))

    @cached_property
    def reports(self) -> ReportsLookup:
        """The person's drafts and reports, with this turn's changes."""
        return overlaid(self.find.reports, ReportsOverlay(self.find.reports, self.outcomes, self.known))

    def then(self, outcomes: Iterable[Outcome]) -> Lookup:
        """Returns the same look-up with further `outcomes` applied."""
        return overlaid(self.find, Overlay(self.find, (*self.outcomes, *outcomes), self.known))


def known_after(find: Lookup, outcomes: Iterable[Outcome] = ()) -> Lookup:
    """Returns `find` with `outcomes` of this turn applied, in addition to those it already includes."""
    if isinstance(find, _Overlaid):
        return cast("Overlay", find).then(outcomes)
    return overlaid(find, Overlay(find, tuple(outcomes), {}))
