"""What words like "stop", "back" and "help" do where somebody stands at no question of the form."""

from collections.abc import Mapping
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import AtSummary, InFlow, Offered, Position
from conversations.flows.lineage.asking import DIFFERENT
from conversations.flows.reports import disambiguation, report
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


_YES = {"unfinished": "continue", "changed": "replace", "text": "new", "answer": "answer_with"}
"""The action of the button that "yes" presses, by what somebody is asked."""


_FREE_TEXT = frozenset({("subscribing", "start"), ("collecting", "title"), ("collecting", "texts")})
"""Views of flows where any words may be what is asked for: "Good examples" is a name, and asks for no help."""


def as_said(text: str, at: Position, screen: Screen, context: Context) -> Step | Button | None:
    """What follows from `text` at `screen` if it says what to do: a step, or a button of the screen; otherwise None.

    Nothing that says what to do becomes an answer: where no button does it, a sentence tells what can be done.
    """
    if same(text, list(chain(*screen.rows)), context):
        return None  # what the screen calls a button is that button
    ready = isinstance(at, AtSummary) or (isinstance(at, Offered) and at.kind in _YES)
    action = control(text, context.person.language, ready=ready)
    wishes = isinstance(at, InFlow) and (at.flow == "search" or (at.flow, at.view) in _FREE_TEXT)
    buttons = list(chain(*screen.rows))
    if isinstance(at, Offered) and at.kind in _YES and action in ("yes", "no", "done", "send"):
        meant = "go_back" if action == "no" else _YES[at.kind]
        pressed = next((button for button in buttons if button.action == meant), None)
        several = action != "no" and any(button.action == "use" for button in buttons) and at.kind == "text"
        return Step(at, (note(disambiguation.WRITE_OR_TAP),)) if several or not pressed else pressed
    match action:
        case "stop" | "cancel":
            return report.cancel(at, "", context)
        case "skip" if isinstance(at, InFlow) and at.flow == "expert":
            return None  # "no, thank you" is an answer there
        case "help" if not wishes:
            return Step(at, (note(HOW_TO_ANSWER),))
        case "yes" if isinstance(at, AtSummary):
            return next((button for button in buttons if button.action == "send"), None)
        case "no" if isinstance(at, AtSummary):
            different = next((button for button in buttons if button.action == DIFFERENT), None)
            return different or Step(at)
        case "back" | "skip" | "done" if not wishes:
            wanted = _LABELS[action]
            found = next((button for button in buttons if button.label in wanted), None)
            if found or isinstance(at, Offered | AtSummary):
                return found
            return Step(at, (note(HOW_TO_ANSWER),))
        case _:
            return None
