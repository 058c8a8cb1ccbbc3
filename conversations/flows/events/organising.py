"""What an organiser does with a published event: who comes, who could speak, and what came of it."""

from conversations.context.context import Context
from conversations.context.session import InFlow, Position, pack, unpack
from conversations.flows.events.words import GONE, line_of, may_edit, may_post
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note
from conversations.language.words import Listed, Place, Shortened, Words, _, counted, labelled, quoted
from conversations.model.events.event import LibraryEvent
from conversations.model.events.seats import Guest
from conversations.model.experts import Expert, Sought
from conversations.model.outcomes import EventToldOf
from conversations.reading.text import clean_text

NAMES_ROOM = 2_000
"""Most characters of the names in the chat; the file has all."""

MOST_PERSONS = 8
"""Most contact persons that are suggested."""

SHORTEST, LONGEST = 10, 600
"""Characters of what came of an event."""

FORMS = ("xlsx", "csv")


def guests(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows who comes and who waits, with the files."""
    found = _own(event.argument, context)
    if isinstance(found, Words):
        return Step(at, (note(found),))
    there = context.find.events.guests(found.id)
    coming, waiting = (tuple(each for each in there if each.state == state) for state in ("coming", "waiting"))
    lines = [heading(line_of(found))]
    lines.append(Line(counted("{n} person comes.", "{n} people come.", len(coming))))
    if coming:
        lines.append(Line(Shortened(Listed(tuple(map(guest_words, coming))), NAMES_ROOM)))
    if waiting:
        lines.append(Line(counted("{n} person is waiting.", "{n} people are waiting.", len(waiting))))
        lines.append(Line(Shortened(Listed(tuple(map(guest_words, waiting))), NAMES_ROOM)))
    back = (Button(_("‹ Back"), "event", found.id),)
    files = (
        Button(_("Spreadsheet"), "event_file", f"{found.id}.xlsx"),
        Button(labelled("file", "CSV"), "event_file", f"{found.id}.csv"),
    )
    return Step(at, screen=Screen(tuple(lines), ((files, back) if there else (back,))))


def guest_words(guest: Guest) -> Place:
    """Returns what is known of a person who comes."""
    if guest.name and guest.library and guest.library not in guest.name:
        return _("{name} ({library})", name=guest.name, library=guest.library)
    return guest.name or guest.library or labelled("guest", "somebody who gave no name")


def as_file(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends the list of who comes as a file; the button names it as `<event>.<xlsx or csv>`."""
    this, _dot, form = event.argument.partition(".")
    found = _own(this, context)
    if isinstance(found, Words):
        return Step(at, (note(found),))
    if form not in FORMS:
        return Step(at, silent=True)
    alt = _("Who comes: {event}. Delete the file when you no longer need it.", event=found.title)
    data = f"{found.id}.{form}.{context.person.language}"
    file = Enclosed("guests", f"meldind-{found.id}.{form}", alt, data)
    back = ((Button(_("‹ Back"), "event_guests", found.id),),)
    return Step(at, screen=Screen((note(_("Here is the file.")),), back, enclosed=file))


def speakers(at: Position | None, event: Pressed, context: Context) -> Step:
    """Lists contact persons who agreed to speak, and initiatives whose authors offered it.

    Their cards have the way to get in touch.
    """
    found = context.find.events.draft(event.argument)
    if found is None or not may_edit(found, context):
        return Step(at, (note(GONE if may_post(context) and found is None else NOT_ALLOWED),))
    offered = context.find.events.speakers(found.id)
    places = (found.country,) if found.country else ()
    sought = Sought(themes=tuple(found.themes), places=places, uses=("theme_day",))
    persons = context.find.experts.found(sought)[:MOST_PERSONS]
    back = (Button(_("‹ Back"), "event_edit", found.id),)
    if not offered and not persons:
        nobody = _("Nobody has offered to speak on these themes yet. With fewer themes there may be more.")
        return Step(at, screen=Screen((note(nobody),), (back,)))
    lines: list[Line] = []
    if persons:
        lines.append(heading(_("Contact persons who agreed to speak at a theme day")))
        lines += [Line(_person(each)) for each in persons]
    if offered:
        lines.append(heading(_("These libraries offered to speak at a theme day")))
        lines += [Line(_("{title} – {library}", title=quoted(each.title), library=each.library)) for each in offered]
    lines.append(Line(_("Open one to read it and to get in touch."), Style.HELP))
    rows = (
        *((Button(Shortened(each.name, 38), "expert", each.id),) for each in persons),
        *((Button(Shortened(each.title, 38), "initiative", each.id),) for each in offered),
    )
    return Step(at, screen=Screen(tuple(lines), (*rows, back)))


def _person(expert: Expert) -> Place:
    """Returns the name and the library of a contact person."""
    if not expert.library_name:
        return expert.name
    return _("{name} ({library})", name=expert.name, library=expert.library_name)


def told(at: Position | None, event: Pressed, context: Context) -> Step:
    """Asks the organiser what came of the event."""
    found = _own(event.argument, context)
    if isinstance(found, Words):
        return Step(at, (note(found),))
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "came_of" else pack(at)
    return Step(InFlow("came_of", "words", {"this": found.id, "back": back}))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Takes what came of the event."""
    found, back = _own(str(at.held["this"]), context), unpack(at.held["back"])
    if isinstance(event, Pressed) and event.action == "go_back":
        return Step(back)
    if isinstance(found, Words):
        return Step(back, (note(found),))
    match event:
        case Wrote(text) if SHORTEST <= len(said := clean_text(text)) <= LONGEST:
            done = (
                note(_("Thank you! It now stands with the event, and in the digest.")),
                Line(quoted(said)),
            )
            return Step(back, outcomes=(EventToldOf(found.id, said),), screen=Screen(done, revision=0))
        case Wrote(text) if len(text) > LONGEST:
            why = _(
                "That is too long: {length} characters, and there is room for {most}.", length=len(text), most=LONGEST
            )
            return Step(at, (note(why),))
        case _:
            return Step(at, (note(_("Write it in a message, in a sentence or two.")),))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks what came of the event."""
    found = context.find.events.one(str(at.held["this"]))
    if found is None:
        return Screen((note(GONE),))
    before = (Line(_("So far: {words}", words=quoted(found.came_of))),) if found.came_of else ()
    lines = (
        heading(_("What came of it?")),
        Line(line_of(found)),
        *before,
        Line(_("A sentence or two: what was agreed, learnt or begun. Do not name people who took part."), Style.HELP),
    )
    return Screen(lines, ((Button(_("‹ Cancel"), "go_back"),),))


def _own(event: str, context: Context) -> LibraryEvent | Words:
    """Returns the published event if this person may change it; otherwise why not."""
    found = context.find.events.one(event)
    if found is None:
        return GONE if may_post(context) else NOT_ALLOWED
    return found if may_edit(found, context) else NOT_ALLOWED
