"""An event in words: its kind, when and where it is, how many places are left, and its card."""

from collections.abc import Mapping

from conversations.context.context import Context
from conversations.language.screen import Line, Style
from conversations.language.words import (
    InLanguages,
    Listed,
    Moment,
    PartialDate,
    Place,
    Shortened,
    Words,
    _,
    counted,
    labelled,
)
from conversations.model.events.event import LibraryEvent, When
from conversations.model.events.seats import Seats, SignUpState
from conversations.model.people.permissions import can
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice, label_of

GONE = _("That event is no longer available.")

KINDS = (
    Choice("theme_day", labelled("event", "Theme day")),
    Choice("study_visit", labelled("event", "Study visit")),
    Choice("joint_application", labelled("event", "Joint application")),
    Choice("national_project", labelled("event", "National project")),
)
"""The kinds of event."""

COUNTRIES = (
    Choice("DK", labelled("country", "Denmark")),
    Choice("SI", labelled("country", "Slovenia")),
    Choice("all", labelled("country", "All countries")),
)
"""The countries whose libraries an event is for."""

STATE_WORDS: Mapping[SignUpState, Words] = {
    "coming": _("You have a place."),
    "waiting": _("You are on the waiting list. If a place becomes free, it is yours, and you will be told."),
    "withdrawn": _("You have not signed up."),
}


def kind_words(event: LibraryEvent) -> Place:
    """Returns the kind of the event."""
    return label_of(KINDS, event.kind)


def when_words(when: When | None) -> Place:
    """Returns the days, and the hours if there are any."""
    if when is None:
        return _("not decided yet")
    days = PartialDate(when.edtf)
    if when.begins and when.ends:
        # Translators: the day or days of an event, and its hours: "12 March 2027, 10:00–15:00".
        return _("{date}, {begins}–{ends}", date=days, begins=when.begins, ends=when.ends)
    return _("{date} at {time}", date=days, time=when.begins) if when.begins else days


def place_words(place: str, online: bool) -> Place:
    """Returns where an event is."""
    if place and online:
        # Translators: where an event is: a place, and on the internet as well.
        return _("{place}, and online", place=place)
    return place or labelled("place", "Online")


def line_of(event: LibraryEvent) -> Words:
    """Returns the event in one line: title, days and place."""
    # Translators: an event in a list: its title, when it is, and where.
    return _(
        "{title}: {when}, {place}",
        title=event.title,
        when=when_words(event.when),
        place=place_words(event.place, event.online),
    )


def seats_words(event: LibraryEvent, seats: Seats) -> Words:
    """Returns how many places are left, or how many people come where there is no limit."""
    if event.places is None:
        return counted("{n} person has signed up.", "{n} people have signed up.", seats.coming)
    left = max(0, event.places - seats.coming)
    if left and not seats.waiting:
        return counted("{n} place of {all} is left.", "{n} places of {all} are left.", left, all=event.places)
    if seats.waiting:
        return counted(
            "All places are taken; {n} person is waiting.",
            "All places are taken; {n} people are waiting.",
            seats.waiting,
        )
    return _("All places are taken.")


def card(event: LibraryEvent, seats: Seats | None, context: Context) -> tuple[Line, ...]:
    """Returns all that readers see of the event; without `seats`, as it will look before anybody has signed up."""
    return (
        Line(event.title, Style.QUESTION),
        Line(
            _("{kind}. Organised by: {host}", kind=kind_words(event), host=event.host)
            if event.host
            else kind_words(event)
        ),
        *about(event),
        *((Line(event.text),) if event.texts else ()),
        *((Line(_("Themes: {themes}", themes=themes_words(event))),) if event.themes else ()),
        *(
            (Line(_("For libraries in: {country}", country=label_of(COUNTRIES, event.country))),)
            if event.country
            else ()
        ),
        *((Line(_("What came of it: {words}", words=event.came_of)),) if event.came_of else ()),
        *_state(event, seats or Seats(), context),
    )


def about(event: LibraryEvent) -> tuple[Line, ...]:
    """Returns when and where the event is."""
    when = when_words(event.when)
    return (
        Line(_("When: {when}", when=Moment(when, event.when.starts_at(event.zone)) if event.when else when)),
        Line(_("Where: {place}", place=place_words(event.place, event.online))),
    )


def themes_words(event: LibraryEvent) -> Listed:
    """Returns the themes of the event."""
    return Listed(tuple(label_of(vocabulary.THEMES, theme) for theme in event.themes))


def _state(event: LibraryEvent, seats: Seats, context: Context) -> tuple[Line, ...]:
    if event.status == "cancelled":
        return (Line(_("This event has been cancelled."), Style.NOTE),)
    if event.is_over(context.now):
        return (Line(_("This event is over."), Style.HELP),)
    own = (Line(STATE_WORDS[seats.state], Style.NOTE),) if seats.state != "withdrawn" else ()
    return (Line(seats_words(event, seats)), *own)


def short_title(event: LibraryEvent, most: int) -> Place:
    """Returns the title for a button."""
    return Shortened(InLanguages(event.titles, event.language), most)


def may_post(context: Context) -> bool:
    """Returns whether the person may post events: coordinators, and partners whose organisation is confirmed."""
    if can(context.person, "post events"):
        return True
    own = context.find.partners.own() if "partner" in context.person.roles else None
    return own is not None and own.state == "confirmed"


def may_edit(event: LibraryEvent | None, context: Context) -> bool:
    """Returns whether the person may change this event: its organiser, and any coordinator."""
    if event is None:
        return False
    return can(context.person, "post events") or (event.organiser == context.person.id and may_post(context))
