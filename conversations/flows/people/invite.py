"""/invite: makes a link that gives the role of partner or coordinator, and revokes such links."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from conversations.context.context import Context
from conversations.context.links import INVITATION, link
from conversations.context.session import InFlow, Position
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.roles import ROLE_WORDS, back
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, counted
from conversations.model.outcomes import InvitationMade, InvitationRevoked
from conversations.model.people.members import Invitation
from conversations.model.people.permissions import Action, can

NEEDED: Mapping[str, Action] = {"partner": "invite partners", "coordinator": "invite coordinators"}
"""The permission that a person needs to invite to a role."""

USES = (1, 5, 25)
DAYS = (3, 7, 30)


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Asks what the link is for."""
    if not can(context.person, "invite partners"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    return Step(_begun())


def _begun() -> InFlow:
    return InFlow("invite", "choose", {"role": "partner", "uses": USES[0], "days": DAYS[0]})


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who invites."""
    if not can(context.person, "invite partners"):
        return Step(None, (note(NOT_ALLOWED),))
    match at.view, event:
        case "choose", Pressed("role", role) if role in NEEDED:
            if not can(context.person, NEEDED[role]):
                return Step(at, (note(NOT_ALLOWED),))
            return Step(_with(at, role=role))
        case "choose", Pressed("uses", uses) if uses in map(str, USES):
            return Step(_with(at, uses=int(uses)))
        case "choose", Pressed("days", days) if days in map(str, DAYS):
            return Step(_with(at, days=int(days)))
        case "choose", Pressed("make"):
            return _made(at, context)
        case "choose", Pressed("links"):
            return Step(InFlow("invite", "links", at.held))
        case "links", Pressed("revoke", this):
            return _revoked(at, this, context)
        case "links", Pressed("back"):
            return Step(InFlow("invite", "choose", at.held))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _with(at: InFlow, **chosen: Any) -> InFlow:
    return replace(at, held={**at.held, **chosen})


def _made(at: InFlow, context: Context) -> Step:
    role, uses, days = str(at.held["role"]), int(at.held["uses"]), int(at.held["days"])
    if not can(context.person, NEEDED[role]):
        return Step(at, (note(NOT_ALLOWED),))
    code, expires_at = context.new_code(), context.now + timedelta(days=days)
    there = link(INVITATION + code, context)
    lines = (
        heading(_("The invitation is ready. Role: {role}", role=ROLE_WORDS[role])),
        Line(there),
        Line(
            counted(
                "It works for one person until {until}. Send it only to the person it is for.",
                "It works for {n} people until {until}. Send it only to the people it is for.",
                uses,
                until=expires_at,
            ),
            Style.HELP,
        ),
    )
    picture = Enclosed("qr", "invitation.png", _("QR code for the link, to scan with a phone."), there)
    made = InvitationMade(context.new_id(), code, role, uses, expires_at)
    copy = ((Button(_("Copy the link"), "", copies=there),),)
    screen = Screen(lines, copy, enclosed=picture if context.bot else None, secret=True)
    return Step(None, outcomes=(made,), screen=screen)


def _revoked(at: InFlow, this: str, context: Context) -> Step:
    found = next((each for each in context.find.people.invitations(context.now) if each.id == this), None)
    if found is None or not _may_revoke(found, context):
        return Step(at, (note(_("That invitation is no longer open.")),))
    there = InFlow("invite", "choose", at.held)
    return Step(there, (note(_("The link no longer works.")),), (InvitationRevoked(this),))


def _may_revoke(invitation: Invitation, context: Context) -> bool:
    return can(context.person, NEEDED.get(invitation.role, "change roles"))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with what is chosen so far, or with the open links."""
    if not can(context.person, "invite partners"):
        return Screen((note(NOT_ALLOWED),))
    return _links(context) if at.view == "links" else _choose(at, context)


def _choose(at: InFlow, context: Context) -> Screen:
    held = at.held
    roles = tuple(
        Button(ROLE_WORDS[role], "role", role, chosen=role == held["role"])
        for role, needed in NEEDED.items()
        if can(context.person, needed)
    )
    uses = tuple(Button(_people(each), "uses", str(each), chosen=each == held["uses"]) for each in USES)
    days = tuple(Button(_days(each), "days", str(each), chosen=each == held["days"]) for each in DAYS)
    open_ = context.find.people.invitations(context.now)
    links = counted("{n} open invitation", "{n} open invitations", len(open_))
    rows = (
        roles,
        uses,
        days,
        (Button(_("Create the link"), "make"),),
        *(((Button(links, "links"),),) if open_ else ()),
    )
    lines = (
        heading(_("Who would you like to invite?")),
        Line(
            _("Choose a role, how many people can use the link and for how long. Anyone who has the link can use it."),
            Style.HELP,
        ),
    )
    return Screen(lines, rows)


def _people(number: int) -> Words:
    return counted("{n} person", "{n} people", number)


def _days(number: int) -> Words:
    return counted("{n} day", "{n} days", number)


def _links(context: Context) -> Screen:
    mine = [each for each in context.find.people.invitations(context.now) if _may_revoke(each, context)]
    lines = [
        Line(
            _(
                "{role}: used {used} of {uses}, until {until}",
                role=ROLE_WORDS[each.role],
                used=each.used,
                uses=each.uses,
                until=each.expires_at,
            )
        )
        for each in mine
    ]
    revoke = tuple(
        (Button(_("Cancel: {role}, {until}", role=ROLE_WORDS[each.role], until=each.expires_at), "revoke", each.id),)
        for each in mine
    )
    return Screen((heading(_("Open invitations")), *lines), (*revoke, back()))
