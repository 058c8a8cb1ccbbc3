"""Coordinators confirm organisations: each registration has one card that they share, and is decided once."""

from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import Notice, Position
from conversations.flows.reviews.review_notices import How, reviewers
from conversations.flows.shared.help import FIND, HEAR
from conversations.flows.shared.organisation_words import STATE_WORDS, organisation_words
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.roles import named
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _
from conversations.model.outcomes import OrganisationDecided, Outcome, RolesChanged
from conversations.model.people.members import Member
from conversations.model.people.organisations import Organisation
from conversations.model.people.permissions import can

GONE = _("That registration is no longer available.")


def card_for_coordinators(organisation: Organisation, context: Context, how: How = "anew") -> tuple[Notice, ...]:
    """Returns the card of a registration, for every coordinator and for their groups."""
    screen, key = _card(organisation, context), f"partner:{organisation.id}"
    people = tuple(Notice(member.id, screen, key, how) for member in reviewers(context))
    return (*people, *(Notice(chat, screen, key, how, in_group=True) for chat in context.find.review.groups()))


def card(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the card of one registration again."""
    found = _registered(event.argument, at, context)
    if isinstance(found, Step):
        return found
    return Step(at, screen=_card(found, context))


def decided(at: Position | None, event: Pressed, context: Context) -> Step:
    """Confirms or declines a registration, once, and tells the person who registered."""
    found = _registered(event.argument, at, context)
    if isinstance(found, Step):
        return found
    if found.state != "waiting":
        return Step(
            at, toast=STATE_WORDS[found.state], notices=card_for_coordinators(found, context, "update"), silent=True
        )
    confirmed = event.action == "partner_yes"
    now = replace(found, state="confirmed" if confirmed else "declined")
    outcomes: tuple[Outcome, ...] = (OrganisationDecided(found.id, confirmed),)
    member = context.find.people.member(found.person)
    if confirmed and member and "partner" not in member.roles:
        outcomes = (*outcomes, RolesChanged(found.person, member.roles | {"partner"}))
    notices = (*card_for_coordinators(now, context, "update"), _told(now, context))
    return Step(at, outcomes=outcomes, notices=notices, toast=STATE_WORDS[now.state], silent=True)


def _registered(registration: str, at: Position | None, context: Context) -> Organisation | Step:
    """Returns the registration, or the step that tells this person why they cannot confirm it."""
    if not can(context.person, "confirm partners"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    return context.find.partners.registered(registration) or Step(at, toast=GONE, silent=True)


def _card(organisation: Organisation, context: Context) -> Screen:
    member = context.find.people.member(organisation.person)
    who = named(member or Member(organisation.person, "", frozenset()))
    if organisation.state != "waiting":
        return Screen(
            (note(STATE_WORDS[organisation.state]), Line(organisation_words(organisation, context))), revision=0
        )
    lines = (
        heading(_("Someone has asked to register as a partner.")),
        Line(organisation_words(organisation, context)),
        Line(_("{name}. Confirmed partners see what libraries share among each other.", name=who), Style.HELP),
    )
    ways = (Button(_("Confirm"), "partner_yes", organisation.id), Button(_("Decline"), "partner_no", organisation.id))
    return Screen(lines, (ways,), revision=0)


def _told(organisation: Organisation, context: Context) -> Notice:
    words = organisation_words(organisation, context)
    if organisation.state == "confirmed":
        lines: tuple[Line, ...] = (
            heading(_("Your organisation is confirmed.")),
            Line(words),
            Line(_("You now see what libraries share among each other, and can write to them."), Style.HELP),
        )
        rows: tuple[tuple[Button, ...], ...] = ((FIND,), (HEAR,))
    else:
        lines = (
            heading(_("Your organisation could not be confirmed.")),
            Line(words),
            Line(_("You can still see what is public. To register again, use /settings."), Style.HELP),
        )
        rows = ((FIND,),)
    return Notice(organisation.person, Screen(lines, rows, revision=0), f"registered:{organisation.id}", "anew")
