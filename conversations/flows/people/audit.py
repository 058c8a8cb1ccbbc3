"""The audit trail for owners: who did what and when, page by page and as a file."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.people.audit_words import entry_words
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, heading, note
from conversations.language.words import _
from conversations.model.outcomes import AuditExported
from conversations.model.people.permissions import can

SHOWN = 8
"""Entries on one page."""


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of the trail; the person stays where they stand."""
    if not can(context.person, "read audit"):
        return Step(at, (note(NOT_ALLOWED),))
    page = int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0
    found = context.find.people.done(page, SHOWN)
    lines = [Line(entry_words(done, context)) for done in found[:SHOWN]] or [Line(_("Nothing yet."))]
    newer = (Button(_("‹ Newer"), "audit", str(page - 1)),) if page else ()
    older = (Button(_("Older ›"), "audit", str(page + 1)),) if len(found) > SHOWN else ()
    rows = ((*newer, *older), (Button(_("As a file"), "audit_file"),))
    return Step(at, screen=Screen((heading(_("Who did what")), *lines), tuple(row for row in rows if row)))


def as_file(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Sends the whole trail as a file."""
    if not can(context.person, "read audit"):
        return Step(at, (note(NOT_ALLOWED),))
    file = Enclosed("audit", "audit.jsonl", _("Everything that was done, one entry a line."))
    return Step(at, outcomes=(AuditExported(),), screen=Screen((note(_("Here is the file.")),), enclosed=file))
