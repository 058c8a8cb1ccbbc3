"""The queue of reports that wait for review, page by page; a coordinator comes back to it after a decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.lineage import reviewed
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step, being_written
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, counted, labelled, quoted
from conversations.model.outcomes import Outcome
from conversations.model.people.permissions import can
from conversations.model.reviews import Compared, WaitingReport

SHOWN = 6
"""Reports on one page."""


def listed(at: Position | None, page: int, context: Context) -> Step:
    """Shows a page of the queue; the person stays where they stand."""
    if not can(context.person, "review"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    return Step(at, screen=_screen(context.find.review.waiting(), page, context))


def back_to(
    before: Position | None,
    context: Context,
    notes: tuple[Line, ...] = (),
    decided: str = "",
    outcomes: tuple[Outcome, ...] = (),
) -> Step:
    """Shows the queue again without the report `decided`; `before` is where the person can go on writing."""
    waiting = [each for each in context.find.review.waiting() if each.id != decided]
    screen = _screen(waiting, 0, context)
    return Step(being_written(before), outcomes=outcomes, screen=replace(screen, lines=(*notes, *screen.lines)))


def _screen(waiting: Sequence[WaitingReport], page: int, context: Context) -> Screen:
    if not waiting:
        return Screen((heading(_("There is nothing to review.")),))
    pages = -(-len(waiting) // SHOWN)
    page %= pages
    on_page = waiting[page * SHOWN : (page + 1) * SHOWN]
    twins = reviewed.twins(on_page, context)
    lines = (
        heading(counted("One report is waiting for review.", "{n} reports are waiting for review.", len(waiting))),
        *(_line(each, twins.get(each.id), context) for each in on_page),
        Line(_order(waiting), Style.HELP),
    )
    names = Counter(each.title for each in waiting)
    buttons = tuple(Button(_label(each, alone=names[each.title] == 1), "card", each.id) for each in on_page)
    more = ((Button(_("More reports"), "queue", str((page + 1) % pages)),),) if pages > 1 else ()
    return Screen(lines, (*stacked(buttons), *more))


def _line(each: WaitingReport, twin: Compared | None, context: Context) -> Line:
    told = _("{title}: {age}", title=_title(each), age=age(each, context))
    if twin is None:
        return Line(told)
    if twin.title == each.title:
        return Line(_("{report}. Looks like {number}, which waits too.", report=told, number=twin.report))
    return Line(_("{report}. Looks like {title}, which waits too.", report=told, title=quoted(twin.title)))


def _label(each: WaitingReport, *, alone: bool) -> str | Words:
    """Returns the label of a report; two with one title have their numbers too."""
    return _title(each) if alone else _("{title} · {number}", title=_title(each), number=each.id)


def _order(waiting: Sequence[WaitingReport]) -> Words:
    if len({each.imported for each in waiting}) > 1:
        return _("Oldest first, imported ones last. Tap one to open it.")
    return _("Oldest first. Tap one to open it.")


def queue(context: Context) -> Line:
    """Returns how many reports wait for review."""
    waiting = len(context.find.review.waiting())
    if not waiting:
        return Line(_("There is nothing to review."))
    return Line(counted("One report is waiting for review.", "{n} reports are waiting for review.", waiting))


def age(waiting: WaitingReport, context: Context) -> Words:
    """Returns how long the report has waited."""
    hours = int((context.now - waiting.since).total_seconds() // 3600)
    if hours < 1:
        return _("just now")
    if hours < 48:
        return counted("for one hour", "for {n} hours", hours)
    return counted("for one day", "for {n} days", hours // 24)


def _title(waiting: WaitingReport) -> str | Words:
    return waiting.title or labelled("title", "a report without a name")
