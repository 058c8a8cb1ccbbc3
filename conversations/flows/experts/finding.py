"""/experts: finding contact persons by theme, place, language and use, in one's own words; and the card of one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Position, pack, unpack
from conversations.flows.contacts.writing import NOT_LISTED
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.experts import entry
from conversations.flows.experts.words import ALL, MINE, OFFER, about_lines, in_list, labels
from conversations.flows.reports import idle
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Place, Shortened, Words, _, counted, own
from conversations.model.contacts import EXPERT
from conversations.model.experts import Expert, Sought
from conversations.model.people.permissions import can
from conversations.reading.queries.experts import read_expert_query
from conversations.reading.story.lists import read_offers
from conversations.reading.text import clean_line
from conversations.vocabulary import vocabulary

SHOWN = 6
"""Contact persons on one page."""

LONGEST = 200
"""Most characters of a search; a longer text starts a report, as it does anywhere."""

NAME_ROOM = 38

OWN_ACTIONS = frozenset({"page", "everybody", "resume"})
"""What the buttons of the list do, which may also be typed."""


def command(at: Position | None, words: str, _context: Context) -> Step:
    """Shows who fits the words; without any, everybody."""
    return Step(_results(at, clean_line(words)[:LONGEST]))


def pressed(at: Position | None, _event: Pressed, _context: Context) -> Step:
    """Shows everybody, from a button."""
    return Step(_results(at))


def card(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the contact person that the button names, with the way to write to them."""
    found = context.find.experts.one(event.argument)
    if found is None:
        return Step(at, screen=Screen((note(NOT_LISTED),)))
    mine = found.person == context.person.id
    write = Button(_("Contact"), "contact", EXPERT + found.id)
    way = Button(_("My entry"), "expert_own", found.id) if mine else write
    return Step(at, screen=Screen(about_lines(found, context), ((way,),)))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who looks for contact persons."""
    match event:
        case Pressed(action, argument):
            return _pressed(at, action, argument)
        case Wrote(text, forwarded=False) if len(text) <= LONGEST and len(read_offers(text, context.registers)) < 2:
            return _wrote(at, text, context)
        case _:
            return idle.take(event, context)


def _pressed(at: InFlow, action: str, argument: str) -> Step:
    match action:
        case "page" if argument.isdecimal() and len(argument) < 5:
            return Step(replace(at, held={**at.held, "page": int(argument)}))
        case "everybody":
            return Step(_results(at))
        case "resume":
            return Step(unpack(at.held["back"]))
        case _:
            return Step(at)


def _wrote(at: InFlow, text: str, context: Context) -> Step:
    """Looks for other words, or opens the person whose number was written."""
    if text.isdecimal() and text.isascii() and len(text) == 1:
        page = _page(at.held, context).shown
        if 0 < int(text) <= len(page):
            return card(at, Pressed("expert", page[int(text) - 1].id), context)
    tapped = same(text, list(chain(*shown(at, context).rows)), context)
    if tapped and tapped.action == "expert_own":
        return entry.mine(at, Pressed("expert_own"), context)
    if tapped and tapped.action == "expert_offer":
        return entry.offered(at, Pressed("expert_offer"), context)
    if tapped and tapped.action in OWN_ACTIONS:
        return _pressed(at, tapped.action, tapped.argument)
    return Step(_results(at, clean_line(text)))


def sought_in(words: str, context: Context) -> Sought:
    """Returns whom somebody looks for with these words."""
    query = read_expert_query(words, context.person.language, context.today, context.registers)
    rest = query.rest
    return Sought(rest.themes, rest.groups, rest.places, query.languages, query.uses, rest.words, hinted=rest.hinted)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page of those who fit, and by which search they were found."""

    shown: Sequence[Expert]
    number: int
    count: int
    by: Sought


