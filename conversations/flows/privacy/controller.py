"""The controller: who is responsible for the data. The owner writes it, the privacy notice shows it."""

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _
from conversations.model.outcomes import ControllerNamed
from conversations.model.people.permissions import can
from conversations.model.privacy import responsible
from conversations.reading.text import clean_line

LONGEST = 200
"""Most characters of the text: a name, an address to write to, and a page to read more."""


def pressed(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Asks the owner who is responsible."""
    if not can(context.person, "name the controller"):
        return Step(at, (note(NOT_ALLOWED),))
    return Step(InFlow("controller", "name"))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Stores what the owner writes as the controller in the notice."""
    if not can(context.person, "name the controller"):
        return Step(None, (note(NOT_ALLOWED),))
    match event:
        case Pressed("stop"):
            return Step(None, (note(_("Nothing was changed.")),))
        case Wrote(text) if (words := clean_line(text)) and len(words) <= LONGEST:
            return Step(None, (note(_("Saved: {what}", what=words)),), (ControllerNamed(words),))
        case Wrote():
            return Step(at, (note(_("Use at most {most} characters.", most=LONGEST)),))
        case _:
            return Step(at, (note(_("Type it, or tap the button.")),))


def shown(_at: InFlow, context: Context) -> Screen:
    """Returns the screen with the question and the present text of the notice."""
    lines = (
        heading(_("Who is responsible for the data in this bot?")),
        Line(
            _(
                "Type the organisation, its address and the data protection officer. They are named in the "
                "privacy notice."
            ),
            Style.HELP,
        ),
        Line(_("Now: {who}", who=responsible(context.find.privacy.controller()))),
    )
    return Screen(lines, ((Button(_("Cancel"), "stop"),),))
