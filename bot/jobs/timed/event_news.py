"""Something changed for people who signed up for an event: they got a place, it is another day, it is cancelled."""

from collections.abc import Iterator

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.context.links import EVENT, start_link
from conversations.flows.events import notices
from conversations.language.screen import Screen
from conversations.model.events.event import LibraryEvent, changed_since
from conversations.model.reminders import EventNews, Window
from storage.calls.reminders import Candidate, DueReminder


class NewsOfEvents(Reminder):
    """Tells each of it once. Also people who want no reminders: they would come to the wrong place."""

    kinds = EventNews
    moment = Moment.MINUTE
    told_to_all = True
    urgent = True

    def who(self, look: Look, part: Part) -> Found:
        """Returns those who signed up and were not told yet."""
        reach, now = look.work.event_reach, look.now
        match part.kind:
            case EventNews.PLACE:
                found = [(each, f":{number}") for each, number in reach.promoted(now)]
            case EventNews.CHANGED:
                found = [(each, f":{sequence}") for each, sequence in reach.to_tell_changes(now)]
            case _:
                found = [(each, "") for each in reach.to_tell_cancelled(now)]
        return Found(self._due(look, part.kind, found))

    def _due(self, look: Look, kind: str, found: list[tuple[Candidate, str]]) -> Iterator[Due]:
        for each, version in found:
            event = look.work.events.one(each.subject)
            if event and event.when:
                subject = f"{event.id}{version}"
                until = (
                    event.when.ends_at(event.zone) if event.has_begun(look.now) else event.when.starts_at(event.zone)
                )
                yield Due(f"{kind}:{subject}:{each.person}", kind, each.person, subject, Window(look.now, until))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns what happened, unless it is no longer so."""
        this, _colon, number = row.subject.partition(":")
        event, own = look.work.events.one(this), look.work.sign_ups.of(this, row.person)
        if event is None or own is None or own.state == "withdrawn":
            return None
        link = start_link(EVENT + event.id, look.bot_name)
        match row.kind:
            case EventNews.PLACE:
                has_place = own.state == "coming" and own.promoted and str(own.number) == number
                return notices.place(event, row.language, link) if has_place and event.takes(look.now) else None
            case EventNews.CHANGED:
                return self._changed(look, event, row, int(number or 0), link)
            case _:
                return notices.cancellation(event, row.language, link) if event.status == "cancelled" else None

    def _changed(self, look: Look, event: LibraryEvent, row: DueReminder, sequence: int, link: str) -> Screen | None:
        """Returns the changes that the person does not know; None if a later one tells of them, or it is cancelled."""
        if event.status != "published" or event.sequence != sequence:
            return None
        known = look.work.event_reach.told_sequence(event.id, row.person, sequence)
        what = changed_since(event, known)
        return notices.change(event, what, row.language, link) if what else None
