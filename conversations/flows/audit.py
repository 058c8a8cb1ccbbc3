"""Who did what and when, for owners: page by page, and as a file."""

import json
from typing import Any

from conversations.events import Pressed
from conversations.flows.invite import NOT_ALLOWED
from conversations.flows.step import Step
from conversations.here import Here
from conversations.outcomes import AuditExported
from conversations.people import Done
from conversations.rights import can
from conversations.screen import Button, Enclosed, Line, Screen, heading, note
from conversations.session import Position
from conversations.words import Place, Shortened, Words, _, labelled

SHOWN = 8
"""Entries on one page."""

LONGEST_VALUE = 80

ACTIONS: dict[str, Words] = {
    "submitted": labelled("done", "sent"),
    "corrected": labelled("done", "corrected"),
    "withdrawn": labelled("done", "withdrew"),
    "imported": labelled("done", "imported"),
    "roles": labelled("done", "changed the role"),
    "invited": labelled("done", "made an invitation"),
    "uninvited": labelled("done", "took an invitation back"),
    "joined": labelled("done", "used an invitation"),
    "organisation": labelled("done", "registered an organisation"),
    "organisation decided": labelled("done", "decided on an organisation"),
    "note": labelled("done", "dealt with a note"),
    "pairing": labelled("done", "answered a proposal"),
    "claimed": labelled("done", "took a report to read"),
    "released": labelled("done", "left a report to others"),
    "asked": labelled("done", "asked about an answer"),
    "published": labelled("done", "published"),
    "returned": labelled("done", "returned for changes"),
    "declined": labelled("done", "declined"),
    "broadcast": labelled("done", "wrote to many"),
    "group used": labelled("done", "showed cards in a group"),
    "group moved": labelled("done", "the group became a supergroup"),
    "group gone": labelled("done", "the bot left the group"),
    "call started": labelled("done", "started a call"),
    "call changed": labelled("done", "changed a call"),
    "reminded": labelled("done", "sent reminders"),
    "exported": labelled("done", "exported"),
    "audit exported": labelled("done", "exported this trail"),
    "contacts read": labelled("done", "read contact details"),
    "contacts erased": labelled("done", "deleted contact details"),
    "cleared away": labelled("done", "cleared away what was old"),
    "forgotten": labelled("done", "was forgotten"),
    "controller named": labelled("done", "wrote who is responsible"),
}
"""How an action reads; one of a later version is shown by its key."""


def listed(at: Position | None, event: Pressed, here: Here) -> Step:
    """A page of the trail; one stays where one is."""
    if not can(here.person, "read audit"):
        return Step(at, (note(NOT_ALLOWED),))
    page = int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0
    found = here.look.people.done(page, SHOWN)
    lines = [_line(done) for done in found[:SHOWN]] or [Line(_("Nothing yet."))]
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


def _line(done: Done) -> Line:
    action: Place = ACTIONS.get(done.action, done.action)
    about = Shortened(" · ".join(part for part in (done.about, done.question) if part), LONGEST_VALUE)
    if done.old is None and done.new is None:
        return Line(_("{at}, {name}: {action} {about}", at=done.at, name=_name(done), action=action, about=about))
    return Line(
        _(
            "{at}, {name}: {action} {about} (before: {old}; now: {new})",
            at=done.at,
            name=_name(done),
            action=action,
            about=about,
            old=_value(done.old),
            new=_value(done.new),
        )
    )


def _name(done: Done) -> Place:
    return done.name or _("the command line")


def _value(value: Any) -> Place:
    if value is None:
        return "–"
    return Shortened(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), LONGEST_VALUE)
