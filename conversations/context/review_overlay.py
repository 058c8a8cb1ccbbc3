"""A report under review with the outcomes of the current turn applied."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from conversations.model.outcomes import (
    Answered,
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


def review_after(review: UnderReview, outcomes: Iterable[Outcome], by: int, now: datetime) -> UnderReview:
    """Returns `review` after `outcomes` of a turn of the person with the id `by`."""
    corrected = False
    for outcome in outcomes:
        if getattr(outcome, "report", None) != review.id:
            continue
        match outcome:
            case Answered(_, question, value, personal=personal):
                corrected = review.status != "draft"
                if not personal:
                    review = replace(review, answers={**review.answers, question: value})
            case ReportSubmitted():
                review = replace(review, status="submitted", revision=1, since=now)
            case ReportSentAgain():
                review = replace(review, status="submitted", since=now, claim=None, reason=None)
            case ReportWithdrawn():
                review = replace(review, status="withdrawn")
            case ReportClaimed():
                review = replace(review, claim=Claim(by, now))
            case ReportReleased():
                review = replace(review, claim=None)
            case ReportPublished():
                review = replace(review, status="published", decided_by=by, decided_at=now, claim=None)
            case ReportReturned(reason=reason):
                returned = replace(review, decided_by=by, claim=None, reason=reason, asked=None)
                review = replace(returned, status="changes_requested", decided_at=now, sent_back=now)
            case RequestTakenBack():
                review = replace(review, status="submitted", asked=None, reason=None, sent_back=None)
            case ReportCorrected(_, question, value):
                corrected = True
                review = replace(review, answers={**review.answers, question: value})
                if review.status == "changes_requested":
                    review = replace(review, status="submitted", reason=None)
            case ReportDeclined(reason=reason):
                declined = replace(review, decided_by=by, decided_at=now, claim=None, reason=reason)
                review = replace(declined, status="declined")
            case QuestionAsked(_, about, text):
                asked = replace(review, claim=None, asked=AskedQuestion(about, text, by), sent_back=now)
                review = replace(asked, status="changes_requested")
            case _:
                pass
    return replace(review, revision=review.revision + corrected)
