"""The directory of partners by municipality, for coordinators, with those that wait to be confirmed."""

from collections.abc import Mapping, Sequence

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.organisation_words import organisation_words
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, counted
from conversations.model.people.organisations import Organisation
from conversations.model.people.permissions import can
from conversations.reading.sorting import sort_key

SHOWN = 20
"""Municipalities on one page."""

MOST = 40
"""Most organisations that are listed by name."""

EVERYWHERE = "all"


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of municipalities with their numbers of partners, or the partners in one of them."""
    if not can(context.person, "see people"):
        return Step(at, (note(NOT_ALLOWED),))
    places: dict[str, list[Organisation]] = {}
    for each in context.find.partners.confirmed():
        places.setdefault(each.municipality or EVERYWHERE, []).append(each)
    if event.argument in places:
        return Step(at, screen=_in_one(event.argument, places[event.argument], context))
    page = int(event.argument) if event.argument.isdecimal() and len(event.argument) < 6 else 0
    return Step(at, screen=_all(places, page, context))


def _all(places: Mapping[str, Sequence[Organisation]], page: int, context: Context) -> Screen:
    names = sorted(
        places, key=lambda key: (key == EVERYWHERE, sort_key(_name_of(key, context), context.person.language))
    )
    pages = max(1, -(-len(names) // SHOWN))
    page %= pages
    total = sum(map(len, places.values()))
    head = counted("One partner is registered.", "{n} partners are registered.", total)
    waiting = context.find.partners.waiting()
    waits = Line(
        counted("One is waiting to be confirmed.", "{n} are waiting to be confirmed.", len(waiting)), Style.HELP
    )
    shown = tuple(_button(key, len(places[key]), context) for key in names[page * SHOWN : (page + 1) * SHOWN])
    cards = tuple(Button(each.name, "partner_card", each.id) for each in waiting[:SHOWN])
    more = ((Button(_("More municipalities"), "directory", str(page + 1)),),) if pages > 1 else ()
    back = ((Button(_("‹ Back"), "people"),),)
    lines = (heading(_("Partners by municipality")), Line(head), *((waits,) if waiting else ()))
    return Screen(lines, (*stacked(cards), *stacked(shown, 2), *more, *back))


def _button(key: str, number: int, context: Context) -> Button:
    name = _("The whole country") if key == EVERYWHERE else context.registers.municipality_name(key)
    return Button(_("{label} {n}", label=name, n=number), "directory", key)


def _name_of(key: str, context: Context) -> str:
    return context.registers.municipality_name(key)


def _in_one(key: str, found: Sequence[Organisation], context: Context) -> Screen:
    name: Words | str = _("The whole country") if key == EVERYWHERE else _name_of(key, context)
    ordered = sorted(found, key=lambda each: (each.kind, sort_key(each.name, context.person.language)))
    lines = (
        heading(_("Partners: {place}", place=name)),
        *(Line(organisation_words(each, context)) for each in ordered[:MOST]),
    )
    return Screen(lines, ((Button(_("‹ Back"), "directory"),),))
