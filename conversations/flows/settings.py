"""/settings: what is remembered about a person, and changing it."""

from conversations.flows import offers
from conversations.flows.report import left_behind
from conversations.flows.step import Step
from conversations.here import Here
from conversations.languages import NAMES
from conversations.screen import Button, Line, Screen, heading
from conversations.session import Offered, Position
from conversations.words import _


def command(at: Position | None, _words: str, here: Here) -> Step:
    """What is set now."""
    library = here.person.library
    lines = (
        heading(_("Settings")),
        Line(_("Language: {name}", name=NAMES.get(here.person.language, here.person.language))),
        Line(_("Library: {name}", name=str(library["name"])) if library else _("Library: not chosen yet")),
    )
    buttons = ((Button(_("Change the language"), "languages"),), (Button(_("Change the library"), "library"),))
    return Step(at, screen=Screen(lines, buttons))


def change_library(at: Position | None, _here: Here) -> Step:
    """Ask for the library; one goes back to where one was."""
    back = None if isinstance(at, Offered) else at
    return Step(offers.library(back), outcomes=left_behind(back))
