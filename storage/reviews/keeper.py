"""Stores the outcomes about reviews, and an audit entry for each step: who, when, old and new value."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutReviews,
    Answered,
    BroadcastSent,
    ContactsRead,
    QuestionAsked,
    ReportClaimed,
    ReportCorrected,
    ReportDeclined,
    ReportPublished,
    ReportReleased,
    ReportReturned,
    ReportSentAgain,
    RequestTakenBack,
)
from storage.people.audit import Audit, Entry
from storage.reports.reports import Reports
from storage.reviews.broadcasts import Broadcasts
from storage.reviews.reviews import Reviews

_NOT_ASKED = {"asked_question": None, "asked_text": None, "asked_by": None}


class ReviewsKeeper:
    """Stores what `person` did about reviews in one turn."""

    def __init__(
        self, reviews: Reviews, reports: Reports, broadcasts: Broadcasts, audit: Audit, person: int, now: datetime
    ) -> None:
        self._reviews = reviews
        self._reports = reports
        self._broadcasts = broadcasts
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutReviews) -> None:
        """Store `outcome`."""
        match outcome:
            case ReportClaimed(report):
                self._reviews.note(report, claimed_by=self._person, claimed_at=self._now)
                self._note("claimed", report)
            case ReportReleased(report):
                self._reviews.note(report, claimed_by=None, claimed_at=None)
                self._note("released", report)
            case ReportPublished(report, revision):
                self._decided(report, revision, "published")
            case ReportReturned(report, revision, reason):
                self._decided(report, revision, "changes_requested", reason)
                self._reviews.note(report, sent_back_at=self._now, **_NOT_ASKED)
            case ReportDeclined(report, revision, reason):
                self._decided(report, revision, "declined", reason)
            case QuestionAsked(report, question, text, revision):
                self._reviews.decide(report, revision, "changes_requested", self._now)
                asked = {"asked_question": question, "asked_text": text, "asked_by": self._person}
                self._reviews.note(report, claimed_by=None, sent_back_at=self._now, **asked)
                self._note("asked", report, question, old="submitted", new=text)
            case RequestTakenBack(report, revision):
                self._reviews.decide(report, revision, "submitted", self._now)
                self._reviews.note(report, reason=None, sent_back_at=None, **_NOT_ASKED)
                self._note("taken back", report, old="changes_requested", new="submitted")
            case ReportCorrected(report):
                self._corrected(outcome)
            case ReportSentAgain(report):
                if self._reviews.sent_again(self._person, report, self._now):
                    self._reviews.note(report, waiting_since=self._now, claimed_by=None, reason=None)
                    self._note("submitted", report, old="changes_requested", new="submitted")
            case ContactsRead(report):
                self._note("contacts read", report)
            case BroadcastSent(broadcast, audience=audience, recipients=recipients):
                self._broadcasts.add(outcome, self._person, self._now)
                told = {"to": {name: value for name, value in audience.items() if value}, "recipients": recipients}
                self._audit.add(Entry(self._now, self._person, "broadcast", new=told), subject=broadcast)
            case _:
                assert_never(outcome)

    def _decided(self, report: str, revision: int, status: str, reason: object = None) -> None:
        before = self._reviews.decide(report, revision, status, self._now)
        self._reviews.note(
            report, decided_by=self._person, decided_at=self._now, reason=reason, claimed_by=None, claimed_at=None
        )
        action = "returned" if status == "changes_requested" else status
        new = {"status": status, "reason": reason} if reason else status
        self._note(action, report, old=before, new=new)

    def _corrected(self, corrected: ReportCorrected) -> None:
        """Store the corrected answer as a new revision; a returned report, or one asked about, waits again."""
        report, question, value = corrected.report, corrected.question, corrected.value
        revision = self._reviews.correct(report, corrected.revision, self._now)
        before = self._reports.current_answer(report, question)
        self._reports.answer(self._person, Answered(report, question, value, corrected.said), revision, self._now)
        self._note("corrected", report, question, old=before, new=value)
        self._reviews.note(report, reason=None)

    def _note(
        self, action: str, report: str, question: str | None = None, *, old: object = None, new: object = None
    ) -> None:
        self._audit.add(Entry(self._now, self._person, action, question, old, new), report)
