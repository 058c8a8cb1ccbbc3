"""The places of a subscription: countries, regions, municipalities."""

import re
from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.flows.calls.editor_invited import COUNTRY_WORDS
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions.editor_state import (
    QUESTIONS,
    home_of,
    onward,
    served,
    served_note,
    ways_on,
    wish,
    wishes_in,
    with_,
)
from conversations.flows.subscriptions.words import part_of
from conversations.language.events import Event, Pressed, SharedLocation, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Place, _
from conversations.model.calls import COUNTRIES
from conversations.model.subscriptions import Wishes
from conversations.reading.text import clean_line

MOST = 12
"""Most places of one subscription."""


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens to a person who chooses places."""
    chosen = wishes_in(at).places
    match event:
        case Pressed("clear"):
            return Step(onward(wish(at, places=())))
        case Pressed("done"):
            return Step(onward(at))
        case Pressed("regions", country) if country in COUNTRIES:
            return Step(with_(replace(at, view="region"), country=country))
        case Pressed("region", number) if at.view == "region" and number.isdecimal():
            country = str(at.held["country"])
            regions = context.registers.regions(country)
            if int(number) < len(regions):
                return _toggled(at, f"{country}:{regions[int(number)]}", chosen)
            return Step(at)
        case Pressed("on", place) if place in COUNTRIES or context.registers.municipality_name(place) != place:
            return Step(_with_places(at, (*chosen, *served(place, context))), served_note(place, context))
        case Pressed("off", place):
            return Step(_with_places(at, tuple(each for each in chosen if each != place)))
        case Pressed("drop", number) if number.isdecimal() and int(number) < len(chosen):
            return Step(_with_places(at, tuple(each for each in chosen if each != chosen[int(number)])))
        case Wrote(text) if text.strip():
            return _place_written(at, text, context)
        case SharedLocation(latitude, longitude):
            names = dict.fromkeys(each.municipality for each in context.registers.libraries_near(latitude, longitude))
            found = [exact.key for name in names if (exact := context.registers.municipality(name)[0])]
            return Step(with_(at, found=found), (note(_("Tap the right one, or type more of the name.")),))
        case _:
            return Step(at, (note(_("Type the name of the municipality.")),))


def _toggled(at: InFlow, place: str, chosen: tuple[str, ...]) -> Step:
    if place in chosen:
        return Step(_with_places(at, tuple(each for each in chosen if each != place)))
    return Step(_with_places(at, (*chosen, place)))


def _place_written(at: InFlow, text: str, context: Context) -> Step:
    at = replace(at, view="places")
    places, near = list(wishes_in(at).places), []
    for name in (part for part in map(clean_line, re.split(r"[,;\n]+", text)) if part):
        exact, close = context.registers.municipality(name)
        if exact:
            places += served(exact.key, context)
        else:
            near += [each.key for each in close]
            if not close:
                unknown = note(_("I do not know that municipality. Type its name."))
                return Step(_with_places(at, tuple(places)), (unknown,))
    there = with_(_with_places(at, tuple(places)), found=list(dict.fromkeys(near))[:6])
    return Step(there, (note(_("Tap the right one, or type more of the name.")),) if near else ())


def _with_places(at: InFlow, places: tuple[str, ...]) -> InFlow:
    return with_(wish(at, places=tuple(dict.fromkeys(places))[:MOST]), found=[])


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the chosen and the offered places, or with the regions of a country."""
    return _regions(at, context) if at.view == "region" else _places(at, context)


def _places(at: InFlow, context: Context) -> Screen:
    chosen, home = wishes_in(at).places, home_of(context)
    off = tuple(
        Button(_("✕ {name}", name=_place(place, context)), "drop", str(number)) for number, place in enumerate(chosen)
    )
    offered = tuple(
        Button(_place(key, context), "on", key)
        for key in dict.fromkeys((*at.held.get("found", ()), *((home,) if home else ()), *COUNTRIES))
        if key not in chosen
    )
    regions = tuple(Button(_("Regions: {country}", country=COUNTRY_WORDS[each]), "regions", each) for each in COUNTRIES)
    lines = (
        heading(QUESTIONS["places"]),
        *((Line(_("Chosen: {choices}", choices=part_of(wishes_in(at), "places", context))),) if chosen else ()),
        Line(_("Type the name of a municipality, or send your location."), Style.HELP),
    )
    done = ((Button(_("Next"), "done"),),) if chosen else ()
    return Screen(lines, (*stacked(off, 2), *stacked(offered, 2), regions, *done, *ways_on(at)))


def _regions(at: InFlow, context: Context) -> Screen:
    country, chosen = str(at.held["country"]), wishes_in(at).places
    regions = tuple(
        Button(name, "region", str(number), chosen=f"{country}:{name}" in chosen)
        for number, name in enumerate(context.registers.regions(country))
    )
    done = (Button(_("Next"), "done"),) if chosen else ()
    return Screen((heading(_("Which region?")),), (*stacked(regions, 2), (Button(_("‹ Back"), "to", "places"), *done)))


def _place(place: str, context: Context) -> Place:
    return part_of(Wishes(places=(place,)), "places", context)
