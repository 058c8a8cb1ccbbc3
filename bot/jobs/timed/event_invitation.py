"""An event is announced: those who offered to take part in events of its kind, in its country, on its themes."""

from collections.abc import Iterator, Sequence

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.events import notices
from conversations.language.screen import Screen
from conversations.model.events.event import LibraryEvent
from conversations.model.reminders import EventInvited, Window
from storage.calls.reminders import DueReminder


class EventInvitation(Reminder):
    """Tells them once; also people who offer it later, as long as the event is to come."""

    kinds = EventInvited
    moment = Moment.QUARTER

    def parts(self, look: Look, /) -> Sequence[Part]:
        """Returns the events for which people can sign up; one that was just published or changed is new."""
        return [Part(EventInvited.NEW, event) for event in look.work.events.coming(look.now) if event.takes(look.now)]

    def who(self, look: Look, part: Part) -> Found:
        """Returns those who offered it, and were not told yet."""
        event = part.about
        if not isinstance(event, LibraryEvent):
            raise TypeError(event)
        return Found(_due(look, event))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the invitation, unless nobody can sign up any more, or the person already has."""
        event = look.work.events.one(row.subject)
        if event is None or not event.takes(look.now):
            return None
        seats = look.work.sign_ups.of(event.id, row.person)
        return notices.invitation(event) if seats is None or seats.state == "withdrawn" else None


def _due(look: Look, event: LibraryEvent) -> Iterator[Due]:
    if event.when is None:
        return
    window = Window(look.now, event.when.starts_at(event.zone))
    for each in look.work.event_reach.willing(event):
        yield Due(f"{EventInvited.NEW}:{event.id}:{each.person}", EventInvited.NEW, each.person, event.id, window)
