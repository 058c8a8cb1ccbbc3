"""Stores a turn: each outcome by the keeper of its subject, and the session of the person."""

from datetime import datetime
from typing import TYPE_CHECKING, assert_never

from conversations.context.session import Turn
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
    FollowUpAnswered,
    Outcome,
    ReportConfirmed,
    ReportCorrected,
    ReportHandedOver,
    ReportPublished,
    ReportWithdrawn,
)

if TYPE_CHECKING:
    from storage.session.unit_of_work import UnitOfWork

_CHANGES_WHAT_IS_PUBLISHED = (
    ReportPublished,
    ReportCorrected,
    ReportWithdrawn,
    FollowUpAnswered,
    ReportConfirmed,
    ReportHandedOver,
)


class Keeper:
    """Stores one turn of `person`."""

    def __init__(self, work: "UnitOfWork", person: int, now: datetime) -> None:
        self._work = work
        self._person = person
        self._now = now
        self._reports = work.reports_keeper(person, now)

    def keep(self, turn: Turn) -> list[str]:
        """Store `turn`; returns the ids of reports that were sent before it and that it changed."""
        for outcome in turn.outcomes:
            self._keep(outcome, turn.language)
        self._work.people.set_session(self._person, turn.session, self._now)
        decided = [each.report for each in turn.outcomes if isinstance(each, _CHANGES_WHAT_IS_PUBLISHED)]
        return [*self._reports.corrected(), *decided]

    def _keep(self, outcome: Outcome, language: str) -> None:
        work, person, now = self._work, self._person, self._now
        if isinstance(outcome, AboutReports):
            self._reports.keep(outcome, language)
        elif isinstance(outcome, AboutPeople):
            work.people_keeper(person).keep(outcome)
        elif isinstance(outcome, AboutReviews):
            work.reviews_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutCalls):
            work.calls_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutFollowUps):
            work.followups_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutSubscriptions):
            work.subscriptions_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutContacts):
            work.contacts_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutEvents):
            work.events_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutRoles):
            work.roles_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutDigests):
            work.digests_keeper(person, now).keep(outcome, language)
        elif isinstance(outcome, AboutCollections):
            work.collections_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutExperts):
            work.experts_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutWebhooks):
            work.webhooks_keeper(person, now).keep(outcome)
        elif isinstance(outcome, AboutPrivacy):
            work.privacy_keeper(person, now).keep(outcome, language)
        else:
            assert_never(outcome)
