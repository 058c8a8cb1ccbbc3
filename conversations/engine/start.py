"""/start: says what the bot is, in which language, and what the person can do."""

import re
from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.calls.reporting import begun
from conversations.flows.collections import listing as collection_listing
from conversations.flows.events import listing as event_listing
from conversations.flows.experts import asking
from conversations.flows.people.language import language_buttons
from conversations.flows.people.redeeming import redeem
from conversations.flows.reviews.queue import queue
from conversations.flows.reviews.review import shown_card
from conversations.flows.search import card as initiative_card
from conversations.flows.shared.help import ways
from conversations.flows.shared.roles import roles_of
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions import managing as managing_subscriptions
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _
from conversations.model.outcomes import InvitationUsed, PrivacyShown
from conversations.model.people.permissions import can
from conversations.model.privacy import VERSION, notice


def command(at: Position | None, words: str, context: Context) -> Step:
    """Greets the person; a link may start a report to a call, use an invitation, show an initiative, ask a
    contact person, or subscribe.
    """
    if code := re.fullmatch(r"i_(.{1,64})", words.strip()):
        return _invited(redeem(at, code[1], context), context)
    if code := re.fullmatch(r"x_(.{1,62})", words.strip()):
        return _with_privacy(asking.followed(at, code[1], context), context)
    if report := re.fullmatch(r"r_(.{1,64})", words.strip()):
        return _published(at, report[1], context)
    if call := re.fullmatch(r"c_([A-Za-z0-9_-]+)", words.strip()):
        found = context.find.calls.whole(call[1])
        if found is None or found.status != "open":
            closed = note(_("That call is closed or does not exist. You can still report an initiative."))
            return welcome(at, context, (closed,))
        return begun(at, found, context)
    if event := re.fullmatch(r"e_([a-z0-9]{1,30})", words.strip()):
        return _with_privacy(event_listing.opened(at, Pressed("event", event[1]), context), context)
    if collection := re.fullmatch(r"k_([a-z0-9-]{1,40})", words.strip()):
        return _with_privacy(collection_listing.about(at, Pressed("collection", collection[1]), context), context)
    theme = re.fullmatch(r"s_([a-z_]{1,40})", words.strip())
    if theme and (subscribed := managing_subscriptions.by_link(at, theme[1], context)):
        return _with_privacy(subscribed, context)
    return welcome(at, context)


def welcome(at: Position | None, context: Context, notes: tuple[Line, ...] = ()) -> Step:
    """Says what the bot is and what the person can do, with the privacy notice if they have not seen it."""
    told = _privacy(context)
    shown = (PrivacyShown(VERSION),) if told else ()
    return Step(at, outcomes=shown, screen=greeting(notes, told, context))


def _invited(step: Step, context: Context) -> Step:
    """Greets the person in the role that an invitation has just given them; other answers stay unchanged."""
    used = next((outcome for outcome in step.outcomes if isinstance(outcome, InvitationUsed)), None)
    if used is None:
        return step
    roles = context.person.roles | ({used.role} if used.role != "librarian" else frozenset())
    there = replace(context, person=replace(context.person, roles=roles))
    told = _privacy(there)
    shown = (PrivacyShown(VERSION),) if told else ()
    role = Line(_("Your role now: {roles}", roles=roles_of(roles)))
    return replace(step, outcomes=(*step.outcomes, *shown), screen=greeting((), told, there, role))


def _with_privacy(step: Step, context: Context) -> Step:
    """Returns `step` with the privacy notice if the person has not seen it."""
    told = _privacy(context)
    if not told or step.screen is None:
        return step
    screen = replace(step.screen, lines=(*step.screen.lines, *told))
    return replace(step, outcomes=(PrivacyShown(VERSION), *step.outcomes), screen=screen)


def _privacy(context: Context) -> tuple[Line, ...]:
    seen = context.person.privacy_seen
    return () if seen == VERSION else notice(context.find.privacy.controller(), seen)


def _published(at: Position | None, report: str, context: Context) -> Step:
    """Shows the initiative as everybody reads it; coordinators get the report's card, from which they also review."""
    reviewed = context.find.review.report(report) if can(context.person, "review") else None
    if reviewed and reviewed.status != "draft":
        return shown_card(at, Pressed("card", report), context)
    return initiative_card.shown(at, Pressed("initiative", report), context)


def greeting(notes: tuple[Line, ...], told: tuple[Line, ...], context: Context, *role: Line) -> Screen:
    """Returns the greeting: what the bot is and what the person can do. `role` names a role they have just got."""
    lines = (
        *notes,
        heading(_("Welcome to Meldind")),
        *role,
        *_purpose(context),
        *_without_owner(context),
        Line(_("/help shows all commands."), Style.HELP),
        *told,
    )
    return Screen(lines, (*ways(context), *_begins(context), language_buttons()))


def _purpose(context: Context) -> tuple[Line, ...]:
    """Returns what the bot is for, in words for the person's role."""
    if can(context.person, "review"):
        return (
            Line(
                _(
                    "You are a coordinator. You open calls for reports, review what libraries send, and get the "
                    "weekly digest."
                )
            ),
            queue(context),
        )
    if "partner" in context.person.roles:
        find = _(
            "See what public libraries do to include people, get a notification when there is something "
            "new for you, and contact the library."
        )
        return (Line(find),)
    report = _(
        "Public libraries use this bot to share what they do to include people, such as language "
        "cafés, homework help and reading groups. A report takes less than four minutes. You can stop "
        "and come back at any time."
    )
    return (Line(report),)


def _without_owner(context: Context) -> tuple[Line, ...]:
    """Says how the bot gets an owner, as long as it has none: only its owner can invite coordinators."""
    if "owner" in context.person.roles or not context.find.people.awaits_owner():
        return ()
    how = _(
        "This bot has no owner yet. If you set it up, send me the line with /start that it printed when it started. "
        "The line works for three days; a restart prints a new one."
    )
    return (note(how),)


def _begins(context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns buttons to register an organisation, for partners without one and for people without a role."""
    if not context.person.roles:
        return ((Button(_("Register as a partner"), "organisation"),),)
    if "partner" in context.person.roles and context.find.partners.own() is None:
        return ((Button(_("Choose organisation"), "organisation"),),)
    return ()
