"""Who did what and when, for owners: page by page, and as a file."""

from conversations.context.context import Here
from conversations.context.session import Position
from conversations.flows.people.audit_words import entry_words
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, heading, note
from conversations.language.words import _
from conversations.model.outcomes import AuditExported
from conversations.model.permissions import can

SHOWN = 8
"""Entries on one page."""


def listed(at: Position | None, event: Pressed, here: Here) -> Step:
    """A page of the trail; one stays where one is."""
    if not can(here.person, "read audit"):
        return Step(at, (note(NOT_ALLOWED),))
    page = int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0
    found = here.look.people.done(page, SHOWN)
    lines = [Line(entry_words(done, here)) for done in found[:SHOWN]] or [Line(_("Nothing yet."))]
    newer = (Button(_("‹ Newer"), "audit", str(page - 1)),) if page else ()
    older = (Button(_("Older ›"), "audit", str(page + 1)),) if len(found) > SHOWN else ()
    rows = ((*newer, *older), (Button(_("As a file"), "audit_file"),))
    return Step(at, screen=Screen((heading(_("Who did what")), *lines), tuple(row for row in rows if row)))


def as_file(at: Position | None, _event: Pressed, here: Here) -> Step:
    """The whole trail as a file."""
    if not can(here.person, "read audit"):
        return Step(at, (note(NOT_ALLOWED),))
    file = Enclosed("audit", "audit.jsonl", _("Everything that was done, one entry a line."))
    return Step(at, outcomes=(AuditExported(),), screen=Screen((note(_("Here is the file.")),), enclosed=file))
