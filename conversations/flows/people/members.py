"""/people: who has which role. Owners change roles and read the audit trail."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.shared.organisation_words import side_words
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.roles import ROLE_WORDS, ROLES_WORDS, back, named, roles_of, told
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, counted
from conversations.model.outcomes import RolesChanged
from conversations.model.people.members import Member
from conversations.model.people.permissions import Role, can

SHOWN = 8
"""People on one page."""

ROLES: tuple[Role, ...] = get_args(Role)

LAST_OWNER = _("This is the last owner. Make someone else an owner first.")


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the people with a role, role by role."""
    if not can(context.person, "see people"):
        return Step(at, screen=Screen((note(NOT_ALLOWED),)))
    return Step(InFlow("people", "list", {"role": "coordinator", "page": 0}))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who looks at the members."""
    if not can(context.person, "see people"):
        return Step(None, (note(NOT_ALLOWED),))
    match at.view, event:
        case "list", Pressed("role", role) if role in ROLES:
            return Step(replace(at, held={"role": role, "page": 0}))
        case "list", Pressed("page", page) if page.isdecimal() and len(page) < 6:
            return Step(replace(at, held={**at.held, "page": int(page)}))
        case "list", Pressed("person", this) if this.isdecimal() and context.find.people.member(int(this)):
            return Step(InFlow("people", "person", {**at.held, "this": int(this)}))
        case "person", Pressed("give" | "take" as action, role) if role in ROLES:
            return _changed(at, role, context, gives=action == "give")
        case "person", Pressed("back"):
            return Step(InFlow("people", "list", {**at.held, "this": None}))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _changed(at: InFlow, role: Role, context: Context, *, gives: bool) -> Step:
    member = context.find.people.member(int(at.held["this"]))
    if member is None or not can(context.person, "change roles"):
        return Step(at, (note(NOT_ALLOWED),))
    if (role in member.roles) == gives:
        return Step(at)  # the same button was pressed twice
    if role == "owner" and not gives and len(context.find.people.members("owner")) < 2:
        return Step(at, (note(LAST_OWNER),))
    roles = member.roles | {role} if gives else member.roles - {role}
    changed = RolesChanged(member.id, roles)
    saved = (note(_("Saved: {what}", what=roles_of(roles))),)
    if member.id == context.person.id:
        still = can(replace(context.person, roles=roles), "see people")
        return Step(at if still else None, saved, (changed,))
    return Step(at, saved, (changed,), (told(member, roles, context),))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with a page of people, or with one of them."""
    if not can(context.person, "see people"):
        return Screen((note(NOT_ALLOWED),))
    if at.view == "person":
        return _person(at, context)
    return _list(at.held, context)


def _list(held: Mapping[str, Any], context: Context) -> Screen:
    role: Role = held["role"]
    members = context.find.people.members(role)
    pages = max(1, -(-len(members) // SHOWN))
    page = int(held["page"]) % pages
    filters = tuple(Button(ROLES_WORDS[each], "role", each, chosen=each == role) for each in ROLES)
    people = tuple(
        Button(named(member), "person", str(member.id)) for member in members[page * SHOWN : (page + 1) * SHOWN]
    )
    more = ((Button(_("More people"), "page", str((page + 1) % pages)),),) if pages > 1 else ()
    trail = ((Button(_("Activity log"), "audit"),),) if can(context.person, "read audit") else ()
    invite = ((Button(_("Invite someone"), "invite"),), (Button(_("Partners by municipality"), "directory"),))
    lines = (heading(ROLES_WORDS[role]), Line(_count(members), Style.HELP))
    return Screen(lines, (*stacked(filters, 3), *stacked(people), *more, *invite, *trail))


def _count(members: Sequence[Member]) -> Words:
    return counted("{n} person has this role.", "{n} people have this role.", len(members))


def _person(at: InFlow, context: Context) -> Screen:
    member = context.find.people.member(int(at.held["this"]))
    if member is None:
        return Screen((note(_("That person is no longer here.")),), (back(),))
    library = str(member.library["name"]) if member.library else None
    lines = (
        Line(named(member), Style.QUESTION),
        Line(_("Role: {roles}", roles=roles_of(member.roles))),
        *((Line(_("Library: {name}", name=library)),) if library else ()),
        *(
            (Line(side_words(side)),)
            if (side := context.find.partners.side(member.id)) and side.kind != "library"
            else ()
        ),
    )
    changes = tuple(_change(role, member) for role in ROLES) if can(context.person, "change roles") else ()
    return Screen(lines, (*stacked(changes), back()))


def _change(role: Role, member: Member) -> Button:
    if role in member.roles:
        return Button(_("Remove role: {role}", role=ROLE_WORDS[role]), "take", role)
    return Button(_("Add role: {role}", role=ROLE_WORDS[role]), "give", role)
