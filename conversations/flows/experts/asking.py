"""Following the link by which a contact person is asked: `/start x_<code>`. Only the person themselves can answer."""

from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.experts import entry
from conversations.flows.experts.words import ANSWERED, NO_LONGER, TOO_OLD
from conversations.flows.people.redeeming import TRIES
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, note
from conversations.language.words import _
from conversations.model.experts import Nomination
from conversations.model.outcomes import CodeTried, NominationAnswered


def followed(at: Position | None, code: str, context: Context) -> Step:
    """Asks the person who opened the link; every link that does not work gets one kind sentence."""
    if context.find.people.tries(context.now) >= TRIES:
        return Step(at, screen=_refusal())
    found = context.find.experts.nominated(code)
    if found is None:
        return Step(at, outcomes=(CodeTried(),), screen=_refusal())
    if found.person == context.person.id:
        return entry.mine(at, Pressed("expert_own"), context)
    if found.state != "asked":
        return Step(at, screen=Screen((note(ANSWERED),)))
    if found.named_by == context.person.id:
        return Step(at, screen=_own_link(found))
    if not found.is_open(context.now):
        return Step(at, screen=Screen((note(TOO_OLD),)))
    report = context.find.review.report(found.report)
    if report and report.status in ("withdrawn", "declined"):
        return Step(at, screen=Screen((note(NO_LONGER),)))
    if context.find.experts.own():
        step = entry.mine(at, Pressed("expert_own"), context)
        told = note(_("You are listed already, and this report is now among those you were named for. Thank you."))
        return replace(step, notes=(told,), outcomes=(NominationAnswered(found.id, True),))
    return entry.asked(at, found, context)


def _own_link(nomination: Nomination) -> Screen:
    lines = (
        note(_("This is the link for the person you named. Send it on; only they can answer.")),
        Line(_("If you would like to be asked yourself, offer yourself instead."), Style.HELP),
    )
    myself = (Button(_("Offer yourself"), "expert_offer", nomination.report),)
    return Screen(lines, (myself, (Button(_("‹ Back to the report"), "open", nomination.report),)))


def _refusal() -> Screen:
    return Screen((note(_("That link cannot be used. Ask for a new one.")),))
