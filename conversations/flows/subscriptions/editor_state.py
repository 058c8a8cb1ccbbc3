"""Where somebody is who subscribes, and what they have chosen so far."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.language.screen import Button, Line, note
from conversations.language.words import Words, _
from conversations.model.subscriptions import Wishes, from_held

WALK = ("themes", "groups", "places", "review")
"""The way of somebody who chooses step by step; all else is offered at its end."""

QUESTIONS: Mapping[str, Words] = {
    "themes": _("Which themes?"),
    "groups": _("For which target groups?"),
    "places": _("From where?"),
    "roles": _("Which roles of the library?"),
    "statuses": _("How far have they come?"),
    "calls": _("From which call?"),
    "words": _("Which words are they to have?"),
}

REVIEW = Button(_("Done"), "to", "review")
STOP = Button(_("‹ Not now"), "quit")


def wishes_in(at: InFlow) -> Wishes:
    """What is asked for so far."""
    return from_held(at.held).wishes


def wished(at: InFlow, wishes: Wishes) -> InFlow:
    """The same place, with these wishes."""
    return with_(at, wishes=wishes.as_json())


def wish(at: InFlow, **parts: Any) -> InFlow:
    """The same place, with other parts of the wishes."""
    return wished(at, replace(wishes_in(at), **parts))


def with_(at: InFlow, **held: Any) -> InFlow:
    """The same place, with something else held there."""
    return replace(at, held={**at.held, **held})


def at_view(at: InFlow, view: str, *, walks: bool = False) -> InFlow:
    """Another view, with nothing half chosen."""
    return with_(replace(at, view=view), gathered=None, found=[], walks=walks)


def onward(at: InFlow) -> InFlow:
    """Where one goes on from a part: along the way of whoever walks it, else back to the whole."""
    walks = bool(at.held["walks"])
    view = "places" if at.view == "region" else at.view
    after = WALK[WALK.index(view) + 1] if walks and view in WALK else "review"
    return at_view(at, after, walks=walks and after != "review")


def before(at: InFlow) -> str:
    """The view from which one came."""
    if not at.held["walks"]:
        return "review"
    return "start" if at.view == WALK[0] else WALK[WALK.index(at.view) - 1] if at.view in WALK else "review"


def ways_on(at: InFlow) -> tuple[tuple[Button, ...], ...]:
    """The ways from a part without choosing."""
    return ((Button(_("It does not matter"), "clear"),), (Button(_("‹ Back"), "to", before(at)), STOP))


def home_of(context: Context) -> str:
    """The municipality that somebody speaks for: of their organisation, or of their library."""
    own = context.find.partners.own()
    return (own.municipality if own else "") or context.find.subscriptions.home()


def served(place: str, context: Context) -> tuple[str, ...]:
    """A place, with the municipality whose library serves it where it has none of its own."""
    near = context.registers.served_from(place)
    return (place, near) if near else (place,)


def served_note(place: str, context: Context) -> tuple[Line, ...]:
    """That a neighbour was chosen too, where one was."""
    near = context.registers.served_from(place)
    if not near:
        return ()
    name = context.registers.municipality_name(near)
    return (note(_("There is no library of its own there. The nearest one is chosen too: {name}", name=name)),)
