"""Posting an event: its sheet, with a pencil for each field; nothing is seen by others before it is published."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.calls import editor_texts
from conversations.flows.events import editor_when
from conversations.flows.events.saving import at_field, saved, sheet_of
from conversations.flows.events.words import (
    COUNTRIES,
    GONE,
    KINDS,
    card,
    kind_words,
    may_edit,
    may_post,
    place_words,
    short_title,
    when_words,
)
from conversations.flows.shared.call_words import Field, Texts
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, Understood
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.links import Links
from conversations.forms.kinds.text import Text
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.languages import LANGUAGES, language_words
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Place, Shortened, Words, _, counted, labelled
from conversations.model.events.event import MOST_PLACES, TOLD_OF, LibraryEvent, value_of
from conversations.model.outcomes import EventCancelled, EventChanged, EventDropped, EventPublished, EventStarted
from conversations.reading.numbers.numbers import read_people
from conversations.reading.text import clean_line, fold
from conversations.vocabulary import vocabulary

SHOWN = 8
"""Own events in the list."""

LONGEST_PLACE = 200

TAP = _("Tap one of the buttons.")
BACK = Button(_("‹ Back"), "back")

TITLES = Texts("titles", _("Title"), _("What is the event called?"), most=80, least=3)
TEXTS = (TITLES, Texts("texts", _("Description"), _("What is it about, and who is it for?"), most=1500))

FIELDS = (
    Field("when", _("When"), _("When is it?")),
    Field("place", _("Where"), _("Where is it?")),
    Field(
        "themes",
        _("Themes"),
        _("Which themes is it about?"),
        SomeOf(vocabulary.THEMES, most=12, least=0, words="themes"),
        _("Libraries that offered to take part are told if they work on one of them. None means all."),
    ),
    Field("country", _("For libraries in"), _("Libraries of which country are told of it?"), OneOf(COUNTRIES)),
    Field("places", _("Number of places"), _("How many people can come?")),
    Field("link", _("Link"), _("Where can people read more?"), Links(most=1)),
    Field("host", _("Organisers"), _("Who invites? Give organisations, not people."), Text(least=2, most=120)),
)


def new(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Asks what kind of event it is."""
    if not may_post(context):
        return Step(at, (note(NOT_ALLOWED),))
    return Step(InFlow("posting", "kind"))


