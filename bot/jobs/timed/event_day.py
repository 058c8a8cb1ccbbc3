"""An event is tomorrow, for those who come; and it is over, for its organiser."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.events import notices
from conversations.language.screen import Screen
from conversations.model.events.event import A_DAY, LibraryEvent
from conversations.model.reminders import EventDay, EventOver, Window, morning
from storage.calls.reminders import DueReminder

SOON = timedelta(days=3)
"""How long before an event the people who come are looked for; wherever they live, they are not told so early."""

ASKED_FOR = timedelta(days=30)
"""How long after an event its organiser may still be asked what came of it."""


class EventReminder(Reminder):
    """Reminds those who have a place, on the day before, in the morning of where they are."""

    kinds = EventDay
    moment = Moment.QUARTER

    def parts(self, look: Look, /) -> Sequence[Part]:
        """Returns the events that begin soon."""
        return [
            Part(EventDay.BEFORE, event)
            for event in look.work.events.coming(look.now)
            if event.when and event.takes(look.now) and event.when.starts_at(event.zone) < look.now + SOON
        ]

    def who(self, look: Look, part: Part) -> Found:
        """Returns those who had a place before the reminder was due; who signs up later knows the day."""
        event = part.about
        if not isinstance(event, LibraryEvent):
            raise TypeError(event)
        return Found(_due(look, event))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the reminder, unless the event is cancelled or on another day, or the person does not come."""
        this, _colon, day = row.subject.partition(":")
        event, own = look.work.events.one(this), look.work.sign_ups.of(this, row.person)
        stands = event and event.takes(look.now) and event.when and str(event.when.first) == day
        return notices.day_before(event) if event and stands and own and own.state == "coming" else None


def _due(look: Look, event: LibraryEvent) -> Iterator[Due]:
    if event.when is None:
        return
    subject = f"{event.id}:{event.when.first}"
    for each in look.work.event_reach.who_comes(event.id):
        due = morning(event.when.first - A_DAY, look.zone_of(each.timezone))
        window = Window(due, event.when.starts_at(event.zone))
        if window.holds(look.now) and each.since < due:
            yield Due(f"{EventDay.BEFORE}:{subject}:{each.person}", EventDay.BEFORE, each.person, subject, window)


class EventAfter(Reminder):
    """Asks the organiser once, on the morning after the last day, what came of it."""

    kinds = EventOver
    moment = Moment.QUARTER

    def who(self, look: Look, part: Part) -> Found:
        """Returns the organisers of events that ended and of which nothing was told yet."""
        ended = look.work.events.ended_between(look.now - ASKED_FOR, look.now)
        return Found(
            Due(
                f"{part.kind}:{event.id}",
                part.kind,
                event.organiser,
                event.id,
                Window(morning(event.when.last + A_DAY, look.zone_of(zone)), look.now + ASKED_FOR),
            )
            for event in ended
            if event.when
            and not event.came_of
            and (zone := look.work.event_reach.timezone_of(event.organiser)) is not None
        )

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the question, unless it was answered meanwhile."""
        event = look.work.events.one(row.subject)
        if event is None or event.status != "published" or event.came_of or not event.is_over(look.now):
            return None
        return notices.afterwards(event)
