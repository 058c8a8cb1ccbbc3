"""A report under review with the outcomes of the current turn applied."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias, assert_never

from conversations.model.outcomes import (
    AboutReports,
    AboutReviews,
    Answered,
    BroadcastSent,
    ContactsRead,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    LineageTold,
    Outcome,
    QuestionAsked,
    ReportClaimed,
    ReportCorrected,
    ReportDeclined,
    ReportPublished,
    ReportReleased,
    ReportReturned,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
    RequestTakenBack,
)
from conversations.model.reviews import AskedQuestion, Claim, UnderReview

_Outcome: TypeAlias = AboutReports | AboutReviews


def review_after(review: UnderReview, outcomes: Iterable[Outcome], by: int, now: datetime) -> UnderReview:
    """Returns `review` after `outcomes` of a turn of the person with the id `by`."""
    corrected = False
    for outcome in outcomes:
        if isinstance(outcome, _Outcome) and not isinstance(outcome, BroadcastSent) and outcome.report == review.id:
            corrected = corrected or _is_correction(review, outcome)
            review = _changed(review, outcome, by, now)
    return replace(review, revision=review.revision + corrected)


def _is_correction(review: UnderReview, outcome: _Outcome) -> bool:
    """Whether `outcome` begins a revision: all changes of one turn to the answers of a report that was sent are one."""
    return isinstance(outcome, ReportCorrected) or (isinstance(outcome, Answered) and review.status != "draft")


def _changed(review: UnderReview, outcome: _Outcome, by: int, now: datetime) -> UnderReview:
    match outcome:
        case Answered(_, question, value, personal=personal):
            return review if personal else replace(review, answers={**review.answers, question: value})
        case ReportSubmitted():
            return replace(review, status="submitted", revision=1, since=now)
        case ReportSentAgain():
            return replace(review, status="submitted", since=now, claim=None, reason=None)
        case ReportWithdrawn():
            return replace(review, status="withdrawn")
        case ReportClaimed():
            return replace(review, claim=Claim(by, now))
        case ReportReleased():
            return replace(review, claim=None)
        case ReportPublished():
            return replace(review, status="published", decided_by=by, decided_at=now, claim=None)
        case ReportReturned(reason=reason):
            returned = replace(review, decided_by=by, claim=None, reason=reason, asked=None)
            return replace(returned, status="changes_requested", decided_at=now, sent_back=now)
        case RequestTakenBack():
            return replace(review, status="submitted", asked=None, reason=None, sent_back=None)
        case ReportCorrected(_, question, value):
            review = replace(review, answers={**review.answers, question: value})
            waits_again = review.status == "changes_requested"
            return replace(review, status="submitted", reason=None) if waits_again else review
        case ReportDeclined(reason=reason):
            declined = replace(review, decided_by=by, decided_at=now, claim=None, reason=reason)
            return replace(declined, status="declined")
        case QuestionAsked(_, about, text):
            asked = replace(review, claim=None, asked=AskedQuestion(about, text, by), sent_back=now)
            return replace(asked, status="changes_requested")
        case DraftStarted() | DraftLeft() | DraftDiscarded() | FileReceived() | LineageTold():
            return review
        case ContactsRead() | BroadcastSent():
            return review
        case _:
            assert_never(outcome)
