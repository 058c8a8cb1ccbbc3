"""/myreports: the person's own drafts and reports, to continue, read, correct, complete or withdraw."""

from collections import Counter
from collections.abc import Sequence

from conversations.context.context import Context
from conversations.context.session import AtSummary, Filling, Position
from conversations.flows.reports.form_navigation import begin, leave, waiting
from conversations.flows.shared.report_status import status_words
from conversations.flows.shared.step import Step
from conversations.flows.shared.titles import title_of
from conversations.forms.kinds.text import shortened
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, counted
from conversations.model.followups.questions import unconfirmed
from conversations.model.reports import Report

SHOWN = 6
"""Reports on one page."""

TITLE = 40
"""Characters of a title that fit on a button."""


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the first page of the list."""
    return listed(at, "0", context)


def listed(at: Position | None, page: str, context: Context) -> Step:
    """Shows one page of the list; the person stays where they stand until they open a report."""
    number = int(page) if page.isdecimal() and page.isascii() else 0
    return Step(at, screen=_screen(context.find.reports.own(), number, context))


def opened(at: Position | None, report: str, context: Context) -> Step:
    """Opens the report with this id: a draft where the person left it, any other report to read."""
    found = context.find.reports.one(report)
    if found is None:
        return Step(at, (note(_("That report is no longer there. /report starts a new one.")),))
    here_already = isinstance(at, Filling | AtSummary) and at.report == report
    if found.status == "draft":
        return Step(at if here_already else begin(found, context))
    place = leave(at).place if isinstance(at, Filling | AtSummary) and here_already else found.place
    return Step(AtSummary(found.id, aside=waiting(place)))


def _screen(reports: Sequence[Report], page: int, context: Context) -> Screen:
    start = Button(_("Report an initiative"), "report")
    if not reports:
        return Screen((heading(_("You have no reports yet.")),), ((start,),))
    pages = -(-len(reports) // SHOWN)
    page %= pages
    names = Counter(_name(report) for report in reports)
    said = context.find.followups.confirmed()
    silent = {
        report.id
        for report in reports
        if report.id in said and unconfirmed(report.answers.get("status"), said[report.id], context.now)
    }
    buttons = tuple(
        Button(_label(report, alone=names[_name(report)] == 1, silent=report.id in silent), "open", report.id)
        for report in reports[page * SHOWN : (page + 1) * SHOWN]
    )
    more = ((Button(_("More reports"), "reports", str((page + 1) % pages)),),) if pages > 1 else ()
    lines = (
        heading(counted("Your drafts and reports: {n}", "Your drafts and reports: {n}", len(reports))),
        Line(_("Tap one to continue, read, edit or withdraw it."), Style.HELP),
        *((note(_("⚠️ Nobody has confirmed these for 18 months. Open one and say how it is.")),) if silent else ()),
    )
    return Screen(lines, (*stacked(buttons), *more, (start,)))


def _name(report: Report) -> tuple[str, str]:
    """Returns the status and the name on a button; two reports with the same need their numbers."""
    return report.status, shortened(report.title, TITLE)


def _label(report: Report, *, alone: bool, silent: bool) -> Words:
    """Returns the label of a report: status and name, and its number unless it is the only one with these.

    One that is `silent`, because nobody has confirmed it for long, has a mark.
    """
    status, title = status_words(report.status, report.answers), title_of(report, TITLE)
    said = (
        _("{status} · {title}", status=status, title=title)
        if alone
        else _("{status} · {number} · {title}", status=status, number=report.id, title=title)
    )
    return _("⚠️ {label}", label=said) if silent else said
