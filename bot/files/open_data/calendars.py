"""Calendars to subscribe to (RFC 5545): the deadlines of open calls, and the events that are coming."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from icalendar import Calendar

from bot.files.calendars import PRODUCT, add_deadline, add_event, content_of
from bot.language.catalogues import Catalogue
from conversations.language.words import Words, _
from conversations.model.calls import WholeCall
from conversations.model.events.event import LibraryEvent

ASKED_AGAIN = timedelta(hours=1)
"""How often a calendar program should look for changes."""

CALLS = _("Deadlines of calls to libraries")
EVENTS = _("Events for libraries")


def calls_calendar(calls: Iterable[WholeCall], catalogue: Catalogue, link: Callable[[WholeCall], str]) -> bytes:
    """Returns the last days of those of the calls that have one; `link` returns where a call can be read."""
    file = _empty(CALLS, catalogue)
    for call in calls:
        if call.last_day is not None:
            add_deadline(file, call, catalogue, link(call))
    return content_of(file)


def events_calendar(events: Iterable[LibraryEvent], catalogue: Catalogue, link: Callable[[LibraryEvent], str]) -> bytes:
    """Returns these events, which have days; `link` returns where one can sign up or read of it."""
    file = _empty(EVENTS, catalogue)
    for event in events:
        add_event(file, event, catalogue, link(event))
    return content_of(file)


def _empty(name: Words, catalogue: Catalogue) -> Calendar:
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", PRODUCT)
    file.add("method", "PUBLISH")
    file.add("name", catalogue.say(name))  # RFC 7986; older programs read the other
    file.add("x-wr-calname", catalogue.say(name))
    file.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    return file
