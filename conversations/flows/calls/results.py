"""The report of a call: what its organisers hand on, at any time; provisional as long as the call takes answers."""

import json
from datetime import date, datetime

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.calls.listing import GONE
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, counted
from conversations.model.calls import WholeCall
from conversations.model.people.permissions import can

FORMS = {"docx": _("Text document"), "html": _("Printable page"), "xlsx": _("Spreadsheet")}
"""The forms of the report, the first of which comes at once."""

FIRST = "docx"


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends the report of the call that the button names, `<slug>` or `<slug>|<form>`, with buttons for the others."""
    if not can(context.person, "open calls"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    slug, _bar, form = event.argument.partition("|")
    call = context.find.calls.whole(slug)
    if call is None or call.status == "draft":
        return Step(at, (note(GONE),))
    form = form if form in FORMS else FIRST
    others = tuple(Button(label, "call_results", f"{slug}|{key}") for key, label in FORMS.items() if key != form)
    standing = context.find.calls.standing(slug)
    lines = (
        Line(call.title, Style.QUESTION),
        Line(state_words(call, context.now)),
        Line(counted("{n} report", "{n} reports", standing.reports)),
        Line(_("It names only people who agreed, and quotes no report that only coordinators can see."), Style.HELP),
    )
    back = (Button(_("‹ Back"), "call", slug),)
    return Step(at, screen=Screen(lines, (others, back), enclosed=_file(call, form, context)))


def form(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends the form of a call as XLSForm, for libraries that answer in another program."""
    if not can(context.person, "open calls"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    call = context.find.calls.whole(event.argument)
    if call is None:
        return Step(at, (note(GONE),))
    lines = (
        Line(call.title, Style.QUESTION),
        Line(_("Here is the form of the call, in all three languages, for ODK or KoboToolbox (XLSForm).")),
        Line(_("The person who runs the bot can read in the answers: meldind import FILE.csv"), Style.HELP),
    )
    about = _("Form of the call: {title}", title=call.title)
    file = Enclosed("xlsform", f"meldind-{call.slug}-form.xlsx", about, call.slug)
    return Step(at, screen=Screen(lines, ((Button(_("‹ Back"), "call", call.slug),),), enclosed=file))


def _file(call: WholeCall, form: str, context: Context) -> Enclosed:
    data = json.dumps({"call": call.slug, "form": form, "in": context.person.language})
    about = _("Report of the call: {title}", title=call.title)
    return Enclosed("call_report", f"meldind-{call.slug}.{form}", about, data)


def closed(call: WholeCall) -> Screen:
    """Returns what coordinators are told once a call has closed."""
    lines = (
        heading(_("The call has closed: {title}", title=call.title)),
        Line(_("Its report is ready to hand on: as a document, a page to print and a spreadsheet.")),
    )
    return Screen(lines, ((Button(_("Get the call’s report"), "call_results", call.slug),),))


def state_words(call: WholeCall, now: datetime) -> Words:
    """Returns whether the report of `call` is provisional, and the day on which it was counted."""
    today = now.astimezone(call.zone).date()
    if not call.takes(now):
        return _("The call closed on {day}. Counted on {today}.", day=closed_on(call, now), today=today)
    if call.last_day is None:
        return _("Provisional: counted on {today}. The call is open.", today=today)
    return _("Provisional: counted on {today}. The call is open to the end of {day}.", today=today, day=call.last_day)


def closed_on(call: WholeCall, now: datetime) -> date:
    """Returns the day on which a call closed: that of its deadline, or earlier if it was closed before."""
    since = call.since.astimezone(call.zone).date() if call.since and call.status == "closed" else None
    if call.last_day is not None and call.is_late(now):
        return min(call.last_day, since) if since else call.last_day
    return since or now.astimezone(call.zone).date()
