"""/start: who this is, in which language, and what one can do."""

import re
from dataclasses import replace

from conversations.events import Pressed
from conversations.flows import initiative, subscriptions
from conversations.flows.help import ways
from conversations.flows.language import language_buttons
from conversations.flows.redeeming import redeem
from conversations.flows.review import shown_card
from conversations.flows.step import Step
from conversations.flows.to_call import begun
from conversations.here import Here
from conversations.outcomes import PrivacyShown
from conversations.privacy import VERSION, notice
from conversations.rights import can
from conversations.screen import Button, Line, Screen, Style, heading, note
from conversations.session import Position
from conversations.words import _


def command(at: Position | None, words: str, here: Here) -> Step:
    """The greeting; a link may start a report to a call, follow an invitation, show an initiative, or subscribe."""
    if code := re.fullmatch(r"i_(.{1,64})", words.strip()):
        return redeem(at, code[1], here)
    if report := re.fullmatch(r"r_(.{1,64})", words.strip()):
        return _published(at, report[1], here)
    if call := re.fullmatch(r"c_([A-Za-z0-9_-]+)", words.strip()):
        found = here.look.calls.whole(call[1])
        if found is None or found.status != "open":
            closed = note(_("That call is closed or does not exist. You can report an initiative all the same."))
            return welcome(at, here, (closed,))
        return begun(at, found, here)
    theme = re.fullmatch(r"s_([a-z_]{1,40})", words.strip())
    if theme and (subscribed := subscriptions.by_link(at, theme[1], here)):
        return _with_privacy(subscribed, here)
    return welcome(at, here)


def welcome(at: Position | None, here: Here, notes: tuple[Line, ...] = ()) -> Step:
    """Who this is and what one can do, with the privacy notice for whoever has not seen it."""
    told = _privacy(here)
    shown = (PrivacyShown(VERSION),) if told else ()
    return Step(at, outcomes=shown, screen=greeting(notes, told, here))


def _with_privacy(step: Step, here: Here) -> Step:
    """The same, with the privacy notice for whoever has not seen it."""
    told = _privacy(here)
    if not told or step.screen is None:
        return step
    screen = replace(step.screen, lines=(*step.screen.lines, *told))
    return replace(step, outcomes=(PrivacyShown(VERSION), *step.outcomes), screen=screen)


def _privacy(here: Here) -> tuple[Line, ...]:
    seen = here.person.privacy_seen
    return () if seen == VERSION else notice(here.look.controller(), seen)


def _published(at: Position | None, report: str, here: Here) -> Step:
    """The initiative as everybody reads it; to coordinators the report's card, from which they also review."""
    reviewed = here.look.review.report(report) if can(here.person, "review") else None
    if reviewed and reviewed.status != "draft":
        return shown_card(at, Pressed("card", report), here)
    return initiative.shown(at, Pressed("initiative", report), here)


def greeting(notes: tuple[Line, ...], told: tuple[Line, ...], here: Here) -> Screen:
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
        *told,
        Line(_("/help shows all commands."), Style.HELP),
    )
    # Who is in no library and nobody's partner yet begins here with what they are from.
    begins = () if here.person.roles else ((Button(_("Council, association or other"), "organisation"),),)
    return Screen(lines, (*ways(here), *begins, language_buttons()))
