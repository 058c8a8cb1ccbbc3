"""/privacy: who is responsible, what is stored, why and for how long, and what rights the person has."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, stacked
from conversations.language.words import _
from conversations.model.outcomes import PrivacyShown
from conversations.model.privacy import KINDS, VERSION, HeldKind, about, dated, responsible

MY_DATA = Button(_("Download my data"), "mydata")
FORGET = Button(_("Delete my data"), "forget", tone="danger")


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the whole notice, with a button for each kind of data."""
    lines = (
        heading(_("Your data")),
        Line(_("Data controller: {who}", who=responsible(context.find.privacy.controller()))),
        Line(_("The legal basis is the public task of libraries and, for notifications you subscribe to, your wish.")),
        Line(
            _(
                "Your rights: see your data (/mydata), correct it (/myreports), have it deleted (/forget), "
                "object, and complain to the data protection authority of your country."
            )
        ),
        Line(
            _(
                "Messages go through Telegram, which stores them under its own rules. Do not send anything "
                "confidential, and do not name people who take part."
            )
        ),
        Line(
            _("Privacy notice of {version}. Tap to read what we store, why and for how long.", version=dated()),
            Style.HELP,
        ),
    )
    kinds = tuple(Button(kind.title, "privacy", kind.key) for kind in KINDS)
    buttons = (*stacked(kinds, 2), (MY_DATA, FORGET))
    return Step(at, outcomes=(PrivacyShown(VERSION),), screen=Screen(lines, buttons))


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one kind of data, or the notice if the button names none."""
    kind = next((kind for kind in KINDS if kind.key == event.argument), None)
    return Step(at, screen=_about(kind)) if kind else command(at, "", context)


def _about(kind: HeldKind) -> Screen:
    lines = (heading(kind.title), *(Line(words) for words in about(kind)))
    reports = ((Button(_("My reports"), "reports"),),) if kind.key in ("reports", "contacts") else ()
    return Screen(lines, (*reports, (MY_DATA, FORGET), (Button(_("‹ Back"), "privacy"),)))
