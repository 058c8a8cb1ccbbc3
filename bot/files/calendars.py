"""Events and deadlines as calendar files (RFC 5545), which calendars put in, change and take out by their ids."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vUri

from bot.language.catalogues import Catalogue
from conversations.flows.events.words import place_words
from conversations.language.words import _
from conversations.model.calls import WholeCall
from conversations.model.events.event import A_DAY, LibraryEvent, When

PRODUCT = "-//Meldind//Meldind//EN"
A_YEAR = timedelta(days=366)
FIRST_SEQUENCE = datetime(2020, 1, 1, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)

REMINDERS = (timedelta(days=-7, hours=9), timedelta(days=-1, hours=9))
"""When a calendar reminds of a last day: at nine in the morning, a week and a day before."""


def calendar(event: LibraryEvent, catalogue: Catalogue, link: str) -> bytes:
    """Returns the event in the reader's language; `link` opens it in the bot.

    Its UID never changes, and its SEQUENCE grows with each change; a cancelled event is taken out (METHOD CANCEL).
    Whole days have no time zone. Raises ValueError for an event without days.
    """
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", PRODUCT)
    file.add("method", "CANCEL" if event.status == "cancelled" else "PUBLISH")
    add_event(file, event, catalogue, link)
    return content_of(file)


def add_event(file: Calendar, event: LibraryEvent, catalogue: Catalogue, link: str) -> None:
    """Add an event to a calendar. Raises ValueError for an event without days."""
    if event.when is None:
        raise ValueError("an event without days has no calendar file")
    entry = Event()
    entry.add("uid", f"{event.id}@meldind")
    entry.add("sequence", event.sequence)
    changed_at = (event.changed_at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    start, end = _span(event.when, event)
    entry.add("dtstart", start)
    if end is not None:
        entry.add("dtend", end)
    entry.add("summary", catalogue.say(event.title))
    entry.add("location", catalogue.say(place_words(event.place, event.online)))
    about = [text for text in (catalogue.say(event.text) if event.texts else "", event.link, _web(link)) if text]
    if about:
        entry.add("description", "\n\n".join(about))
    if event.link or _web(link):
        entry.add("url", vUri(event.link or link))
    organiser = vCalAddress(_web(link) or "https://t.me")  # RFC 5546 asks for one; a chat has no address for mail
    if event.host:
        organiser.params["CN"] = event.host
    entry.add("organizer", organiser)
    entry.add("status", "CANCELLED" if event.status == "cancelled" else "CONFIRMED")
    entry.add("transp", "OPAQUE")
    file.add_component(entry)


def deadline_calendar(call: WholeCall, catalogue: Catalogue, link: str, zone: tzinfo) -> bytes:
    """Returns the last day of a call, as it is in the reader's time zone, with reminders; `link` opens it in the bot.

    A call that is no longer open is taken out (METHOD CANCEL). Raises ValueError for a call without a deadline.
    """
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", PRODUCT)
    file.add("method", "PUBLISH" if call.status == "open" else "CANCEL")
    entry = add_deadline(file, call, catalogue, link, zone)
    entry.add("organizer", vCalAddress(_web(link) or "https://t.me"), parameters={"CN": call.organisers or "Meldind"})
    for before in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", str(entry["summary"]))
        alarm.add("trigger", before)
        entry.add_component(alarm)
    return content_of(file)


def add_deadline(file: Calendar, call: WholeCall, catalogue: Catalogue, link: str, zone: tzinfo | None = None) -> Event:
    """Add the last day of a call, in `zone` or its own time zone. Raises ValueError for a call without a deadline."""
    if call.deadline_at is None:
        raise ValueError("a call without a deadline has no entry in a calendar")
    last_day = (call.deadline_at - timedelta(seconds=1)).astimezone(zone or call.zone).date()
    changed_at = (call.since or FIRST_SEQUENCE).astimezone(UTC).replace(microsecond=0)
    entry = Event()
    entry.add("uid", f"call-{call.slug}@meldind")
    entry.add("sequence", max((changed_at - FIRST_SEQUENCE) // A_MINUTE, 0))
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    entry.add("dtstart", last_day)
    entry.add("dtend", last_day + A_DAY)
    entry.add("summary", catalogue.say(_("Deadline: {title}", title=call.title)))
    about = call.introductions.get(catalogue.language) or call.introductions.get(call.language) or ""
    entry.add("description", "\n\n".join(part for part in (about, link) if part))
    if _web(link):
        entry.add("url", vUri(link))
    entry.add("status", "CONFIRMED" if call.status == "open" else "CANCELLED")
    entry.add("transp", "TRANSPARENT")
    file.add_component(entry)
    return entry


def content_of(file: Calendar) -> bytes:
    """Returns the calendar as a file, with the time zones of its hours."""
    starts = [at for entry in file.events if isinstance(at := entry.start, datetime)]
    if starts:
        first, last = min(starts) - A_YEAR, max(starts) + A_YEAR
        file.add_missing_timezones(first_date=first.date(), last_date=last.date())
    return bytes(file.to_ical())


def _span(when: When, event: LibraryEvent) -> tuple[date, date | None]:
    """Returns the start and the end: days alone where there are no hours; the end of days is the day after."""
    if when.begins is None:
        return when.first, when.last + A_DAY
    start = datetime.combine(when.first, when.begins, event.zone)
    if when.ends is None:
        return start, None if when.first == when.last else datetime.combine(when.last + A_DAY, when.begins, event.zone)
    return start, datetime.combine(when.last, when.ends, event.zone)


def _web(link: str) -> str:
    """Returns the link if it is one; without the bot's name it is a command."""
    return link if link.startswith("https://") else ""