def _page(held: Mapping[str, Any], context: Context) -> _Page:
    wanted = sought_in(str(held["words"]), context)
    for by in (wanted, *_looser(wanted, context)):
        if found := context.find.experts.found(by):
            number = max(0, min(int(held["page"]), -(-len(found) // SHOWN) - 1))
            return _Page(found[number * SHOWN : (number + 1) * SHOWN], number, len(found), by)
    return _Page((), 0, 0, wanted)


def _looser(wanted: Sought, context: Context) -> Iterator[Sought]:
    """Yields searches for less and less of it, as long as something is still asked for."""
    steps = (
        {"words": ()},
        {"places": tuple(dict.fromkeys(_around(each, context) for each in wanted.places))},
        {"places": tuple(dict.fromkeys(each[:2] for each in wanted.places))},
        {"places": ()},
        {"uses": ()},
        {"groups": ()},
        {"languages": ()},
    )
    sought = wanted
    for step in steps:
        looser = replace(sought, **step)
        if looser != sought and not looser.everybody:
            yield looser
            sought = looser


def _around(place: str, context: Context) -> str:
    """The region of a municipality; a region or a country itself."""
    region = context.registers.region_of(place) if "-" in place.partition(":")[0] else ""
    return f"{place[:2]}:{region}" if region else place


def shown(at: InFlow, context: Context) -> Screen:
    """Returns a page of contact persons."""
    words, page = str(at.held["words"]), _page(at.held, context)
    wanted = sought_in(words, context)
    own_way = MINE if context.find.experts.own() else OFFER
    back = ((Button(_("Continue where I was"), "resume"),),) if at.held.get("back") else ()
    title = heading(_("Contact persons: {words}", words=words) if words else _("Contact persons"))
    if not page.shown:
        return Screen((title, *_nobody(wanted), *_counts(context)), (*_everybody(wanted), (own_way,), *back))
    numbered = list(enumerate(page.shown, 1))
    pages = -(-page.count // SHOWN)
    tip = _("Tap one to read more, or type a theme, a place or a language.")
    lines = (
        title,
        *(_understood(wanted, context) if words else ()),
        *_loosened(wanted, page.by, context),
        note(counted("One person agreed to be asked.", "{n} people agreed to be asked.", page.count)),
        *chain.from_iterable(_entry(number, each) for number, each in numbered),
        Line(
            _("Page {page} of {pages}. {tip}", page=page.number + 1, pages=pages, tip=tip) if pages > 1 else tip,
            Style.HELP,
        ),
        *_counts(context),
    )
    people = tuple(
        Button(_("{n}. {title}", n=n, title=Shortened(each.name, NAME_ROOM)), "expert", each.id) for n, each in numbered
    )
    turn = (
        *((Button(_("‹ Back"), "page", str(page.number - 1)),) if page.number else ()),
        *((Button(_("More ›"), "page", str(page.number + 1)),) if page.number + 1 < pages else ()),
    )
    rows = (*stacked(people), *((turn,) if turn else ()), *_everybody(wanted), (own_way,), *back)
    return Screen(lines, rows)


def _entry(number: int, expert: Expert) -> tuple[Line, ...]:
    about = _("Can be asked to: {uses}", uses=labels(vocabulary.EXPERT_USES, expert.uses))
    return (Line(in_list(number, expert)), Line(about, Style.HELP))


def _everybody(wanted: Sought) -> tuple[tuple[Button, ...], ...]:
    return () if wanted.everybody else ((replace(ALL, action="everybody"),),)


def _nobody(wanted: Sought) -> tuple[Line, ...]:
    if wanted.everybody:
        return (Line(_("Nobody has agreed to be asked yet.")),)
    return (Line(_("Nobody who agreed fits that. Try other or fewer words.")),)


def _counts(context: Context) -> tuple[Line, ...]:
    """Returns the numbers that coordinators see: never who has not agreed."""
    if not can(context.person, "see figures"):
        return ()
    counts = context.find.experts.counts()
    return (Line(_("Agreed: {n}. Asked, no answer yet: {m}.", n=counts.found, m=counts.asked), Style.HELP),)


def _understood(wanted: Sought, context: Context) -> tuple[Line, ...]:
    """Returns what was understood of the words."""
    return tuple(Line(words, Style.HELP) for words in _parts(wanted, context).values())


def _loosened(wanted: Sought, by: Sought, context: Context) -> tuple[Line, ...]:
    """Returns what was left out, because nobody fits all of it."""
    if wanted == by:
        return ()
    parts, kept = _parts(wanted, context), _parts(by, context)
    left = tuple(words for part, words in parts.items() if part not in kept)
    if wanted.places and by.places and wanted.places != by.places:
        larger: Place = Listed(tuple(_place(each, context) for each in by.places))
        near = Line(_("Nobody there fits; these are from {larger}.", larger=larger), Style.HELP)
        return (*(_left_out(left)), near)
    return _left_out(left)


def _left_out(left: Sequence[Words]) -> tuple[Line, ...]:
    return (Line(_("Nobody fits all of it. Left out: {what}", what=Listed(tuple(left))), Style.HELP),) if left else ()


def _parts(sought: Sought, context: Context) -> dict[str, Words]:
    told: dict[str, tuple[bool, Words]] = {
        "themes": (bool(sought.themes), _("Themes: {themes}", themes=labels(vocabulary.THEMES, sought.themes))),
        "groups": (
            bool(sought.groups),
            _("Who it is for: {groups}", groups=labels(vocabulary.TARGET_GROUPS, sought.groups)),
        ),
        "uses": (bool(sought.uses), _("Can be asked to: {uses}", uses=labels(vocabulary.EXPERT_USES, sought.uses))),
        "languages": (
            bool(sought.languages),
            _("Speaks: {languages}", languages=labels(vocabulary.SPOKEN, sought.languages)),
        ),
        "places": (
            bool(sought.places),
            _("Where: {places}", places=Listed(tuple(_place(each, context) for each in sought.places))),
        ),
        "words": (bool(sought.words), own(" ".join(sought.words))),
    }
    return {part: words for part, (there, words) in told.items() if there}


def _place(key: str, context: Context) -> Place:
    """The name of a country, a region or a municipality."""
    if key in COUNTRY_NAMES:
        return COUNTRY_NAMES[key]
    _country, colon, region = key.partition(":")
    return region if colon else context.registers.municipality_name(key)


def _results(at: Position | None, words: str = "", page: int = 0) -> InFlow:
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "experts" else pack(at)
    return InFlow("experts", "results", {"words": words, "page": page, "this": None, "back": back})
