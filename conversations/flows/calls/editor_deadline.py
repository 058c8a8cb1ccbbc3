"""The deadline of a call: its last day, and the time zone in which that day ends."""

import re
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.flows.shared.call_words import UNCHANGED, deadline_words
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, counted
from conversations.model.calls import WholeCall, end_of, zone_of
from conversations.model.outcomes import CallChanged
from conversations.reading.dates.deadlines import NO_DEADLINE, Deadline, read_deadline

ZONES = ("Europe/Copenhagen", "Europe/Ljubljana", "Atlantic/Faroe", "America/Nuuk", "Europe/London", "UTC")
"""The time zones that have a button; any other can be written."""

WEEKS = (1, 2, 4)

PAST = _("That day has passed. Type a later one.")


def take(at: InFlow, event: Event, call: WholeCall, context: Context) -> Step:
    """Takes a last day or a time zone."""
    if at.view == "zone":
        return _zone(at, event, call, context)
    match event:
        case Pressed("zone"):
            return Step(InFlow("calling", "zone", {"this": f"{call.slug} zone", "slug": call.slug}))
        case Pressed("none"):
            return _saved(call, None, call.timezone)
        case Pressed("weeks", weeks) if weeks in map(str, WEEKS):
            today = context.now.astimezone(call.zone).date()
            start = max(call.last_day or today, today)
            return _saved(call, start + timedelta(weeks=int(weeks)), call.timezone)
        case Pressed("day", day) if day in at.held.get("near", ()):
            return _on(at, date.fromisoformat(day), call, context)
        case Wrote(text):
            return _written(at, text, call, context)
        case _:
            return Step(at, (note(_("Type a date, or tap one of the buttons.")),))


def _written(at: InFlow, text: str, call: WholeCall, context: Context) -> Step:
    today = context.now.astimezone(call.zone).date()
    found = read_deadline(text, today, context.person.language)
    if found is None or not found.value:
        near = list(found.near) if found else []
        return Step(replace(at, held={**at.held, "near": near}), (note(_not_read(found)),))
    if found.value == NO_DEADLINE:
        return _saved(call, None, call.timezone)
    return _on(at, date.fromisoformat(found.value), call, context)


def _on(at: InFlow, day: date, call: WholeCall, context: Context) -> Step:
    """Saves `day`, unless it has passed."""
    if end_of(day, call.zone) <= context.now:
        return Step(at, (note(PAST),))
    return _saved(call, day, call.timezone)


def _not_read(found: Deadline | None) -> Words:
    if found is not None and found.missing == "calendar":
        return _("That day is not in the calendar. Check the date and type it again.")
    if found is not None and found.near:
        return _("Which day is the last one?")
    return _("Give the day, month and year, for example 20 December 2027.")


def _saved(call: WholeCall, day: date | None, zone: str) -> Step:
    at = None if day is None else end_of(day, zone_of(zone)).isoformat()
    value = {"at": at, "timezone": zone}
    there = InFlow("calling", "sheet", {"this": call.slug, "slug": call.slug})
    if day == call.last_day and zone == call.timezone:
        return Step(there, (note(UNCHANGED),) if day else ())
    return Step(there, (note(_("Saved.")),), (CallChanged(call.slug, "deadline", value),))


def _zone(at: InFlow, event: Event, call: WholeCall, context: Context) -> Step:
    match event:
        case Pressed("zone", name) | Wrote(name) if is_zone(name):
            if call.last_day is not None and end_of(call.last_day, zone_of(name)) <= context.now:
                return Step(at, (note(PAST),))
            return _saved(call, call.last_day, name)
        case _:
            return Step(at, (note(_("I do not know that time zone. Type it as Europe/Copenhagen.")),))


def is_zone(name: str) -> bool:
    """Returns whether there is a time zone with this name."""
    if name not in ZONES and not re.fullmatch(r"[A-Za-z_]+(/[A-Za-z_-]+){1,2}", name):
        return False
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def shown(at: InFlow, call: WholeCall, context: Context) -> Screen:
    """Returns the screen with the present deadline and the ways to change it."""
    back = (Button(_("‹ Back"), "back"),)
    if at.view == "zone":
        zones = tuple(Button(name, "zone", name, chosen=name == call.timezone) for name in ZONES)
        asked = (heading(_("In which time zone does the day end?")), Line(_("Or type another."), Style.HELP))
        return Screen(asked, (*stacked(zones, 2), back))
    near = tuple(Button(date.fromisoformat(day), "day", day) for day in at.held.get("near", ()))
    weeks = tuple(Button(_weeks(each), "weeks", str(each)) for each in WEEKS)
    lines = (
        heading(_("What is the deadline?")),
        Line(_("Type a date, for example 4 October 2027. Reports count until the end of that day."), Style.HELP),
        Line(deadline_words(call, context.now)),
    )
    zone = (Button(_("Time zone: {zone}", zone=call.timezone), "zone"),)
    return Screen(lines, (*stacked(near), weeks, (Button(_("No deadline"), "none"),), zone, back))


def _weeks(number: int) -> Words:
    return counted("+ {n} week", "+ {n} weeks", number)
