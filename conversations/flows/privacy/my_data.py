"""/mydata: sends everything that is stored about the person, in two files."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading
from conversations.language.words import _


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Sends a page to read and a file for programs; both are made when they are sent."""
    me, language = context.person.id, context.person.language
    to_read = Enclosed("mydata", "my-data.html", _("Everything we store about you, to read."), f"{me}.html.{language}")
    for_programs = Enclosed("mydata", "my-data.json", _("The same for developers (JSON)."), f"{me}.json.{language}")
    lines = (
        heading(_("Here are two files with everything we store about you.")),
        Line(_("Photos and files you sent are listed. They are in this chat."), Style.HELP),
    )
    buttons = ((Button(_("What we store"), "privacy"), Button(_("Delete my data"), "forget", tone="danger")),)
    return Step(at, screen=Screen(lines, buttons, enclosed=to_read, besides=(for_programs,)))


def pressed(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Sends the same, from a button."""
    return command(at, "", context)
