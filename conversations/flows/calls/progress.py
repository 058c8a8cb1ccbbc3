"""The progress of a call: who has answered, who has only begun, who is silent; and reminding the last two."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.calls.listing import GONE
from conversations.flows.shared.call_words import deadline_words
from conversations.flows.shared.folding import folded, is_folded, page_in, page_of
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Shortened, Words, _, counted
from conversations.model.calls import WholeCall
from conversations.model.outcomes import CallReminded
from conversations.model.people.permissions import can

LISTED = 1200
"""Characters of the names in one list."""


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens the progress of a call."""
    if not can(context.person, "open calls"):
        return Step(at, (note(NOT_ALLOWED),))
    call = context.find.calls.whole(event.argument)
    if call is None:
        return Step(at, (note(GONE),))
    return Step(InFlow("standing", "places", {"this": call.slug}))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a coordinator who looks at the progress."""
    if not can(context.person, "open calls"):
        return Step(None, (note(NOT_ALLOWED),))
    call = context.find.calls.whole(str(at.held["this"]))
    if call is None:
        return Step(None, (note(GONE),))
    match at.view, event:
        case "places", Pressed("preview") if call.takes(context.now):
            return Step(InFlow("standing", "preview", at.held))
        case "places" | "all", Pressed("all", which) if which.partition(".")[0] in LABELS:
            return Step(InFlow("standing", "all", {**at.held, "which": which}))
        case "preview" | "all", Pressed("back"):
            return Step(InFlow("standing", "places", {"this": call.slug}))
        case "preview", Pressed("remind") if call.takes(context.now):
            number = len(context.find.calls.to_remind(call.slug))
            sent = counted(
                "One person will get a reminder, during the day.",
                "{n} people will get a reminder, during the day.",
                number,
            )
            return Step(InFlow("standing", "places", at.held), (note(sent),), (CallReminded(call.slug),))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with who has answered, or with who would be reminded."""
    call = context.find.calls.whole(str(at.held["this"]))
    if call is None or not can(context.person, "open calls"):
        return Screen((note(GONE),))
    match at.view:
        case "preview":
            return _preview(call, context)
        case "all":
            return _all(str(at.held["which"]), call, context)
        case _:
            return _places(call, context)


LABELS: Mapping[str, Callable[[int], Words]] = {
    "answered": lambda n: _("Responded ({n})", n=n),
    "opened": lambda n: _("Draft started ({n})", n=n),
    "silent": lambda n: _("No response ({n})", n=n),
}
"""The label of each group of places, with how many places it has."""


def _all(which: str, call: WholeCall, context: Context) -> Screen:
    """Returns a page of all places that have answered, have begun or are silent."""
    what, _dot, page = which.partition(".")
    found: Sequence[str] = getattr(context.find.calls.standing(call.slug), what)
    names, following = page_of(found, page_in(page))
    more = ((Button(_("More municipalities"), "all", f"{what}.{following}"),),) if following is not None else ()
    return Screen((heading(LABELS[what](len(found))), Line(names)), (*more, (Button(_("‹ Back"), "back"),)))


def _places(call: WholeCall, context: Context) -> Screen:
    standing = context.find.calls.standing(call.slug)
    lines = [
        Line(call.title, Style.QUESTION),
        Line(deadline_words(call, context.now)),
        Line(counted("{n} report", "{n} reports", standing.reports)),
    ]
    if standing.late:
        lines.append(Line(counted("{n} of them came late.", "{n} of them came late.", standing.late), Style.HELP))
    all_of = []
    for what, label in LABELS.items():
        places: Sequence[str] = getattr(standing, what)
        lines.append(heading(label(len(places))))
        if places:
            lines.append(Line(folded(places)))
        if is_folded(places):
            all_of.append(Button(label(len(places)), "all", what))
    remind = ((Button(_("Send a reminder"), "preview"),),) if call.takes(context.now) else ()
    return Screen(tuple(lines), (*stacked(tuple(all_of)), *remind, (Button(_("‹ Back"), "call", call.slug),)))


def _preview(call: WholeCall, context: Context) -> Screen:
    found = context.find.calls.to_remind(call.slug)
    by_library = Counter(name for name in found if name)
    lines = [
        heading(counted("A reminder would reach {n} person.", "A reminder would reach {n} people.", len(found))),
        Line(
            _("Only people who have not responded, at most once a day, between 9:00 and 18:00 their time."), Style.HELP
        ),
    ]
    if by_library:
        lines.append(Line(Shortened(Listed(tuple(sorted(by_library))), LISTED)))
    send = ((Button(_("Send the reminder"), "remind"),),) if found else ()
    return Screen(tuple(lines), (*send, (Button(_("‹ Back"), "back"),)))
