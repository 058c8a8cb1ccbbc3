"""/stats and /coverage: all reports counted, as text, as pictures, and the municipalities of a country."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from conversations.digests.charts import CHARTS, COUNTRY_NAMES, TITLES, chart, pack
from conversations.digests.figures import Figures, top
from conversations.digests.labels import EVIDENCE, GROUPS, PROGRESS, THEMES
from conversations.digests.looking import Place as Municipality
from conversations.events import Pressed
from conversations.flows.invite import NOT_ALLOWED
from conversations.flows.step import Step
from conversations.here import Here
from conversations.reading.sorting import sort_key
from conversations.rights import can
from conversations.screen import Button, Enclosed, Line, Screen, Style, heading, note, stacked
from conversations.session import Position
from conversations.words import Listed, Place, Shortened, Words, _, counted, labelled

MOST_TOLD = 5
NAMES_ROOM = 1500
COUNTRY_OF = {"da": "DK", "sl": "SI"}


def command(at: Position | None, _words: str, here: Here) -> Step:
    """The figures in short, and buttons that draw them."""
    if not can(here.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    figures = here.look.digests.figures()
    if not figures.total:
        return Step(at, screen=Screen((heading(_("There are no reports yet.")),)))
    pictures = tuple(Button(TITLES[which], "chart", which) for which in CHARTS if which != "calls" or figures.calls)
    return Step(at, screen=Screen(_told(figures, here), (*stacked(pictures, 2), (COVERAGE,))))


COVERAGE = Button(_("Municipalities"), "coverage")


def drawn(at: Position | None, event: Pressed, here: Here) -> Step:
    """One picture of the figures, with the same in words below it."""
    if not can(here.person, "see figures") or event.argument not in CHARTS:
        return Step(at, toast=NOT_ALLOWED, silent=True)
    which = next(each for each in CHARTS if each == event.argument)
    names = {call.slug: dict(call.titles) for call in here.look.calls.all()} if which == "calls" else {}
    picture = chart(which, here.look.digests.figures(), names)
    if not picture.bars:
        return Step(at, screen=Screen((note(_("There is nothing to draw yet.")),)))
    file = Enclosed("chart", f"meldind-{which}.png", picture.told, pack(picture, here.person.language))
    return Step(at, screen=Screen((note(TITLES[which]),), ((BACK,),), enclosed=file))


BACK = Button(_("‹ All figures"), "stats")


def coverage(at: Position | None, words: str, here: Here) -> Step:
    """The municipalities of a country: from which there are reports, only plans, or nothing; and where partners are."""
    if not can(here.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    country = words.strip().upper()
    if country not in COUNTRY_NAMES:
        country = COUNTRY_OF.get(here.person.language, "DK")
    places = here.look.digests.coverage(country)
    silent = _named(places, "silent")
    lines = (
        heading(COUNTRY_NAMES[country]),
        *(Line(each) for each in told_states(places)),
        *((Line(_("Silent: {names}", names=Shortened(Listed(silent), NAMES_ROOM))),) if silent else ()),
    )
    partners = partners_in(country, here)
    taking_part = (Line(told_partners(partners, here)),) if partners else ()
    who = ((Button(_("Partners by municipality"), "directory"),),) if partners else ()
    others = tuple(Button(name, "coverage", key) for key, name in COUNTRY_NAMES.items() if key != country)
    files = (Button(_("As a map"), "map", country), Button(_("As a list"), "places", country))
    return Step(at, screen=Screen((*lines, *taking_part), (files, *who, others)))


def covered(at: Position | None, event: Pressed, here: Here) -> Step:
    """The municipalities of the country that a button names, as text, as a map or as a list."""
    country, language = event.argument, here.person.language
    if event.action == "coverage" or country not in COUNTRY_NAMES or not can(here.person, "see figures"):
        return coverage(at, country, here)
    places = here.look.digests.coverage(country)
    partners = partners_in(country, here)
    said = (*told_states(places), *((told_partners(partners, here),) if partners else ()))
    told = _("{country}: {states}", country=COUNTRY_NAMES[country], states=Listed(said))
    states = {place.key: [place.state, place.reports, partners.get(place.key, 0)] for place in places}
    data = json.dumps({"country": country, "states": states, "in": language})
    name, file = COUNTRY_NAMES[country], f"meldind-{country.lower()}"
    enclosed = (
        Enclosed("map", f"{file}.png", told, data)
        if event.action == "map"
        else Enclosed("places", f"{file}.xlsx", told, data)
    )
    back = Button(_("‹ Back"), "coverage", country)
    return Step(at, screen=Screen((note(name),), ((back,),), enclosed=enclosed))


STATES = {
    "reported": labelled("coverage", "reported"),
    "planned": labelled("coverage", "only planned"),
    "silent": labelled("coverage", "silent"),
}
"""What is known from a municipality."""


def told_states(places: Sequence[Municipality]) -> tuple[Words, ...]:
    """How many municipalities there are of each state."""
    numbers = dict.fromkeys(STATES, 0)
    for place in places:
        numbers[place.state] += 1
    return (
        counted("One municipality has reported", "{n} municipalities have reported", numbers["reported"]),
        counted("One has only plans", "{n} have only plans", numbers["planned"]),
        counted("One is silent", "{n} are silent", numbers["silent"]),
    )


def partners_in(country: str, here: Here) -> Counter[str]:
    """How many confirmed partners there are in each municipality of the country that has any."""
    found = (each.municipality for each in here.look.partners.confirmed())
    return Counter(key for key in found if key.startswith(f"{country}-"))


def told_partners(partners: Mapping[str, int], here: Here) -> Words:
    """In which municipalities there are partners."""
    names = [here.look.calls.municipality_name(key) for key in partners]
    names.sort(key=lambda name: sort_key(name, here.person.language))
    shown = Shortened(Listed(tuple(names)), NAMES_ROOM)
    return counted(
        "One municipality has partners: {names}", "{n} municipalities have partners: {names}", len(names), names=shown
    )


def _named(places: Sequence[Municipality], state: str) -> tuple[Place, ...]:
    return tuple(place.name for place in places if place.state == state)


def _told(figures: Figures, here: Here) -> tuple[Line, ...]:
    libraries = counted("from one library", "from {n} libraries", figures.libraries)
    return (
        heading(counted("One report, {libraries}", "{n} reports, {libraries}", figures.total, libraries=libraries)),
        Line(
            counted("One tells what has changed for people.", "{n} tell what has changed for people.", figures.outcomes)
        ),
        _line(_("Status"), figures.progress, PROGRESS),
        _line(_("Themes"), figures.themes, THEMES),
        _line(_("For"), figures.groups, GROUPS),
        *((_line(_("How it is known"), figures.evidence, EVIDENCE),) if figures.evidence else ()),
        _line(_("Countries"), figures.countries, COUNTRY_NAMES),
        *_calls(figures, here),
        Line(_("A report counts under each of its themes and target groups."), Style.HELP),
    )


def _line(name: Words, counts: Mapping[str, int], words: Mapping[str, Place]) -> Line:
    other = labelled("figures", "other")
    shown = tuple(_("{label} {n}", label=words.get(key, other), n=number) for key, number in top(counts, MOST_TOLD))
    return Line(_("{label}: {answer}", label=name, answer=Listed(shown)))


def _calls(figures: Figures, here: Here) -> tuple[Line, ...]:
    """The open calls: how many reports each has, and how many of the invited places are silent."""
    told = []
    for call in here.look.calls.all():
        if call.takes(here.now):
            standing = here.look.calls.standing(call.slug)
            reports, heard = figures.calls.get(call.slug, (0, 0))[0], len(standing.answered)
            invited = heard + len(standing.opened) + len(standing.silent)
            words = _(
                "{call}: {reports}, from {heard} of {invited} places",
                call=call.title,
                reports=counted("one report", "{n} reports", reports),
                heard=heard,
                invited=invited,
            )
            told.append(Line(words))
    return tuple(told[:MOST_TOLD])
