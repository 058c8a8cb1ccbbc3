"""/stats and /coverage: the counts of all reports, as text and charts, and the municipalities of a country."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.digests.charts import CHARTS, COUNTRY_NAMES, TITLES, chart, pack
from conversations.flows.digests.labels import EVIDENCE, GROUPS, PROGRESS, THEMES
from conversations.flows.digests.tables import as_text
from conversations.flows.shared.folding import folded, is_folded, page_in, page_of
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, Table, heading, note, stacked
from conversations.language.words import Listed, Place, Words, _, counted, labelled
from conversations.model.digests.figures import Figures, top
from conversations.model.digests.looking import Place as Municipality
from conversations.model.outcomes import TablesChosen
from conversations.model.people.permissions import can
from conversations.reading.sorting import sort_key

MOST_TOLD = 5
COUNTRY_OF = {"da": "DK", "sl": "SI"}


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the figures in short, with buttons to the charts."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    figures = context.find.digests.figures()
    if not figures.total:
        return Step(at, screen=Screen((heading(_("There are no reports yet.")),)))
    pictures = tuple(Button(TITLES[which], "chart", which) for which in CHARTS if which != "calls" or figures.calls)
    rows = (*stacked(pictures, 2), (COVERAGE, FOLLOW_UPS))
    if context.person.tables:
        return Step(at, screen=Screen(_told(figures, context), (*rows, as_text("stats_text")), rich=True))
    return Step(at, screen=Screen(_told(figures, context), rows))


def figures_in_text(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows the figures as text, as all from now on."""
    return _in_text(partial(command, at, ""), context)


