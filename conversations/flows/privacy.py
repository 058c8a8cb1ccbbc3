"""/privacy: what is stored, why, and who sees it."""

from conversations.flows.drafting import PRIVACY_VERSION
from conversations.flows.step import Step
from conversations.here import Here
from conversations.outcomes import PrivacyShown
from conversations.screen import Line, Screen, Style, heading
from conversations.session import Position
from conversations.words import _


def command(at: Position | None, _words: str, _here: Here) -> Step:
    """The notice."""
    lines = (
        heading(_("What is stored")),
        Line(_("Your answers with every change and its time, your language, your library and your Telegram id.")),
        Line(_("Of people with a role, the name that Telegram shows is stored too.")),
        Line(_("Why: so that libraries can learn from each other, and coordinators can show what libraries do.")),
        Line(_("Who sees a report: those you choose yourself. Contact details are kept apart and are in no list.")),
        Line(_("Telegram carries the messages and keeps them by its own rules.")),
        Line(_("Please write nothing about named participants.")),
        Line(_("Version of this notice: {version}", version=PRIVACY_VERSION), Style.HELP),
    )
    return Step(at, outcomes=(PrivacyShown(PRIVACY_VERSION),), screen=Screen(lines))
