"""/start: who this is, in which language, and what one can do."""

import re

from conversations.flows.drafting import PRIVACY_VERSION, new_draft, privacy_line
from conversations.flows.language import language_buttons
from conversations.flows.redeeming import redeem
from conversations.flows.step import Step
from conversations.here import Here
from conversations.outcomes import Answered, DraftStarted, PrivacyShown
from conversations.screen import Button, Line, Screen, Style, heading, note
from conversations.session import Position
from conversations.words import _


def command(at: Position | None, words: str, here: Here) -> Step:
    """The greeting; `c_<slug>` in a link starts a report to that call, `i_<code>` follows an invitation."""
    shown = (PrivacyShown(PRIVACY_VERSION),)
    if code := re.fullmatch(r"i_(.{1,64})", words.strip()):
        return redeem(at, code[1], here)
    if call := re.fullmatch(r"c_([A-Za-z0-9_-]+)", words.strip()):
        open_call = next((each for each in here.look.open_calls() if each.slug == call[1]), None)
        if open_call is None:
            closed = note(_("That call is closed or does not exist. You can report an initiative all the same."))
            return Step(at, outcomes=shown, screen=greeting((closed,)))
        step = new_draft(here)
        report = next(outcome.report for outcome in step.outcomes if isinstance(outcome, DraftStarted))
        answered = Answered(report, "campaign", open_call.slug)
        notes = (note(_("This report answers the call “{name}”.", name=open_call.title)), privacy_line(), *step.notes)
        return Step(step.at, notes, (*step.outcomes, answered, *shown))
    return Step(at, outcomes=shown, screen=greeting())


def greeting(notes: tuple[Line, ...] = ()) -> Screen:
    """Who this is and what one can do."""
    lines = (
        *notes,
        heading(_("Welcome to Meldind.")),
        Line(
            _(
                "Here libraries tell what they do for inclusion: language cafés, homework help, reading groups. "
                "A report takes less than four minutes, and you can stop and go on whenever you like."
            )
        ),
        privacy_line(),
        Line(_("/help shows all commands."), Style.HELP),
    )
    return Screen(
        lines,
        (
            (Button(_("Report an initiative"), "report"),),
            (Button(_("My reports"), "reports"),),
            language_buttons(),
        ),
    )