def coverage_in_text(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the municipalities of the country that the button names as text, as all from now on."""
    return _in_text(partial(coverage, at, event.argument), context)


def _in_text(show: Callable[[Context], Step], context: Context) -> Step:
    step = show(replace(context, person=replace(context.person, tables=False)))
    return replace(step, outcomes=(TablesChosen(False),)) if can(context.person, "see figures") else step


COVERAGE = Button(_("Municipalities"), "coverage")
FOLLOW_UPS = Button(_("Follow-ups"), "followups", "0")


def drawn(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one chart of the figures, with the same in words below it."""
    if not can(context.person, "see figures") or event.argument not in CHARTS:
        return Step(at, toast=NOT_ALLOWED, silent=True)
    which = next(each for each in CHARTS if each == event.argument)
    names = {call.slug: dict(call.titles) for call in context.find.calls.all()} if which == "calls" else {}
    picture = chart(which, context.find.digests.figures(), names)
    if not picture.bars:
        return Step(at, screen=Screen((note(_("There are no figures to show yet.")),)))
    file = Enclosed("chart", f"meldind-{which}.png", picture.told, pack(picture, context.person.language))
    return Step(at, screen=Screen((note(TITLES[which]),), ((BACK,),), enclosed=file))


BACK = Button(_("‹ All figures"), "stats")


def coverage(at: Position | None, words: str, context: Context) -> Step:
    """Shows the municipalities of a country with reports, with plans only, or silent; and where partners are."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    country = words.strip().upper()
    if country not in COUNTRY_NAMES:
        country = COUNTRY_OF.get(context.person.language, "DK")
    places = context.find.digests.coverage(country)
    named = {state: _named(places, state, context) for state in STATES}
    tables = context.person.tables
    lines = (
        heading(COUNTRY_NAMES[country]),
        *(_in_tables(named) if tables else _in_words(places, named)),
        Line(_("A municipality without a library of its own counts with the one whose library serves it."), Style.HELP),
    )
    folds = {} if tables else named
    all_of = tuple(_all_button(country, state, names) for state, names in folds.items() if is_folded(names))
    partners = partners_in(country, context)
    taking_part = (Line(told_partners(partners, context)),) if partners else ()
    who = ((Button(_("Partners by municipality"), "directory"),),) if partners else ()
    others = tuple(Button(name, "coverage", key) for key, name in COUNTRY_NAMES.items() if key != country)
    files = (Button(_("As a map"), "map", country), Button(_("As a list"), "places", country))
    text = (as_text("coverage_text", country),) if tables else ()
    return Step(at, screen=Screen((*lines, *taking_part), (*stacked(all_of), files, *who, others, *text), rich=tables))


def _in_words(places: Sequence[Municipality], named: Mapping[str, Sequence[str]]) -> tuple[Line, ...]:
    """Returns how many municipalities are in each state, and the names of some."""
    states = (Line(each) for each in told_states(places))
    return (*states, *(_names_line(state, folded(names)) for state, names in named.items() if names))


def _in_tables(named: Mapping[str, Sequence[str]]) -> tuple[Line, ...]:
    """Returns a section with all names for each state that a municipality is in."""
    lines: list[Line] = []
    for state, names in named.items():
        if names:
            lines.append(heading(_("{section} ({n})", section=STATE_LABELS[state], n=len(names))))
            lines.append(Line(Listed(tuple(names))))
    return tuple(lines)


def in_state(at: Position | None, event: Pressed, context: Context) -> Step:
    """Lists all municipalities of a country in one state, page by page."""
    country, _dot, rest = event.argument.partition(".")
    state, _dot, page = rest.partition(".")
    if country not in COUNTRY_NAMES or state not in STATES or not can(context.person, "see figures"):
        return coverage(at, country, context)
    names, following = page_of(_named(context.find.digests.coverage(country), state, context), page_in(page))
    more = ((Button(_("More municipalities"), "coverage_of", f"{country}.{state}.{following}"),),)
    lines = (heading(COUNTRY_NAMES[country]), _names_line(state, names))
    return Step(at, screen=Screen(lines, (*(more if following is not None else ()), (_back_to(country),))))


def _back_to(country: str) -> Button:
    return Button(_("‹ Back"), "coverage", country)


def _names_line(state: str, names: Place) -> Line:
    return Line(_("{label}: {answer}", label=STATE_LABELS[state], answer=names))


def _all_button(country: str, state: str, names: Sequence[str]) -> Button:
    label = _("{label}: all {n}", label=STATE_LABELS[state], n=len(names))
    return Button(label, "coverage_of", f"{country}.{state}.0")


def covered(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the municipalities of the country that the button names, as text, map or list."""
    country, language = event.argument, context.person.language
    if event.action == "coverage" or country not in COUNTRY_NAMES or not can(context.person, "see figures"):
        return coverage(at, country, context)
    places = context.find.digests.coverage(country)
    partners = partners_in(country, context)
    said = (*told_states(places), *((told_partners(partners, context),) if partners else ()))
    told = _("{country}: {states}", country=COUNTRY_NAMES[country], states=Listed(said))
    states = {place.key: [place.state, place.reports, partners.get(place.key, 0)] for place in places}
    data = json.dumps({"country": country, "states": states, "in": language})
    name, file = COUNTRY_NAMES[country], f"meldind-{country.lower()}"
    enclosed = (
        Enclosed("map", f"{file}.png", told, data)
        if event.action == "map"
        else Enclosed("places", f"{file}.xlsx", told, data)
    )
    return Step(at, screen=Screen((note(name),), ((_back_to(country),),), enclosed=enclosed))


STATES = {
    "reported": labelled("coverage", "reported"),
    "planned": labelled("coverage", "only planned"),
    "silent": labelled("coverage", "no report yet"),
}
"""The states of a municipality, counted."""

STATE_LABELS = {
    "reported": labelled("municipalities", "Reported"),
    "planned": labelled("municipalities", "Only plans"),
    "silent": labelled("municipalities", "No report yet"),
}
"""The states as headings of lists."""


def told_states(places: Sequence[Municipality]) -> tuple[Words, ...]:
    """Returns how many municipalities there are in each state."""
    numbers = dict.fromkeys(STATES, 0)
    for place in places:
        numbers[place.state] += 1
    return (
        counted("One municipality has reported", "{n} municipalities have reported", numbers["reported"]),
        counted("One has only plans", "{n} have only plans", numbers["planned"]),
        counted("One has no report yet", "{n} have no report yet", numbers["silent"]),
    )


def partners_in(country: str, context: Context) -> Counter[str]:
    """Returns the number of confirmed partners, for each municipality of the country that has any."""
    found = (each.municipality for each in context.find.partners.confirmed())
    return Counter(key for key in found if key.startswith(f"{country}-"))


def told_partners(partners: Mapping[str, int], context: Context) -> Words:
    """Returns in which municipalities there are partners."""
    names = [context.registers.municipality_name(key) for key in partners]
    names.sort(key=lambda name: sort_key(name, context.person.language))
    return counted(
        "One municipality has partners: {names}",
        "{n} municipalities have partners: {names}",
        len(names),
        names=folded(names),
    )


def _named(places: Sequence[Municipality], state: str, context: Context) -> Sequence[str]:
    """Returns the names of the municipalities in that state, in the order of the reader's alphabet."""
    names = (place.name for place in places if place.state == state)
    return sorted(names, key=lambda name: sort_key(name, context.person.language))


def _told(figures: Figures, context: Context) -> tuple[Line, ...]:
    libraries = counted("from one library", "from {n} libraries", figures.libraries)
    return (
        heading(counted("One report, {libraries}", "{n} reports, {libraries}", figures.total, libraries=libraries)),
        Line(counted("One reports a result for people.", "{n} report a result for people.", figures.outcomes)),
        *chain.from_iterable(_counted(*each, tables=context.person.tables) for each in _dimensions(figures)),
        *_calls(figures, context),
        Line(_("A report counts under each of its themes and target groups."), Style.HELP),
    )


def _dimensions(figures: Figures) -> Iterator[tuple[Words, Mapping[str, int], Mapping[str, Place]]]:
    """Yields the name, the counts and the labels of each dimension in which there are counts."""
    for name, counts, labels in (
        (_("Stage"), figures.progress, PROGRESS),
        (_("Themes"), figures.themes, THEMES),
        (_("Who it is for"), figures.groups, GROUPS),
        (_("How we know"), figures.evidence, EVIDENCE),
        (_("Countries"), figures.countries, COUNTRY_NAMES),
    ):
        if counts:
            yield name, counts, labels


def _counted(name: Words, counts: Mapping[str, int], labels: Mapping[str, Place], *, tables: bool) -> tuple[Line, ...]:
    """Returns a section with the table of all counts, or a line with the largest ones."""
    other = labelled("figures", "other")
    rows = tuple((labels.get(key, other), number) for key, number in top(counts, len(counts) if tables else MOST_TOLD))
    listed = Listed(tuple(_("{label} {n}", label=label, n=number) for label, number in rows))
    if tables:
        return heading(name), Line(listed, table=Table(rows))
    return (Line(_("{label}: {answer}", label=name, answer=listed)),)


def _calls(figures: Figures, context: Context) -> tuple[Line, ...]:
    """Returns the open calls, each with its number of reports and of invited places that are silent."""
    told = []
    for call in context.find.calls.all():
        if call.takes(context.now):
            standing = context.find.calls.standing(call.slug)
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
    head = (heading(_("Open calls")),) if told and context.person.tables else ()
    return (*head, *told[:MOST_TOLD])
