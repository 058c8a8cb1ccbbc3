"""Storing a field of an event, and what follows it."""

from conversations.context.session import InFlow
from conversations.flows.shared.step import Step
from conversations.language.screen import note
from conversations.language.words import _
from conversations.model.events.event import LibraryEvent
from conversations.model.outcomes import EventChanged


def sheet_of(event: str) -> InFlow:
    """Returns the position at the sheet of that event."""
    return InFlow("posting", "sheet", {"this": event, "event": event})


def at_field(event: str, key: str, follows: str = "sheet") -> InFlow:
    """Returns the position at a field of that event; `follows` is the view after it."""
    return InFlow("posting", key, {"this": f"{event} {key}", "event": event, "key": key, "follows": follows})


def saved(at: InFlow, event: LibraryEvent, what: str, value: object) -> Step:
    """Returns the step that stores a field and goes on to what follows."""
    follows = str(at.held.get("follows", "sheet"))
    there = sheet_of(event.id) if follows == "sheet" else at_field(event.id, follows)
    return Step(there, (note(_("Saved.")),), (EventChanged(event.id, what, value),))
