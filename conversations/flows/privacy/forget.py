"""/forget: says what is erased and what stays; after a second confirmation it erases the person's data."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, counted
from conversations.model.outcomes import Outcome, PersonForgotten, ReportWithdrawn
from conversations.model.reports import Report

STAY = frozenset({"submitted", "changes_requested", "published"})
"""The states of reports that others read or will read: the person decides what happens to these."""

NO = Button(_("Cancel"), "no")
YES = Button(_("Yes, delete my data"), "yes", tone="danger")
WITHOUT = Button(_("Delete data, keep my reports"), "choose", "stay", tone="danger")
WITH = Button(_("Delete data and my reports"), "choose", "go", tone="danger")
ALONE = Button(_("Delete my data"), "choose", "go", tone="danger")

TAP = _("Tap one of the buttons.")


def command(_at: Position | None, _words: str, _context: Context) -> Step:
    """Shows what is erased and what stays."""
    return Step(InFlow("forget", "list"))


def pressed(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows the same, from a button."""
    return command(at, "", context)


def take(at: InFlow, event: Event, context: Context) -> Step:
    """The first press chooses, the second press erases. Nothing else erases anything."""
    if isinstance(event, Wrote) and (button := same(event.text, list(chain(*shown(at, context).rows)), context)):
        event = Pressed(button.action, button.argument)
    match at.view, event:
        case _, Pressed("no"):
            return Step(None, (note(_("Nothing was changed.")),))
        case "list", Pressed("choose", "stay" | "go" as reports):
            return Step(replace(at, view="sure", held={"reports": reports}))
        case "sure", Pressed("yes"):
            return _forgotten(context, with_reports=at.held.get("reports") == "go")
        case _:
            return Step(at, (note(TAP),))


def _forgotten(context: Context, *, with_reports: bool) -> Step:
    withdrawn: tuple[Outcome, ...] = ()
    if with_reports:
        withdrawn = tuple(ReportWithdrawn(each.id) for each in _staying(context.find.reports.own()))
    lines = (
        heading(_("Your data has been deleted.")),
        Line(_("All that remains is a number that is not linked to anyone.")),
        Line(_("This chat is on your phone and with Telegram; delete it there."), Style.HELP),
        Line(_("If you write again, you start as a new person."), Style.HELP),
    )
    again = ((Button(_("Report an initiative"), "report"),),)
    return Step(None, outcomes=(*withdrawn, PersonForgotten(with_reports)), screen=Screen(lines, again))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with what is erased and what stays, or with the last question."""
    reports = context.find.reports.own()
    return _last_question(at, reports) if at.view == "sure" else _list(reports, context)


def _list(reports: Sequence[Report], context: Context) -> Screen:
    staying = len(_staying(reports))
    drafts = sum(report.status == "draft" for report in reports)
    lines = [
        heading(_("What will be deleted")),
        Line(_("Your settings, roles, messages, reminders and subscriptions, and all contact details.")),
    ]
    if context.find.experts.own():
        lines.append(Line(_("Your entry as a contact person.")))
    if drafts:
        lines.append(Line(counted("One draft, with its photos.", "{n} drafts, with their photos.", drafts)))
    lines.append(heading(_("What will stay")))
    if staying:
        choice = counted(
            "Your report, as your library’s work and without your name, unless you choose to delete it too.",
            "Your {n} reports, as your library’s work and without your name, unless you choose to delete them too.",
            staying,
        )
        lines.append(Line(choice))
    lines.append(Line(_("The activity log, with a number that is not linked to anyone.")))
    if "owner" in context.person.roles and len(context.find.people.members("owner")) < 2:
        lines.append(note(_("You are the last owner: at its next start the bot prints a code for a new one.")))
    choices = ((WITHOUT,), (WITH,)) if staying else ((ALONE,),)
    return Screen(tuple(lines), (*choices, (NO,)))


def _last_question(at: InFlow, reports: Sequence[Report]) -> Screen:
    staying = len(_staying(reports))
    lines = [heading(_("Delete your data now?")), Line(_("This cannot be undone."))]
    if staying:
        lines.insert(1, Line(_what_becomes(staying, stays=at.held.get("reports") == "stay")))
    return Screen(tuple(lines), ((YES,), (NO,)))


def _what_becomes(reports: int, *, stays: bool) -> Words:
    if stays:
        return counted("Your report stays, without your name.", "Your {n} reports stay, without your name.", reports)
    return counted("Your report will be deleted too.", "Your {n} reports will be deleted too.", reports)


def _staying(reports: Sequence[Report]) -> list[Report]:
    return [report for report in reports if report.status in STAY]
