"""The days and hours of an event, typed as people write them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.flows.events import saving
from conversations.flows.events.words import when_words
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _
from conversations.model.events.event import LibraryEvent, When, as_json
from conversations.reading.dates.days_and_hours import DaysAndHours, read_days_and_hours

PAST = _("That day has passed. Type a later one.")
BACKWARDS = _("The event would end before it begins. Type the days and hours again.")
LIKE_THIS = _("Give the day, month and year, and the hours if you know them: 12 March 2027, 10:00–15:00.")


def take(at: InFlow, event: Event, draft: LibraryEvent, context: Context) -> Step:
    """Takes days and hours, or one of the days that were offered."""
    match event:
        case Pressed("day", day) if day in at.held.get("near", ()):
            hours = at.held.get("hours") or {}
            return _on(
                at, DaysAndHours(date.fromisoformat(day), date.fromisoformat(day), **_times(hours)), draft, context
            )
        case Wrote(text):
            today = context.now.astimezone(draft.zone).date()
            found = read_days_and_hours(text, today, context.person.language)
            return _on(at, found, draft, context) if found else Step(at, (note(LIKE_THIS),))
        case _:
            return Step(at, (note(LIKE_THIS),))


def _on(at: InFlow, found: DaysAndHours, draft: LibraryEvent, context: Context) -> Step:
    """Saves what was understood, or asks for what is missing."""
    if found.first is None or found.last is None:
        if draft.when and found.begins and not found.missing:  # only hours were written
            return _checked(at, replace(draft.when, begins=found.begins, ends=found.ends), draft, context)
        hours = {name: value.isoformat() for name, value in (("begins", found.begins), ("ends", found.ends)) if value}
        held = {**at.held, "near": list(found.near), "hours": hours}
        return Step(replace(at, held=held), (note(_asked(found)),))
    return _checked(at, When(found.first, found.last, found.begins, found.ends), draft, context)


def _asked(found: DaysAndHours) -> Words:
    if found.missing == "calendar":
        return _("That day is not in the calendar. Check the date and type it again.")
    return _("Which of these do you mean?") if found.near else LIKE_THIS


def _checked(at: InFlow, when: When, draft: LibraryEvent, context: Context) -> Step:
    """Saves `when`, unless it has passed or ends before it begins."""
    if not when.is_in_order:
        return Step(at, (note(BACKWARDS),))
    if when.starts_at(draft.zone) <= context.now:
        return Step(at, (note(PAST),))
    return saving.saved(at, draft, "when", as_json(when))


def _times(hours: Mapping[str, str]) -> dict[str, Any]:
    return {name: time.fromisoformat(value) for name, value in hours.items()}


def shown(at: InFlow, draft: LibraryEvent) -> Screen:
    """Returns the screen that asks when it is."""
    near = tuple(Button(date.fromisoformat(day), "day", day) for day in at.held.get("near", ()))
    now = (Line(when_words(draft.when)),) if draft.when else ()
    help_ = _("Type the day, and the hours if you know them: 12 March 2027, 10:00–15:00.")
    zone = Line(_("Time zone: {zone}", zone=draft.timezone), Style.HELP)
    lines = (heading(_("When is it?")), Line(help_, Style.HELP), zone, *now)
    return Screen(lines, (*stacked(near), (Button(_("‹ Back"), "back"),)))
