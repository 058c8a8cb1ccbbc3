"""/review and the buttons of a report's card, which work from anywhere. The first coordinator to tap claims it."""

from conversations.context.context import Context
from conversations.context.review_overlay import review_after
from conversations.context.session import Notice, Position
from conversations.flows.reviews import correcting, deciding, report_files
from conversations.flows.reviews import queue as review_queue
from conversations.flows.reviews.cards import NOBODY, OPEN, card, contact_details, whole
from conversations.flows.reviews.claims import CHANGED, GONE, taken
from conversations.flows.reviews.review_notices import card_key, whole_key
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Screen
from conversations.language.words import Words, _
from conversations.model.initiatives import sharing_of
from conversations.model.outcomes import (
    ContactsRead,
    Outcome,
    ReportClaimed,
    ReportPublished,
    ReportReleased,
    RequestTakenBack,
)
from conversations.model.people.permissions import can
from conversations.model.reviews import UnderReview


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the reports that wait for review."""
    return review_queue.listed(at, 0, context)


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of the queue; the person stays where they stand."""
    return review_queue.listed(
        at, int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0, context
    )


def shown_card(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends the card of one report as a new message."""
    review = _seen(event.argument, at, context)
    if isinstance(review, Step):
        return review
    return Step(at, notices=(_anew(card(review, context), card_key(review.id), context),), silent=True)


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Publishes, asks, returns or declines, once, if the person has the claim and has read this revision."""
    review = _seen(event.report, at, context)
    if isinstance(review, Step):
        return review
    although_open = event.argument == OPEN and event.action in ("publish", "decline")
    if why := taken(review, context, although_open=although_open) or _overtaken(event, review):
        return Step(at, toast=why, notices=_refreshed(review, context), silent=True)
    if review.author is None and event.action in ("ask", "return"):
        return Step(at, toast=NOBODY, notices=_refreshed(review, context), silent=True)
    if event.action == "publish":
        published = ReportPublished(review.id, review.revision)
        done = _("Published.") if sharing_of(review.answers) == "public" else _("Accepted. It is not public.")
        return Step(at, outcomes=(published,), toast=done, silent=True)
    claimed = _claimed(review, context) if review.status == "submitted" else ()
    return Step(deciding.begun(event.action, review, at), outcomes=claimed)


def taken_back(at: Position | None, event: Pressed, context: Context) -> Step:
    """Takes back the question to the author; the report waits for review as before."""
    review = _seen(event.report, at, context)
    if isinstance(review, Step):
        return review
    if review.status != "changes_requested" and (why := taken(review, context)):
        return Step(at, toast=why, notices=_refreshed(review, context), silent=True)
    if why := _overtaken(event, review):
        return Step(at, toast=why, notices=_refreshed(review, context), silent=True)
    if review.status != "changes_requested":
        return Step(
            at, toast=_("There is no open question about it."), notices=_refreshed(review, context), silent=True
        )
    back = RequestTakenBack(review.id, review.revision)
    return Step(at, outcomes=(back,), toast=_("Withdrawn. The report is waiting for review again."), silent=True)


def correct(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens the correction of a report whose author cannot be asked."""
    review = _seen(event.report, at, context)
    if isinstance(review, Step):
        return review
    if why := correcting.refused(review, context) or _overtaken(event, review):
        return Step(at, toast=why, notices=_refreshed(review, context), silent=True)
    claimed = _claimed(review, context) if review.status == "submitted" else ()
    return Step(correcting.begun(review, at), outcomes=claimed)


def _overtaken(event: Pressed, review: UnderReview) -> Words | None:
    """Returns that the report has changed since the pressed card was sent; None if it has not."""
    return None if event.revision == review.revision else CHANGED


def release(at: Position | None, event: Pressed, context: Context) -> Step:
    """Gives the claim back without a decision."""
    review = _seen(event.report, at, context)
    if isinstance(review, Step):
        return review
    if why := taken(review, context):
        return Step(at, toast=why, notices=_refreshed(review, context), silent=True)
    released = (ReportReleased(review.id),) if review.claim else ()
    return Step(at, outcomes=released, toast=_("Others can take it now."), silent=True)


def read(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the whole report; reading a waiting report claims it, unless another coordinator reads it."""
    review = _seen(event.report, at, context, hidden=("draft", "withdrawn"))
    if isinstance(review, Step):
        return review
    claimed = () if taken(review, context) else _claimed(review, context)
    screen = whole(review_after(review, claimed, context.person.id, context.now), context)
    return Step(at, outcomes=claimed, notices=(_anew(screen, whole_key(review.id), context),), silent=True)


def files(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the files that came with a report, with buttons to open them."""
    review = _seen(event.report, at, context, hidden=("draft", "withdrawn"))
    return review if isinstance(review, Step) else Step(at, screen=report_files.opened(review, context))


def contacts(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the names and addresses in a report, and records that they were read."""
    review = _seen(event.report, at, context, hidden=("draft", "withdrawn"))
    if isinstance(review, Step):
        return review
    found = context.find.review.contacts(review.id)
    return Step(at, outcomes=(ContactsRead(review.id),), screen=contact_details(review, found, context))


def _seen(
    report: str, at: Position | None, context: Context, *, hidden: tuple[str, ...] = ("draft",)
) -> UnderReview | Step:
    """Returns the report if this person may see it and its status is not in `hidden`; else a step that says why."""
    if not can(context.person, "review"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    found = context.find.review.report(report)
    if found is None or found.status in hidden:
        return Step(at, toast=GONE, silent=True)
    return found


def _anew(screen: Screen, key: str, context: Context) -> Notice:
    """Returns `screen` as a new message, which is updated whenever its report changes."""
    return Notice(context.person.id, screen, key, "anew")


def _claimed(review: UnderReview, context: Context) -> tuple[Outcome, ...]:
    return () if review.held_by(context.now) == context.person.id else (ReportClaimed(review.id),)


def _refreshed(review: UnderReview, context: Context) -> tuple[Notice, ...]:
    """Returns a notice that updates the card that was pressed."""
    screen, key = card(review, context), card_key(review.id)
    groups = (Notice(chat, screen, key, "update", in_group=True) for chat in context.find.review.groups())
    return (Notice(context.person.id, screen, key, "update"), *groups)
