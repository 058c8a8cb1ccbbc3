"""Notices about a report: coordinators get its card, the author gets the decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Literal, TypeAlias

from conversations.context.context import Context
from conversations.context.overlay import known_after
from conversations.context.review_overlay import review_after
from conversations.context.session import Notice
from conversations.flows.reviews.cards import card, changes, whole
from conversations.flows.shared.report_status import SEEN_BY
from conversations.flows.shared.report_words import form_of, label_of, reason_of, title, value_of
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import Words, _, quoted
from conversations.model.initiatives import sharing_of
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
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
from conversations.model.people.members import Member
from conversations.model.reviews import UnderReview

How: TypeAlias = Literal["show", "anew", "update"]

_BY_COORDINATORS = (
    ReportClaimed,
    ReportReleased,
    ReportPublished,
    ReportReturned,
    ReportDeclined,
    QuestionAsked,
    RequestTakenBack,
    ReportCorrected,
)
_BY_AUTHORS = (ReportSubmitted, ReportSentAgain, ReportWithdrawn)


def followed_up(outcomes: Sequence[Outcome], context: Context) -> tuple[Outcome, ...]:
    """Returns outcomes that follow from the author's corrections: an answer to a question sends the report back."""
    answered = {(outcome.report, outcome.question) for outcome in outcomes if isinstance(outcome, Answered)}
    sent = []
    for report in _corrected_by_author(outcomes, context):
        review = context.find.review.report(report)
        asked = review.asked if review and review.status == "changes_requested" else None
        if asked and (report, asked.about) in answered and ReportSentAgain(report) not in outcomes:
            sent.append(ReportSentAgain(report))
    return tuple(sent)


def told(outcomes: Sequence[Outcome], context: Context) -> tuple[Notice, ...]:
    """Returns the notices for these outcomes; `context` is the state before the turn."""
    notices: list[Notice] = []
    by_name = [each.report for each in outcomes if isinstance(each, (*_BY_COORDINATORS, *_BY_AUTHORS))]
    for report in dict.fromkeys((*by_name, *_corrected_by_author(outcomes, context))):
        before = context.find.review.report(report)
        if before is None:
            continue
        now = review_after(before, outcomes, context.person.id, context.now)
        mine = [outcome for outcome in outcomes if getattr(outcome, "report", None) == report]
        notices.extend(_to_coordinators(before, now, mine, context))
        notices.extend(_to_author(before, now, mine, context))
    return tuple(notices)


def cards(review: UnderReview, context: Context, how: How, *, new: bool = False) -> tuple[Notice, ...]:
    """Returns the card of a report for every coordinator and group, and the whole report for those who read it.

    Nobody has read a `new` one.
    """
    members, chats = reviewers(context), context.find.review.groups()
    if not members and not chats:
        return ()
    screen, key = card(review, context), card_key(review.id)
    people = (Notice(member.id, screen, key, how) for member in members)
    groups = (Notice(chat, screen, key, how, in_group=True) for chat in chats)
    return (*people, *groups, *(() if new else _read_again(review, members, context)))


def card_key(report: str) -> str:
    """Returns the key under which a report's card is updated."""
    return f"card:{report}"


def _read_again(review: UnderReview, members: Sequence[Member], context: Context) -> tuple[Notice, ...]:
    """Returns the whole report again for those of `members` who read it before, so that its buttons are not old."""
    if not members:
        return ()
    screen, key = whole(review, context), whole_key(review.id)
    return tuple(Notice(member.id, screen, key, "update") for member in members)


def whole_key(report: str) -> str:
    """Returns the key under which the whole report is updated for a coordinator who reads it."""
    return f"whole:{report}"


def reviewers(context: Context) -> list[Member]:
    """Returns everybody who may review."""
    members = (*context.find.people.members("coordinator"), *context.find.people.members("owner"))
    return list({member.id: member for member in members}.values())


def _corrected_by_author(outcomes: Sequence[Outcome], context: Context) -> list[str]:
    """Returns the reports, sent before this turn, that their author has changed in it."""
    started = {outcome.report for outcome in outcomes if isinstance(outcome, DraftStarted)}
    answered = dict.fromkeys(outcome.report for outcome in outcomes if isinstance(outcome, Answered))
    sent = []
    for report in answered:
        own = None if report in started else context.find.reports.one(report)
        if own and own.status in ("submitted", "changes_requested", "published"):
            sent.append(report)
    return sent


