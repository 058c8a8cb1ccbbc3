"""Signing up for an event, with a waiting list, and giving the place back. All by one tap each."""

from conversations.context.context import Context
from conversations.context.links import EVENT, link
from conversations.context.session import InFlow, Position, pack, unpack
from conversations.flows.events.calendar import calendar_file
from conversations.flows.events.words import GONE, STATE_WORDS, line_of
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _
from conversations.model.events.event import LibraryEvent
from conversations.model.events.seats import Seats, SignUpState, place_for
from conversations.model.outcomes import SignedUp, SignUpNamed, SignUpWithdrawn
from conversations.reading.text import clean_line

CANCELLED = _("This event has been cancelled, so nobody can sign up any more.")
BEGUN = _("This event has begun, so nobody can sign up any more.")
NOT_SIGNED_UP = _("You are not signed up for this event, so there is nothing to withdraw.")

SHORTEST, LONGEST = 2, 120
"""Characters of a name with a library."""


def buttons(event: LibraryEvent, seats: Seats, context: Context) -> tuple[Button, ...]:
    """Returns the button that signs the person up, or gives their place back."""
    if not event.takes(context.now):
        return ()
    match seats.state:
        case "coming":
            return (Button(_("I cannot come"), "event_out", event.id),)
        case "waiting":
            return (Button(_("Leave the waiting list"), "event_out", event.id),)
        case "withdrawn" if place_for(event.places, seats) == "waiting":
            return (Button(_("Join the waiting list"), "event_in", event.id),)
        case "withdrawn":
            return (Button(_("Sign up"), "event_in", event.id),)


def signed_up(at: Position | None, event: Pressed, context: Context) -> Step:
    """Signs the person up: for a place, or for the waiting list if there is none left."""
    found = context.find.events.one(event.argument)
    if why := _closed(found, context):
        return Step(at, screen=_only(why, found))
    assert found is not None  # noqa: S101 - a missing event is closed
    seats = context.find.events.seats(found.id)
    if seats.state != "withdrawn":
        return Step(at, screen=_standing(found, seats.state, context))
    state = place_for(found.places, seats)
    return Step(at, outcomes=(SignedUp(found.id, state),), screen=_standing(found, state, context, new=True))


def withdrawn(at: Position | None, event: Pressed, context: Context) -> Step:
    """Gives the person's place back; asks first if others wait, because it is then gone for good."""
    found = context.find.events.one(event.argument)
    seats = context.find.events.seats(event.argument)
    if found and seats.state == "coming" and seats.waiting and found.takes(context.now):
        sure = heading(_("Give your place to the next on the waiting list?"))
        yes = Button(_("Yes, I cannot come"), "event_out_yes", found.id)
        keep = Button(_("No, keep my place"), "event", found.id)
        return Step(at, screen=Screen((sure, Line(line_of(found))), ((yes,), (keep,)), revision=0))
    return withdrawn_surely(at, event, context)


def withdrawn_surely(at: Position | None, event: Pressed, context: Context) -> Step:
    """Gives the person's place back."""
    found = context.find.events.one(event.argument)
    if found is None:
        return Step(at, screen=_only(GONE, None))
    if context.find.events.seats(found.id).state == "withdrawn":
        return Step(at, screen=_only(NOT_SIGNED_UP, found))
    lines = (
        note(_("You are no longer signed up. Thank you for saying so.")),
        Line(line_of(found)),
    )
    again = ((Button(_("Sign up again"), "event_in", found.id),),) if found.takes(context.now) else ()
    return Step(at, outcomes=(SignUpWithdrawn(found.id),), screen=Screen(lines, again, revision=0))


def named(at: Position | None, event: Pressed, context: Context) -> Step:
    """Asks for the name that the organiser reads."""
    if context.find.events.seats(event.argument).state == "withdrawn":
        return Step(at, screen=_only(NOT_SIGNED_UP, context.find.events.one(event.argument)))
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "signing_up" else pack(at)
    return Step(InFlow("signing_up", "name", {"this": event.argument, "back": back}))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Takes the name."""
    this, back = str(at.held["this"]), unpack(at.held["back"])
    match event:
        case Pressed("go_back"):
            return Step(back)
        case Wrote(text) if SHORTEST <= len(name := clean_line(text)) <= LONGEST:
            found, state = context.find.events.one(this), context.find.events.seats(this).state
            if found is None or state == "withdrawn":
                return Step(back, screen=_only(NOT_SIGNED_UP, found))
            saved = Screen((note(_("The organiser will read: {name}", name=name)), Line(line_of(found))), revision=0)
            return Step(back, outcomes=(SignUpNamed(this, name),), screen=saved)
        case _:
            return Step(at, (note(_("Type your name and your library.")),))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks for the name."""
    found = context.find.events.one(str(at.held["this"]))
    lines = (
        heading(_("What is your name, and which library are you from?")),
        *((Line(line_of(found)),) if found else ()),
        Line(_("Only the organiser of the event reads it. It is deleted 90 days after the event."), Style.HELP),
    )
    return Screen(lines, ((Button(_("‹ Cancel"), "go_back"),),))


def _closed(found: LibraryEvent | None, context: Context) -> Words | None:
    """Returns why nobody can sign up, or None if people can."""
    if found is None:
        return GONE
    if found.status == "cancelled":
        return CANCELLED
    return BEGUN if found.has_begun(context.now) else None


def _only(why: Words, found: LibraryEvent | None) -> Screen:
    others = Button(_("Coming events"), "events", "0")
    return Screen((note(why), *((Line(line_of(found)),) if found else ())), ((others,),), revision=0)


def _standing(found: LibraryEvent, state: SignUpState, context: Context, *, new: bool = False) -> Screen:
    """Returns what the person has; with the calendar file, if the place is `new`."""
    library = context.person.library
    reads = (
        _("The organiser sees your library: {library}", library=str(library["name"]))
        if library
        else _("The organiser does not know yet who you are: add your name and library.")
    )
    lines = (note(STATE_WORDS[state]), Line(line_of(found)), Line(reads, Style.HELP))
    out = Button(_("I cannot come") if state == "coming" else _("Leave the waiting list"), "event_out", found.id)
    rows = ((Button(_("Add my name"), "event_name", found.id),), (out,))
    there = link(EVENT + found.id, context)
    file = calendar_file(found, context.person.language, there) if new and state == "coming" else None
    return Screen(lines, rows, revision=0, enclosed=file)
