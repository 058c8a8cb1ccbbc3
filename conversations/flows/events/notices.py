"""Messages about events that come by themselves: an invitation, a place, a change, the day before, and afterwards."""

from collections.abc import Mapping, Sequence

from conversations.flows.calls.reminders import NEVER
from conversations.flows.events.calendar import calendar_file
from conversations.flows.events.words import about, kind_words, line_of, themes_words
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import Listed, Place, Words, _, labelled
from conversations.model.events.event import LibraryEvent

CHANGE_WORDS: Mapping[str, Words] = {
    "titles": labelled("changed", "title"),
    "when": labelled("changed", "time"),
    "place": labelled("changed", "place"),
    "link": labelled("changed", "link"),
}


def invitation(event: LibraryEvent) -> Screen:
    """Returns the message to a person who offered to take part in events of this kind."""
    lines = (
        heading(_("You offered to take part: {kind}", kind=kind_words(event))),
        Line(event.title, Style.QUESTION),
        *about(event),
        *((Line(_("Themes: {themes}", themes=themes_words(event))),) if event.themes else ()),
        Line(_("You are told once. No obligation."), Style.HELP),
    )
    rows = (
        (Button(_("Sign up"), "event_in", event.id), Button(_("Read more"), "event", event.id)),
        (NEVER,),
    )
    return Screen(lines, rows, revision=0)


def place(event: LibraryEvent, language: str, link: str) -> Screen:
    """Returns the message to a person who got a place from the waiting list."""
    lines = (heading(_("A place is free, and it is yours.")), Line(line_of(event)))
    rows = ((Button(_("I cannot come"), "event_out", event.id), Button(_("Read more"), "event", event.id)),)
    return Screen(lines, rows, revision=0, enclosed=calendar_file(event, language, link))


def change(event: LibraryEvent, what: Sequence[str], language: str, link: str) -> Screen:
    """Returns the message to a person who signed up before the event changed."""
    named: tuple[Place, ...] = tuple(CHANGE_WORDS[each] for each in what)
    lines = (
        heading(_("An event that you signed up for has changed: {what}", what=Listed(named))),
        Line(event.title, Style.QUESTION),
        *about(event),
        Line(_("The file replaces the entry in your calendar."), Style.HELP),
    )
    rows = ((Button(_("I cannot come"), "event_out", event.id), Button(_("Read more"), "event", event.id)),)
    return Screen(lines, rows, revision=0, enclosed=calendar_file(event, language, link))


def cancellation(event: LibraryEvent, language: str, link: str) -> Screen:
    """Returns the message to a person who signed up for an event that is cancelled."""
    lines = (
        heading(_("An event that you signed up for has been cancelled.")),
        Line(line_of(event)),
        Line(_("The file takes the entry out of your calendar."), Style.HELP),
    )
    rows = ((Button(_("Coming events"), "events", "0"),),)
    return Screen(lines, rows, revision=0, enclosed=calendar_file(event, language, link))


def day_before(event: LibraryEvent) -> Screen:
    """Returns the reminder of the day before."""
    more = (Button(_("More about it"), "event_web", link=event.link),) if event.link else ()
    out = (Button(_("I cannot come"), "event_out", event.id), Button(_("Read more"), "event", event.id))
    lines = (heading(_("Tomorrow: {title}", title=event.title)), *about(event))
    return Screen(lines, tuple(row for row in (more, out) if row), revision=0)


def afterwards(event: LibraryEvent) -> Screen:
    """Returns the question to the organiser when the event is over."""
    lines = (
        heading(_("What came of it?")),
        Line(line_of(event)),
        Line(_("A sentence or two are enough. They stand with the event, and in the digest."), Style.HELP),
    )
    return Screen(lines, ((Button(_("Tell what came of it"), "event_told", event.id),), (NEVER,)), revision=0)
