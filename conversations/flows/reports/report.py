"""/report, /again and /cancel: starting, continuing, copying and leaving a draft."""

from conversations.context.context import Context
from conversations.context.session import AtSummary, Filling, Position
from conversations.flows.reports import disambiguation
from conversations.flows.reports.drafting import copy_of
from conversations.flows.reports.form_navigation import left
from conversations.flows.shared.step import Step
from conversations.language.screen import Button, Screen, note
from conversations.language.words import _


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Offers the unfinished draft if there is one; otherwise asks the person to tell of an initiative."""
    drafts = [report for report in context.find.reports.own() if report.status == "draft"]
    if drafts:
        current = getattr(at, "report", None)
        draft = next((each for each in drafts if each.id == current), drafts[0])
        return Step(disambiguation.unfinished(draft))
    return Step(disambiguation.tell())


def again(at: Position | None, _words: str, context: Context) -> Step:
    """Copies the last report that was sent, or else the last draft."""
    reports = context.find.reports.own()
    last = next((report for report in reports if report.status != "draft"), next(iter(reports), None))
    if last is None:
        return Step(at, screen=Screen((note(_("There is no earlier report to copy yet.")),), ((START,),)))
    return copy_of(last, context)


def copy(at: Position | None, report: str, context: Context) -> Step:
    """Copies the person's own report with this id."""
    original = context.find.reports.one(report)
    if original is None:
        return Step(at, toast=_("That report is no longer available."), silent=True)
    return copy_of(original, context)


def cancel(at: Position | None, _words: str, context: Context) -> Step:
    """Leaves the draft; its answers are kept."""
    match at:
        case None:
            return Step(None, (note(_("There is nothing to stop.")),))
        case Filling(report) | AtSummary(report):
            return left(context.find.reports.one(report))
        case _:
            return Step(None, (note(_("Stopped. Everything so far is saved.")),))


START = Button(_("Report an initiative"), "report")
