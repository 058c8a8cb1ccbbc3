"""/help, and what is said when nothing is going on."""

from collections.abc import Sequence

from conversations.screen import Button, Line, Screen, Style, heading, note
from conversations.words import Words, _


def help_screen(commands: Sequence[tuple[str, Words]]) -> Screen:
    """All commands, each with what it does."""
    lines = (
        heading(_("What I can do")),
        *(Line(_("/{command} – {what}", command=name, what=what)) for name, what in commands),
        Line(
            _("You can write instead of tapping, in any of the languages. Nothing you have sent is lost."), Style.HELP
        ),
    )
    return Screen(lines)


def home(notes: tuple[Line, ...] = ()) -> Screen:
    """What one can do when nothing is going on."""
    lines = notes or (heading(_("What would you like to do?")),)
    return Screen(lines, ((Button(_("Report an initiative"), "report"),), (Button(_("My reports"), "reports"),)))


def unknown_command(typed: str, nearest: str | None) -> Line:
    """The sentence for a command that does not exist."""
    if nearest:
        return note(_("I do not know /{typed}. Did you mean /{nearest}?", typed=typed[:32], nearest=nearest))
    return note(_("I do not know /{typed}. /help shows all commands.", typed=typed[:32]))
