"""/events: what comes, for everybody; each event's card, its link, and the way to post one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from conversations.context.context import Context
from conversations.context.links import EVENT, link
from conversations.context.session import InFlow, Position
from conversations.flows.events import signing_up, visiting
from conversations.flows.events.calendar import calendar_file
from conversations.flows.events.wanted import fits
from conversations.flows.events.words import GONE, card, line_of, may_edit, may_post, short_title
from conversations.flows.reports import idle
from conversations.flows.shared.step import Step, being_written
from conversations.flows.shared.typed import meant
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, labelled
from conversations.model.events.event import LibraryEvent
from conversations.model.events.seats import Seats
from conversations.reading.text import clean_line

SHOWN = 6
"""Events on one page."""

LONGEST = 120
"""Most characters of what somebody looks for."""


def command(at: Position | None, words: str, context: Context) -> Step:
    """Shows the coming events; with words, those that fit."""
    return _to(at, _list(clean_line(words)[:LONGEST]), context)


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows a page of the coming events."""
    page = int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0
    return _to(at, _list("", page), context)


def opened(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one event."""
    found = context.find.events.one(event.argument)
    if found is None:
        return Step(at, (note(GONE),))
    return _to(at, InFlow("events", "one", {"this": found.id}), context)


def _to(at: Position | None, there: InFlow, context: Context) -> Step:
    """Goes `there`; a person who is writing something is only shown it, and goes on writing."""
    return Step(at, screen=shown(there, context)) if being_written(at) else Step(there)


def shared(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the link to an event, with a picture of it."""
    found = context.find.events.one(event.argument)
    if found is None:
        return Step(at, (note(GONE),))
    there = link(EVENT + found.id, context)
    lines = (Line(found.title, Style.QUESTION), Line(there))
    picture = Enclosed("qr", f"{found.id}.png", _("QR code for the link, to scan with a phone."), there)
    back = ((Button(_("‹ Back"), "event", found.id),),)
    return Step(at, screen=Screen(lines, back, enclosed=picture if context.bot else None))


def calendar(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends the event for the person's calendar."""
    found = context.find.events.one(event.argument)
    if found is None:
        return Step(at, (note(GONE),))
    file = calendar_file(found, context.person.language, link(EVENT + found.id, context))
    return Step(at, screen=Screen((note(_("Open the file to put it into your calendar.")),), enclosed=file))


def _list(words: str, page: int = 0) -> InFlow:
    return InFlow("events", "list", {"this": None, "words": words, "page": page})


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who reads about events."""
    match event:
        case Pressed("more", page) if at.view == "list" and page.isdecimal() and len(page) < 5:
            return Step(replace(at, held={**at.held, "page": int(page)}))
        case Wrote(text, forwarded=False) if len(text) <= LONGEST:
            return _wrote(at, text, context)
        case _:
            return idle.take(event, context)


def _wrote(at: InFlow, text: str, context: Context) -> Step:
    """Does what a button says that was written; any other text is looked for among the events."""
    button = meant(text, shown(at, context), context)
    if button and button.action in TYPED:
        return TYPED[button.action](at, Pressed(button.action, button.argument), context)
    if button:
        return take(at, Pressed(button.action, button.argument), context)
    if at.view == "list" and (found := _named(text, _found(at, context))):
        return Step(InFlow("events", "one", {"this": found.id}))
    return Step(_list(clean_line(text)))


def _named(text: str, found: Sequence[LibraryEvent]) -> LibraryEvent | None:
    """Returns the event whose whole title was written."""
    typed = clean_line(text).casefold()
    return next((each for each in found if typed in (title.casefold() for title in each.titles.values())), None)


TYPED = {
    "event": opened,
    "events": listed,
    "event_share": shared,
    "event_ics": calendar,
    "event_in": signing_up.signed_up,
    "event_out": signing_up.withdrawn,
    "event_out_yes": signing_up.withdrawn_surely,
    "event_name": signing_up.named,
    "visits": visiting.opened,
}
"""What the buttons do that may also be written here; the others lead to flows of their own."""


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the list, or the card of an event."""
    if at.view == "one":
        found = context.find.events.one(str(at.held["this"]))
        return _card(found, context) if found else Screen((note(GONE),), ((ALL,),))
    return _page(at, context)


EVERY = Button(_("Show all events"), "events", "0")
ALL = Button(_("‹ All events"), "events", "0")


def _found(at: InFlow, context: Context) -> list[LibraryEvent]:
    words = str(at.held.get("words") or "")
    return [each for each in context.find.events.coming() if not words or fits(each, words, context)]


def _page(at: InFlow, context: Context) -> Screen:
    words, found = str(at.held.get("words") or ""), _found(at, context)
    ways = (*_own_rows(context), (Button(_("Study visits"), "visits"),))
    if not found and words:
        nothing = _("Nothing that is coming fits: {words}", words=words)
        return Screen((note(nothing),), ((EVERY,), *ways))
    if not found:
        return Screen((heading(_("No events are announced at the moment.")),), ways)
    pages = -(-len(found) // SHOWN)
    page = int(at.held["page"]) % pages
    going = context.find.events.going()
    some = found[page * SHOWN : (page + 1) * SHOWN]
    lines = [heading(_("Coming events: {words}", words=words) if words else _("Coming events"))]
    lines += [Line(_going(each) if each.id in going else line_of(each)) for each in some]
    tip = Line(_("Type a theme, a place or a month to see only those."), Style.HELP)
    rows = [(Button(short_title(each, 38), "event", each.id),) for each in some]
    turn = "more" if words else "events"  # without words, the page is the same from any screen
    more = ((Button(_("More ›"), turn, str((page + 1) % pages)),),) if pages > 1 else ()
    all_ = ((EVERY,),) if words else ()
    return Screen((*lines, tip), (*rows, *more, *all_, *ways))


def _going(event: LibraryEvent) -> Words:
    # Translators: an event in a list, for which the reader has signed up.
    return _("✓ {event}", event=line_of(event))


def _own_rows(context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns the ways of an organiser: to post an event, and to those they have posted."""
    if not may_post(context):
        return ()
    new = Button(_("Post an event"), "event_new")
    return ((new, Button(_("My events"), "events_own")),) if context.find.events.posted() else ((new,),)


def _card(found: LibraryEvent, context: Context) -> Screen:
    seats = context.find.events.seats(found.id)
    lines = card(found, seats, context)
    return Screen(lines, tuple(row for row in chain(_ways(found, seats, context), ((ALL,),)) if row))


def _ways(found: LibraryEvent, seats: Seats, context: Context) -> Sequence[tuple[Button, ...]]:
    more = (Button(_("More about it"), "event_web", link=found.link),) if found.link else ()
    edits = may_edit(found, context)
    organiser = (Button(_("Edit this event"), "event_edit", found.id),) if edits else ()
    if found.status == "cancelled" or found.is_over(context.now):
        return (more, organiser)
    hand_on = (
        Button(labelled("event", "Calendar file"), "event_ics", found.id),
        Button(labelled("event", "Share it"), "event_share", found.id),
    )
    return (signing_up.buttons(found, seats, context), more, hand_on, organiser)
