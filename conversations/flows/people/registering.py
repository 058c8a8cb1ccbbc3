"""Registering an organisation: its kind, name and municipality. From /start, /settings and other screens."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Position, pack, unpack
from conversations.flows.people.confirming import card_for_coordinators
from conversations.flows.shared.help import FIND, HEAR
from conversations.flows.shared.organisation_words import STATE_WORDS, organisation_words
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant, same
from conversations.language.events import Event, Pressed, SharedLocation, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import _
from conversations.model.outcomes import OrganisationRegistered
from conversations.model.people.organisations import KINDS, Confirmation, Organisation
from conversations.model.registers import MunicipalityFound
from conversations.reading.text import clean_line

FIRST = ("integration_council", "housing_association", "ngo", "municipal_department", "other_library", "association")
"""The kinds that have a button at once; one more tap shows the others."""

LONGEST = 120
EVERYWHERE = "everywhere"

NOT_NOW = Button(_("‹ Cancel"), "go_back")


def pressed(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows the registration, or asks the first question; afterwards the person returns to where they stood."""
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "organisation" else pack(at)
    own = context.find.partners.own()
    view = "own" if own and own.state != "declined" else "kind"
    return Step(InFlow("organisation", view, {"back": back}))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who registers an organisation."""
    event = _tapped(at, event, context)
    match at.view, event:
        case _, Pressed("go_back"):
            return Step(unpack(at.held["back"]))
        case "own" | "check", Pressed("change"):
            return Step(replace(at, view="kind"))
        case "kind", Pressed("more"):
            return Step(_with(at, more=True))
        case "kind", Pressed("kind", kind) if kind in {choice.key for choice in KINDS}:
            return Step(replace(_with(at, kind=kind), view="name"))
        case "name", Wrote(text):
            return _named(at, text)
        case "place", Pressed("everywhere"):
            return Step(replace(_with(at, place=""), view="check"))
        case "place", Pressed("is", key) if context.registers.municipality_name(key) != key:
            return Step(replace(_with(at, place=key), view="check"))
        case "place", Wrote(text) if text:
            return _placed(at, text, context)
        case "place", SharedLocation(latitude, longitude):
            names = dict.fromkeys(each.municipality for each in context.registers.libraries_near(latitude, longitude))
            exact = (context.registers.municipality(name)[0] for name in names)
            return _found(at, [each for each in exact if each])
        case "check", Pressed("register"):
            return _registered(at, context)
        case "name", _:
            return Step(at, (note(_("Type the name of the organisation.")),))
        case "place", _:
            return Step(at, (note(_("Type the name of the municipality.")),))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _tapped(at: InFlow, event: Event, context: Context) -> Event:
    """Turns the written label of a button into a press; a kind can also be written when its button is not shown."""
    if not isinstance(event, Wrote) or at.view == "name":
        return event
    screen = shown(_with(at, more=True), context)
    exactly = at.view == "place"  # any other text is the name of a municipality
    button = same(event.text, list(chain(*screen.rows)), context) if exactly else meant(event.text, screen, context)
    return Pressed(button.action, button.argument) if button else event


def _with(at: InFlow, **held: Any) -> InFlow:
    return replace(at, held={**at.held, **held})


def _named(at: InFlow, text: str) -> Step:
    name = clean_line(text)
    if len(name) < 2:
        return Step(at, (note(_("Type the name of the organisation.")),))
    if len(name) > LONGEST:
        return Step(at, (note(_("That is too long for a name. Type a shorter one.")),))
    return Step(replace(_with(at, name=name), view="place"))


def _placed(at: InFlow, text: str, context: Context) -> Step:
    exact, near = context.registers.municipality(clean_line(text))
    if exact:
        return Step(replace(_with(at, place=exact.key), view="check"))
    return _found(at, near)


def _found(at: InFlow, near: Sequence[MunicipalityFound]) -> Step:
    if not near:
        return Step(at, (note(_("I do not know that municipality. Type its name.")),))
    return Step(
        _with(at, found=[each.key for each in near]), (note(_("Tap the right one, or type more of the name.")),)
    )


def _registered(at: InFlow, context: Context) -> Step:
    organisation = _organisation(at, context, context.new_id())
    registered = OrganisationRegistered(organisation)
    back = unpack(at.held["back"])
    confirmed = organisation.state == "confirmed"
    waits = _("Thank you. A coordinator must confirm your organisation. You will get a message here.")
    thanks = note(_("You are registered. Thank you!") if confirmed else waits)
    cards = () if confirmed else card_for_coordinators(organisation, context)
    if back or context.find.subscriptions.own():  # what the person did before comes first
        return Step(back, (thanks,), (registered,), cards)
    offered = Line(_("Would you like notifications about new initiatives? You choose which."))
    return Step(None, outcomes=(registered,), notices=cards, screen=Screen((thanks, offered), ((HEAR,), (FIND,))))


def _organisation(at: InFlow, context: Context, this: str) -> Organisation:
    held = at.held
    return Organisation(this, context.person.id, held["kind"], held["name"], held["place"], _state(context))


def _state(context: Context) -> Confirmation:
    """Returns "confirmed" only for a first registration by an invited partner; later changes are confirmed again."""
    invited = "partner" in context.person.roles and context.find.partners.own() is None
    return "confirmed" if invited else "waiting"


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the open question, or with the registration."""
    match at.view:
        case "own":
            return _own(context)
        case "kind":
            some = KINDS if at.held.get("more") else [choice for choice in KINDS if choice.key in FIRST]
            more = () if at.held.get("more") else ((Button(_("Another kind ›"), "more"),),)
            kinds = tuple(Button(choice.label, "kind", choice.key) for choice in some)
            return Screen(
                (heading(_("What kind of organisation are you from?")),), (*stacked(kinds, 2), *more, (NOT_NOW,))
            )
        case "name":
            help_ = Line(_("Libraries and coordinators can see this name."), Style.HELP)
            return Screen((heading(_("What is the organisation called?")), help_), ((NOT_NOW,),))
        case "place":
            return _place(at, context)
        case _:
            return _check(at, context)


def _own(context: Context) -> Screen:
    own = context.find.partners.own()
    if own is None:
        return Screen((note(_("Nothing is registered.")),), ((NOT_NOW,),))
    lines = (heading(organisation_words(own, context)), Line(STATE_WORDS[own.state], Style.HELP))
    return Screen(lines, ((Button(_("Change it"), "change"),), (Button(_("‹ Back"), "go_back"),)))


def _place(at: InFlow, context: Context) -> Screen:
    found = tuple(Button(context.registers.municipality_name(key), "is", key) for key in at.held.get("found", ()))
    lines = (
        heading(_("In which municipality is it?")),
        Line(_("Type its name, or send your location."), Style.HELP),
    )
    return Screen(lines, (*stacked(found, 2), (Button(_("The whole country"), EVERYWHERE),), (NOT_NOW,)))


def _check(at: InFlow, context: Context) -> Screen:
    organisation = _organisation(at, context, "")
    later = _("A coordinator must confirm it. Until then you see what everyone sees.")
    lines = (
        heading(_("Is this right?")),
        Line(organisation_words(organisation, context)),
        *(() if organisation.state == "confirmed" else (Line(later, Style.HELP),)),
    )
    return Screen(
        lines,
        ((Button(_("Yes, register it"), "register", tone="primary"),), (Button(_("Change it"), "change"), NOT_NOW)),
    )
