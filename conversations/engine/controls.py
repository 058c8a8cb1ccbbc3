"""What words like "stop", "back" and "help" do where somebody stands at no question of the form."""

from collections.abc import Mapping
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import AtSummary, InFlow, Offered, Position
from conversations.flows.reports import report
from conversations.flows.shared.help import HOW_TO_ANSWER
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.forms.kinds.base import DONE, NEXT, SKIP
from conversations.language.screen import Button, Screen, note
from conversations.language.words import Place, _
from conversations.vocabulary.controls import control

BACK = _("‹ Back")
"""The label of the button that goes back."""

_LABELS: Mapping[str, tuple[Place, ...]] = {
    "back": (BACK, _("‹ Back to the report")),
    "skip": (SKIP.label, _("Any")),
    "done": (DONE.label, NEXT.label),
}
"""The labels of the buttons that do what is said; the first that is on the screen is taken."""


def as_said(text: str, at: Position, screen: Screen, context: Context) -> Step | Button | None:
    """What follows from `text` at `screen` if it says what to do: a step, or a button of the screen; otherwise None.

    Nothing that says what to do becomes an answer: where no button does it, a sentence tells what can be done.
    """
    if same(text, list(chain(*screen.rows)), context):
        return None  # what the screen calls a button is that button
    ready = isinstance(at, AtSummary)
    action = control(text, context.person.language, ready=ready)
    wishes = isinstance(at, InFlow) and (at.flow == "search" or (at.flow, at.view) == ("subscribing", "start"))
    buttons = list(chain(*screen.rows))
    match action:
        case "stop" | "cancel":
            return report.cancel(at, "", context)
        case "help" if not wishes:
            return Step(at, (note(HOW_TO_ANSWER),))
        case "yes" if ready:
            return next((button for button in buttons if button.action == "send"), None)
        case "no" if ready:
            return Step(at)
        case "back" | "skip" | "done" if not wishes:
            wanted = _LABELS[action]
            found = next((button for button in buttons if button.label in wanted), None)
            if found or isinstance(at, Offered | AtSummary):
                return found
            return Step(at, (note(HOW_TO_ANSWER),))
        case _:
            return None
