"""How far a call has come: who has answered, who has begun, who was not heard of; and reminding those."""

from collections import Counter

from conversations.calls import WholeCall
from conversations.events import Event, Pressed
from conversations.flows.call_words import deadline_words
from conversations.flows.calls import GONE
from conversations.flows.invite import NOT_ALLOWED
from conversations.flows.step import Step
from conversations.here import Here
from conversations.outcomes import CallReminded
from conversations.rights import can
from conversations.screen import Button, Line, Screen, Style, heading, note
from conversations.session import InFlow, Position
from conversations.words import Listed, Shortened, _, counted

LISTED = 1200
"""Characters of names in one list."""


def pressed(at: Position | None, event: Pressed, here: Here) -> Step:
    """Where a call stands."""
    if not can(here.person, "open calls"):
        return Step(at, (note(NOT_ALLOWED),))
    call = here.look.calls.whole(event.argument)
    if call is None:
        return Step(at, (note(GONE),))
    return Step(InFlow("standing", "places", {"this": call.slug}))


def take(at: InFlow, event: Event, here: Here) -> Step:
    """What happens when `event` reaches a coordinator who looks at it."""
    if not can(here.person, "open calls"):
        return Step(None, (note(NOT_ALLOWED),))
    call = here.look.calls.whole(str(at.held["this"]))
    if call is None:
        return Step(None, (note(GONE),))
    match at.view, event:
        case "places", Pressed("preview") if call.takes(here.now):
            return Step(InFlow("standing", "preview", at.held))
        case "preview", Pressed("back"):
            return Step(InFlow("standing", "places", at.held))
        case "preview", Pressed("remind") if call.takes(here.now):
            number = len(here.look.calls.to_remind(call.slug))
            sent = counted(
                "One person is reminded, in their waking hours.",
                "{n} people are reminded, in their waking hours.",
                number,
            )
            return Step(InFlow("standing", "places", at.held), (note(sent),), (CallReminded(call.slug),))
        case _:
            return Step(at, (note(_("Please tap one of the buttons.")),))


def shown(at: InFlow, here: Here) -> Screen:
    """Who answered, or who would be reminded."""
    call = here.look.calls.whole(str(at.held["this"]))
    if call is None or not can(here.person, "open calls"):
        return Screen((note(GONE),))
    return _preview(call, here) if at.view == "preview" else _places(call, here)


def _places(call: WholeCall, here: Here) -> Screen:
    standing = here.look.calls.standing(call.slug)
    lines = [
        Line(call.title, Style.QUESTION),
        Line(deadline_words(call, here.now)),
        Line(counted("{n} report", "{n} reports", standing.reports)),
    ]
    if standing.late:
        lines.append(Line(counted("{n} of them came late.", "{n} of them came late.", standing.late), Style.HELP))
    for label, places in (
        (_("Answered ({n})", n=len(standing.answered)), standing.answered),
        (_("Begun ({n})", n=len(standing.opened)), standing.opened),
        (_("Not heard of ({n})", n=len(standing.silent)), standing.silent),
    ):
        lines.append(heading(label))
        if places:
            lines.append(Line(Shortened(Listed(tuple(places)), LISTED)))
    remind = ((Button(_("Remind those who have not answered"), "preview"),),) if call.takes(here.now) else ()
    return Screen(tuple(lines), (*remind, (Button(_("‹ Back"), "call", call.slug),)))


def _preview(call: WholeCall, here: Here) -> Screen:
    found = here.look.calls.to_remind(call.slug)
    by_library = Counter(name for name in found if name)
    lines = [
        heading(counted("A reminder would reach {n} person.", "A reminder would reach {n} people.", len(found))),
        Line(_("Only those who have not answered, once a day, from 9 to 18 where they are."), Style.HELP),
    ]
    if by_library:
        lines.append(Line(Shortened(Listed(tuple(sorted(by_library))), LISTED)))
    send = ((Button(_("Send the reminder"), "remind"),),) if found else ()
    return Screen(tuple(lines), (*send, (Button(_("‹ Back"), "back"),)))
