"""The calendar file of an event."""

import json

from conversations.language.screen import Enclosed
from conversations.language.words import _
from conversations.model.events.event import LibraryEvent


def calendar_file(event: LibraryEvent, language: str, link: str) -> Enclosed:
    """Returns the event for a calendar, in `language`; it is made from the event as it is when the file is sent."""
    alt = (
        _("Open this file to take the event out of your calendar.")
        if event.status == "cancelled"
        else _("For your calendar: open the file and save the event.")
    )
    data = json.dumps({"event": event.id, "in": language, "link": link})
    return Enclosed("ics", f"meldind-{event.id}.ics", alt, data)
