"""What coordinators see of follow-ups: how many were asked, what came of it, and the latest of them."""

from datetime import timedelta

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.followups.asking import LABELS
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.report_words import name_of
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Listed, Place, Shortened, Words, _, counted, labelled
from conversations.model.followups.looking import AskedFollowUp, FollowUpFigures
from conversations.model.followups.questions import FollowUp
from conversations.model.people.permissions import can

SHOWN = 6
"""Questions on one page."""

A_YEAR = timedelta(days=365)

TITLE = 34
"""Characters of a title that fit on a button beside its number."""

KINDS: dict[FollowUp, Words] = {
    FollowUp.START: labelled("follow-up", "Has it started?"),
    FollowUp.RESULT: labelled("follow-up", "What came of it?"),
    FollowUp.YEARLY: labelled("follow-up", "Is it still running?"),
}
"""What was asked, in short."""


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of the questions, with the figures above them; the person stays where they stand."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    page = int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0
    found = context.find.followups.page(page, SHOWN)
    figures = context.find.followups.figures(context.now - A_YEAR, context.now)
    numbered = list(enumerate(found[:SHOWN], page * SHOWN + 1))
    lines = (
        heading(_("Follow-ups")),
        *_counts(figures),
        *(Line(_entry(number, each, context)) for number, each in numbered),
        *(() if found else (Line(_("Nobody has been asked yet."), Style.HELP),)),
    )
    reports = tuple(
        (Button(_("{n}. {title}", n=number, title=Shortened(each.title or each.report, TITLE)), "card", each.report),)
        for number, each in numbered
    )
    newer = (Button(_("‹ Newer"), "followups", str(page - 1)),) if page else ()
    older = (Button(_("Older ›"), "followups", str(page + 1)),) if len(found) > SHOWN else ()
    turn = ((*newer, *older),) if newer or older else ()
    return Step(at, screen=Screen(lines, (*reports, *turn, (Button(_("‹ All figures"), "stats"),))))


def _counts(figures: FollowUpFigures) -> tuple[Line, ...]:
    answered = sum(number for answer, number in figures.answers.items() if answer != "later")
    first = _("Asked in the last year: {asked}. Answered: {answered}.", asked=figures.asked, answered=answered)
    said = tuple(
        _("{label} {n}", label=LABELS[answer], n=figures.answers[answer])
        for answer in LABELS
        if figures.answers.get(answer)
    )
    silent = counted(
        "One initiative has not been confirmed for 18 months.",
        "{n} initiatives have not been confirmed for 18 months.",
        figures.unconfirmed,
    )
    return (
        Line(first),
        *((Line(Listed(said)),) if said else ()),
        *((note(silent),) if figures.unconfirmed else ()),
    )


def _entry(number: int, asked: AskedFollowUp, context: Context) -> Words:
    """Returns who was asked what about which report, when, and the answer."""
    answer: Place = LABELS[asked.answer] if asked.answer else labelled("follow-up", "no answer yet")
    day = asked.asked_at.astimezone(context.timezone).date()
    return _(
        "{n}. {question} {date}, {name}: {answer}",
        n=number,
        question=KINDS[asked.kind],
        date=day,
        name=name_of(asked.person, context),
        answer=answer,
    )
