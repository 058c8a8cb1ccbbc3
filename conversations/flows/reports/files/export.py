"""/export: all reports in a file. It contains contacts only if they were asked for twice, which is recorded."""

from conversations.context.context import Context
from conversations.context.session import Notice, Position
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, counted
from conversations.model.outcomes import ExportAsked, ExportCancelled
from conversations.model.people.permissions import can

FORMS = ("xlsx", "csv", "jsonl")
LABELS = {"xlsx": _("Spreadsheet (XLSX)"), "csv": _("Table (CSV)"), "jsonl": _("For developers (JSON Lines)")}


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Asks for the form of the file."""
    if not can(context.person, "export"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    return Step(at, screen=_forms(with_contacts=False))


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Takes a form (`xlsx`), the wish for contacts (`contacts`), or a form with contacts (`xlsx.contacts`)."""
    if not can(context.person, "export"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    form, _dot, contacts = event.argument.partition(".")
    if form in ("", "contacts"):
        return Step(at, screen=_forms(with_contacts=form == "contacts"))
    if form not in FORMS:
        return Step(at, silent=True)
    this = context.new_id()
    asked = ExportAsked(this, form, contacts == "contacts")
    begun = Notice(context.person.id, progress(this, 0), key(this), "anew")
    return Step(at, outcomes=(asked,), notices=(begun,), toast=_("The file is being made."), silent=True)


def stop(at: Position | None, event: Pressed, context: Context) -> Step:
    """Cancels the file."""
    this = event.argument
    told = Notice(context.person.id, ended(_("Stopped. No file was made.")), key(this), "show")
    return Step(at, outcomes=(ExportCancelled(this),), notices=(told,), silent=True)


def key(this: str) -> str:
    """Returns the key under which each message about one file replaces the message before."""
    return f"export:{this}"


def progress(this: str, written: int) -> Screen:
    """Returns how far the file has come, with a button to cancel it."""
    so_far = counted("One report so far.", "{n} reports so far.", written)
    return Screen((heading(_("The file is being made.")), Line(so_far)), ((Button(_("Stop"), "export_stop", this),),))


def ended(words: Words) -> Screen:
    """Returns what became of the file."""
    return Screen((note(words),))


def _forms(*, with_contacts: bool) -> Screen:
    also = ".contacts" if with_contacts else ""
    forms = tuple((Button(LABELS[form], "export", f"{form}{also}"),) for form in FORMS)
    if with_contacts:
        lines = (
            heading(_("All reports in a file, with names and contact details")),
            Line(_("Your download is recorded. Keep the file safe, and delete it when you no longer need it.")),
        )
        return Screen(lines, (*forms, (Button(_("Without contact details"), "export", ""),)))
    lines = (
        heading(_("Export reports to a file")),
        Line(_("Without names and contact details. Your download is recorded."), Style.HELP),
    )
    return Screen(lines, (*forms, (Button(_("With contact details"), "export", "contacts"),)))