def edit(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens the sheet of an event."""
    found = context.find.events.draft(event.argument)
    if not may_post(context):
        return Step(at, (note(NOT_ALLOWED),))
    if found is None:
        return Step(at, (note(GONE),))
    return Step(sheet_of(found.id)) if may_edit(found, context) else Step(at, (note(NOT_ALLOWED),))


def own(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Lists the events that this person has posted, drafts too."""
    if not may_post(context):
        return Step(at, (note(NOT_ALLOWED),))
    found = context.find.events.posted()[:SHOWN]
    lines = [heading(_("My events"))]
    lines += [Line(_("{title}: {status}", title=each.title, status=status_words(each))) for each in found]
    rows = [(Button(short_title(each, 38), "event_edit", each.id),) for each in found]
    return Step(at, screen=Screen(tuple(lines), (*rows, (Button(_("Post an event"), "event_new"),))))


def status_words(event: LibraryEvent) -> Words:
    """Returns how far the event is, in words for its organiser."""
    match event.status:
        case "draft":
            return labelled("event", "Not published yet")
        case "published":
            return labelled("event", "Published")
        case "cancelled":
            return labelled("event", "Cancelled")


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who posts an event."""
    if not may_post(context):
        return Step(None, (note(NOT_ALLOWED),))
    if at.view == "kind":
        return _kind(at, event, context)
    if at.view == "title":
        return _named(at, event, context)
    draft = context.find.events.draft(str(at.held["event"]))
    if draft is None or not may_edit(draft, context):
        return Step(None, (note(GONE),))
    if isinstance(event, Pressed) and event.action == "back":
        return Step(sheet_of(draft.id))
    if at.view in _VIEWS:
        return _VIEWS[at.view](at, _typed(at, event, context), draft, context)
    return _field(at, event, draft, context)


def _typed(at: InFlow, event: Event, context: Context) -> Event:
    """Returns the press that was meant where a button's label was written on a screen that takes no text."""
    if isinstance(event, Wrote) and at.view in ("sheet", "preview", "cancel"):
        button = meant(event.text, shown(at, context), context)
        return Pressed(button.action, button.argument) if button else event
    return event


def _kind(at: InFlow, event: Event, context: Context) -> Step:
    if isinstance(event, Pressed | Wrote):
        match OneOf(KINDS).read(event, at.held.get("gathered"), Asked(context, {})):
            case Understood(kind):
                return Step(InFlow("posting", "title", {"this": "title", "kind": kind}))
            case NotUnderstood(why, gathered):
                return Step(replace(at, held={"gathered": gathered}), (note(why),))
            case _:
                pass
    return Step(at, (note(TAP),))


def _named(at: InFlow, event: Event, context: Context) -> Step:
    if not isinstance(event, Wrote):
        return Step(at, (note(TITLES.prompt),))
    line = clean_line(event.text)
    if why := editor_texts.refused(line, TITLES):
        return Step(at, (note(why),))
    this = context.new_id()
    person, organisation = context.person, context.find.partners.own()
    host = organisation.name if organisation and organisation.state == "confirmed" else ""
    draft = LibraryEvent(
        this,
        person.id,
        at.held["kind"],
        person.language,
        titles={person.language: line},
        timezone=str(context.timezone),
        host=host,
    )
    return Step(at_field(this, "when", follows="place"), outcomes=(EventStarted(draft),))


def _on_sheet(at: InFlow, event: Event, draft: LibraryEvent, context: Context) -> Step:
    match event:
        case Pressed("edit", key) if any(key == each.key for each in TEXTS):
            language = context.person.language
            held = {"this": f"{draft.id} {key}", "event": draft.id, "key": key, "language": language}
            return Step(InFlow("posting", "texts", held))
        case Pressed("edit", key) if any(key == each.key for each in FIELDS):
            return Step(at_field(draft.id, key))
        case Pressed("preview"):
            if not draft.is_complete:
                return Step(at_field(draft.id, "place" if draft.when else "when"), (note(_("This is still missing.")),))
            return Step(replace(at, view="preview", held={**at.held, "this": f"{draft.id} preview"}))
        case Pressed("drop"):
            gone = context.find.events.one(draft.id) is None
            done = note(_("The draft is deleted.")) if gone else note(_("Your changes are undone."))
            return Step(None if gone else at, (done,), (EventDropped(draft.id),))
        case Pressed("cancel"):
            return Step(replace(at, view="cancel", held={**at.held, "this": f"{draft.id} cancel"}))
        case _:
            return Step(at, (note(TAP),))


def _previewed(at: InFlow, event: Event, draft: LibraryEvent, context: Context) -> Step:
    if not (isinstance(event, Pressed) and event.action == "post"):
        return Step(at, (note(TAP),))
    before = context.find.events.one(draft.id)
    if before and before.status == "cancelled":
        return Step(sheet_of(draft.id), (note(_("It has been cancelled, so it cannot be published any more.")),))
    if draft.has_begun(context.now):
        passed = note(_("That day has passed, so nobody could come. Set another day first."))
        return Step(at_field(draft.id, "when"), (passed,))
    seats = context.find.events.seats(draft.id)
    told = context.find.events.reach(draft.id)
    notes = [note(_("Published. Share its link, so that people can find it."))]
    if told:
        notes.append(
            Line(
                counted(
                    "{n} person who offered to take part will be told.",
                    "{n} people who offered to take part will be told.",
                    told,
                )
            )
        )
    if before and (number := seats.coming + seats.waiting) and _is_told(before, draft):
        notes.append(
            Line(
                counted(
                    "{n} person who signed up will be told of the change, once.",
                    "{n} people who signed up will be told of the change, once.",
                    number,
                )
            )
        )
    if draft.places is not None and seats.coming > draft.places:
        notes.append(
            Line(
                counted(
                    "{n} person has a place already and keeps it.",
                    "{n} people have a place already and keep it.",
                    seats.coming,
                )
            )
        )
    return Step(sheet_of(draft.id), tuple(notes), (EventPublished(draft.id),))


def _is_told(before: LibraryEvent, draft: LibraryEvent) -> bool:
    return any(value_of(before, what) != value_of(draft, what) for what in TOLD_OF)


def _cancelling(at: InFlow, event: Event, draft: LibraryEvent, context: Context) -> Step:
    if not (isinstance(event, Pressed) and event.action == "cancel_yes"):
        return Step(at, (note(TAP),))
    found = context.find.events.one(draft.id)
    if found is None or found.status != "published":
        return Step(sheet_of(draft.id), (note(_("It is not announced any more.")),))
    seats = context.find.events.seats(draft.id)
    number = seats.coming + seats.waiting
    lines = [note(_("The event is cancelled."))]
    if number:
        lines.append(
            Line(
                counted(
                    "{n} person who signed up will be told, once.",
                    "{n} people who signed up will be told, once.",
                    number,
                )
            )
        )
    return Step(sheet_of(draft.id), tuple(lines), (EventCancelled(draft.id),))


def _texts(at: InFlow, event: Event, draft: LibraryEvent, _context: Context) -> Step:
    texts = _texts_of(at)
    written: Mapping[str, str] = value_of(draft, texts.key)
    return editor_texts.take(at, event, texts, written, lambda value: EventChanged(draft.id, texts.key, value))


def _texts_of(at: InFlow) -> Texts:
    return next(each for each in TEXTS if each.key == at.held["key"])


def _place(at: InFlow, event: Event, draft: LibraryEvent, context: Context) -> Step:
    match event:
        case Pressed("online"):
            return saved(at, draft, "place", {"place": "", "online": True})
        case Wrote(text) if 2 <= len(place := clean_line(text)) <= LONGEST_PLACE:
            online = any(fold(place) == fold(said) for said in (*context.registers.spellings(ONLINE), "zoom", "teams"))
            return saved(at, draft, "place", {"place": "" if online else place, "online": online or _both(place)})
        case _:
            return Step(at, (note(_("Type the place, for example Odense Central Library, or tap “Online”.")),))


ONLINE = labelled("place", "Online")


def _both(place: str) -> bool:
    """Returns whether a place says that one can take part on the internet as well."""
    said = fold(place)
    return any(word in said for word in ("online", "zoom", "teams", "hibrid", "hybrid", "spletu", "na daljavo"))


def _places(at: InFlow, event: Event, draft: LibraryEvent, context: Context) -> Step:
    match event:
        case Pressed("no_limit"):
            return saved(at, draft, "places", None)
        case Wrote(text):
            people = read_people(text, context.person.language, most=MOST_PLACES)
            numbers = people and (people.numbers or (people.near[0].numbers if len(people.near) == 1 else None))
            if numbers and (most := numbers.most or numbers.least) > 0:
                return saved(at, draft, "places", most)
            if any(fold(text) == fold(said) for said in context.registers.spellings(NO_LIMIT)):
                return saved(at, draft, "places", None)
            return Step(at, (note(_("Type a number, for example 30, or tap “No limit”.")),))
        case _:
            return Step(at, (note(_("Type a number, for example 30, or tap “No limit”.")),))


NO_LIMIT = labelled("places", "No limit")


def _field(at: InFlow, event: Event, draft: LibraryEvent, context: Context) -> Step:
    field = _field_of(at.view)
    if field is None or field.kind is None or not isinstance(event, Pressed | Wrote):
        return Step(at, (note(TAP),))
    if isinstance(event, Pressed) and event.action == "nothing":
        return saved(at, draft, field.key, "")
    match field.kind.read(event, at.held.get("gathered"), Asked(context, {}, _value(draft, field.key))):
        case Understood(value):
            return saved(at, draft, field.key, _kept(field.key, value))
        case Gathering(gathered, why):
            return Step(replace(at, held={**at.held, "gathered": gathered}), (note(why),) if why else ())
        case NotUnderstood(why, gathered):
            held = at.held if gathered is None else {**at.held, "gathered": gathered}
            return Step(replace(at, held=held), (note(why),))


def _field_of(key: str) -> Field | None:
    return next((field for field in FIELDS if field.key == key), None)


def _value(draft: LibraryEvent, key: str) -> object:
    """Returns the value of a field as its question knows it."""
    value = value_of(draft, key)
    match key:
        case "country":
            return value or "all"
        case "link":
            return [value] if value else []
        case _:
            return value


def _kept(key: str, value: object) -> object:
    """Returns what a question was answered with as the event has it."""
    if key == "country":
        return "" if value == "all" else value
    return value[0] if key == "link" and isinstance(value, list) else value


_VIEWS: Mapping[str, Callable[[InFlow, Event, LibraryEvent, Context], Step]] = {
    "sheet": _on_sheet,
    "preview": _previewed,
    "cancel": _cancelling,
    "texts": _texts,
    "when": editor_when.take,
    "place": _place,
    "places": _places,
}


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen at this view of the event."""
    if not may_post(context):
        return Screen((note(NOT_ALLOWED),))
    if at.view == "kind":
        asked = OneOf(KINDS)
        rows = asked.rows(at.held.get("gathered"), Asked(context, {}))
        return Screen((heading(_("What do you want to announce?")),), rows)
    if at.view == "title":
        help_ = Line(_("Use your language. You can add the others later."), Style.HELP)
        return Screen((heading(TITLES.prompt), help_))
    draft = context.find.events.draft(str(at.held["event"]))
    if draft is None or not may_edit(draft, context):
        return Screen((note(GONE),))
    match at.view:
        case "sheet":
            return _sheet(draft, context)
        case "preview":
            return _preview(draft, context)
        case "cancel":
            sure = (
                heading(_("Cancel this event?")),
                Line(draft.title),
                Line(_("All who signed up will be told, once.")),
            )
            keep = Button(_("No, keep it"), "back")
            return Screen(sure, ((Button(_("Yes, cancel it"), "cancel_yes"),), (keep,)))
        case "texts":
            texts = _texts_of(at)
            return editor_texts.shown(at, texts, value_of(draft, texts.key))
        case "when":
            return editor_when.shown(at, draft)
        case "place":
            lines = (heading(_("Where is it?")), Line(_("Type the place and its address."), Style.HELP))
            return Screen((*lines, *_now(draft, "place")), ((Button(ONLINE, "online"),), (BACK,)))
        case "places":
            lines = (
                heading(_("How many people can come?")),
                Line(_("Those who come later wait for a place."), Style.HELP),
            )
            return Screen((*lines, *_now(draft, "places")), ((Button(NO_LIMIT, "no_limit"),), (BACK,)))
        case _:
            return _shown_field(at, draft, context)


def _shown_field(at: InFlow, draft: LibraryEvent, context: Context) -> Screen:
    field = _field_of(at.view)
    if field is None or field.kind is None:
        return Screen((note(GONE),))
    asked, gathered = Asked(context, {}, _value(draft, field.key)), at.held.get("gathered")
    help_ = (Line(field.help, Style.HELP),) if field.help else ()
    now = () if isinstance(field.kind, OneOf | SomeOf) else _now(draft, field.key)
    none = ((Button(labelled("link", "No link"), "nothing"),),) if field.key == "link" else ()
    lines = (heading(field.prompt), *help_, *field.kind.lines(gathered, asked), *now)
    return Screen(lines, (*field.kind.rows(gathered, asked), *none, (BACK,)))


def _now(draft: LibraryEvent, key: str) -> tuple[Line, ...]:
    value = field_words(draft, key)
    return (Line(value),) if value is not None else ()


def field_words(draft: LibraryEvent, key: str) -> Place | None:
    """Returns the value of a field as the sheet shows it; None if there is none."""
    match key:
        case "when":
            return when_words(draft.when) if draft.when else None
        case "place":
            return place_words(draft.place, draft.online) if draft.place or draft.online else None
        case "places":
            return NO_LIMIT if draft.places is None else draft.places
        case _:
            value, field = _value(draft, key), _field_of(key)
            return field.kind.show(value) if value and field and field.kind else None


def _sheet(draft: LibraryEvent, context: Context) -> Screen:
    seen = context.find.events.one(draft.id)
    changes = context.find.events.held(draft.id)
    lines = [
        Line(draft.title, Style.QUESTION),
        Line(_("{kind}: {status}", kind=kind_words(draft), status=status_words(seen or draft))),
    ]
    if changes:
        lines.append(note(_("Your changes are not published yet.")))
    for texts in TEXTS:
        written = value_of(draft, texts.key)
        missing = tuple(language_words(each) for each in LANGUAGES if not written.get(each))
        if missing:
            what = _("{text}: missing in {languages}", text=texts.label, languages=Listed(missing))
            lines.append(Line(what, Style.HELP))
    lines += [
        Line(_("{label}: {answer}", label=field.label, answer=Shortened(value, 200)))
        for field in FIELDS
        if (value := field_words(draft, field.key)) is not None
    ]
    fields = () if draft.status == "cancelled" else (*TEXTS, *FIELDS)
    pencils = tuple(Button(_("✏️ {label}", label=each.label), "edit", each.key) for each in fields)
    rows = (
        *_main(draft, seen, context, changes=changes),
        *stacked(pencils, 2),
        (Button(_("‹ All events"), "events", "0"),),
    )
    return Screen(tuple(lines), tuple(row for row in rows if row))


def _main(
    draft: LibraryEvent, seen: LibraryEvent | None, context: Context, *, changes: bool
) -> tuple[tuple[Button, ...], ...]:
    """Returns what can be done with the event as it stands."""
    guests = Button(_("Who comes"), "event_guests", draft.id)
    speakers = (Button(_("Suggested speakers"), "event_speakers", draft.id),)
    if seen is None:
        return ((Button(_("Preview"), "preview"),), speakers, (Button(_("Delete the draft"), "drop"),))
    if seen.status == "cancelled":
        return ((guests,),)
    if seen.is_over(context.now):
        return ((guests, Button(_("What came of it"), "event_told", draft.id)),)
    share = Button(labelled("event", "Share it"), "event_share", draft.id)
    publish = (Button(_("Preview the changes"), "preview"), Button(_("Undo my changes"), "drop")) if changes else ()
    return (publish, (guests, share), speakers, (Button(_("Cancel the event"), "cancel"),))


def _preview(draft: LibraryEvent, context: Context) -> Screen:
    """Returns the event as readers will see it, and how many will be told of it."""
    told = context.find.events.reach(draft.id)
    reach = (
        counted(
            "This is how readers see it. {n} person who offered to take part will be told.",
            "This is how readers see it. {n} people who offered to take part will be told.",
            told,
        )
        if told
        else _("This is how readers see it. Nobody is told, but everybody finds it under /events.")
    )
    lines = (*card(draft, None, context), Line(reach, Style.HELP))
    return Screen(lines, ((Button(_("Publish"), "post"),), (BACK,)))