def _to_coordinators(
    before: UnderReview, now: UnderReview, outcomes: Sequence[Outcome], context: Context
) -> tuple[Notice, ...]:
    if any(isinstance(outcome, ReportSubmitted | ReportSentAgain) for outcome in outcomes):
        # Only what the author said of others: the rest of the turn is in `now`.
        told = [each for each in outcomes if isinstance(each, LineageTold)]
        known = replace(context, find=known_after(context.find, told))
        return cards(now, known, "anew", new=before.status == "draft")
    if before.status == "published" and now.status == "published":
        return _corrected(now, outcomes, context)
    return cards(now, context, "update")


def _corrected(review: UnderReview, outcomes: Sequence[Outcome], context: Context) -> tuple[Notice, ...]:
    """Returns notices of a corrected report, which stays published: one note a day with all changes of that day."""
    answered = [outcome.question for outcome in outcomes if isinstance(outcome, Answered | ReportCorrected)]
    if not answered:
        return ()
    since = datetime.combine(context.today, time(), context.timezone)
    if review.decided_at:
        since = max(since, review.decided_at)
    different = changes(review, since, context, answered)
    lines = (
        heading(_("Corrected after it was published: {title}", title=title(review))),
        *(different.values() or (Line(_("It is again as it was before.")),)),
        Line(review.id, Style.HELP),
    )
    screen = Screen(lines, ((Button(_("Read full report"), "whole"),),), report=review.id, revision=review.revision)
    how: How = "show" if different else "update"
    key = f"corrected:{review.id}:{context.today.isoformat()}"
    members = reviewers(context)
    people = tuple(Notice(member.id, screen, key, how) for member in members if member.id != review.author)
    groups = tuple(Notice(chat, screen, key, how, in_group=True) for chat in context.find.review.groups())
    return (*people, *groups, *_read_again(review, members, context))


def _to_author(
    before: UnderReview, review: UnderReview, outcomes: Sequence[Outcome], context: Context
) -> tuple[Notice, ...]:
    if review.author is None:
        return ()
    lines: tuple[Line, ...]
    for outcome in outcomes:
        match outcome:
            case ReportPublished():
                lines = _accepted(review)
                return (_notice(review, lines, _("Open the report"), "published"),)
            case ReportReturned(reason=reason):
                lines = (
                    heading(_("A coordinator has sent your report back for changes: {title}", title=title(review))),
                    Line(_("Reason: {reason}", reason=reason_of(reason))),
                    Line(_("Correct it and send it again. Nothing you wrote is lost."), Style.HELP),
                )
                return (_notice(review, lines, _("Open the report"), "returned"),)
            case ReportDeclined(reason=reason):
                lines = (
                    heading(_("Your report was declined: {title}", title=title(review))),
                    Line(_("Reason: {reason}", reason=reason_of(reason))),
                )
                return (_notice(review, lines, _("Open the report"), "declined"),)
            case QuestionAsked(_, question, text):
                return (_asked(review, question, text, context),)
            case RequestTakenBack():
                return (_taken_back(before, review),)
            case _:
                pass
    return ()


def _accepted(review: UnderReview) -> tuple[Line, ...]:
    """Returns that the report is accepted, and who can see it: only a report that everybody can see is published."""
    sharing, what = sharing_of(review.answers), title(review)
    public, other = (
        _("Your report has been published: {title}", title=what),
        _("Your report has been accepted: {title}", title=what),
    )
    return (
        heading(public if sharing == "public" else other),
        Line(SEEN_BY[sharing]),
        Line(_("Thank you. You can still edit it at any time, and change who can see it."), Style.HELP),
    )


def _asked(review: UnderReview, question: str, text: str, context: Context) -> Notice:
    form = form_of(review, context)
    answer = value_of(form, question, review.answers.get(question))
    lines = (
        heading(_("A question about your report: {title}", title=title(review))),
        Line(_("{label}: {answer}", label=label_of(form, question), answer=answer)),
        Line(_("A coordinator asks: {question}", question=quoted(text))),
    )
    return _notice(review, lines, _("Answer"), "asked", action="answer")


def _taken_back(before: UnderReview, review: UnderReview) -> Notice:
    """Replaces the question to the author by a notice that nothing is to be done any more."""
    if before.asked:
        said, what = _("The question about your report was withdrawn: {title}", title=title(review)), "asked"
    else:
        said, what = _("You do not need to change your report after all: {title}", title=title(review)), "returned"
    lines = (heading(said), Line(_("A coordinator will read it as it is. You do not need to do anything."), Style.HELP))
    return replace(_notice(review, lines, _("Open the report"), what), how="update")


def _notice(review: UnderReview, lines: tuple[Line, ...], label: Words, what: str, action: str = "open") -> Notice:
    assert review.author is not None  # noqa: S101 - the caller has checked it
    argument = review.id if action == "open" else ""
    screen = Screen(lines, ((Button(label, action, argument),),), report=review.id, revision=review.revision)
    return Notice(review.author, screen, f"{what}:{review.id}", "anew")
