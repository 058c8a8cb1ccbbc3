"""The position of a person who edits a subscription, and what they have chosen so far."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.language.screen import Button, Line, note
from conversations.language.words import Words, _
from conversations.model.subscriptions import Wishes, from_held

WALK = ("themes", "groups", "places", "review")
"""The views of a person who chooses step by step; the last one offers everything else."""

QUESTIONS: Mapping[str, Words] = {
    "themes": _("Which themes?"),
    "groups": _("For which target groups?"),
    "places": _("From where?"),
    "roles": _("Which roles of the library?"),
    "statuses": _("What stage are they at?"),
    "calls": _("From which call?"),
    "words": _("Which words should they contain?"),
}

REVIEW = Button(_("Done"), "to", "review")
STOP = Button(_("‹ Cancel"), "quit")


def wishes_in(at: InFlow) -> Wishes:
    """Returns the wishes so far."""
    return from_held(at.held).wishes


def wished(at: InFlow, wishes: Wishes) -> InFlow:
    """Returns the same position with these wishes."""
    return with_(at, wishes=wishes.as_json())


def wish(at: InFlow, **parts: Any) -> InFlow:
    """Returns the same position with some parts of the wishes replaced."""
    return wished(at, replace(wishes_in(at), **parts))


def with_(at: InFlow, **held: Any) -> InFlow:
    """Returns the same position with other values held."""
    return replace(at, held={**at.held, **held})


def at_view(at: InFlow, view: str, *, walks: bool = False) -> InFlow:
    """Returns the position at another view, without a half-made choice."""
    return with_(replace(at, view=view), gathered=None, found=[], walks=walks)


def onward(at: InFlow) -> InFlow:
    """Returns the position after a part: the next step for a person who goes step by step, otherwise the overview."""
    walks = bool(at.held["walks"])
    view = "places" if at.view == "region" else at.view
    after = WALK[WALK.index(view) + 1] if walks and view in WALK else "review"
    return at_view(at, after, walks=walks and after != "review")


def before(at: InFlow) -> str:
    """Returns the view before this one."""
    if not at.held["walks"]:
        return "review"
    return "start" if at.view == WALK[0] else WALK[WALK.index(at.view) - 1] if at.view in WALK else "review"


def ways_on(at: InFlow) -> tuple[tuple[Button, ...], ...]:
    """Returns the buttons that leave a part without choosing."""
    # Translators: a button: no filter by this; any theme, place or group will do.
    return ((Button(_("Any"), "clear"),), (Button(_("‹ Back"), "to", before(at)), STOP))


def home_of(context: Context) -> str:
    """Returns the municipality of the person's organisation or library."""
    own = context.find.partners.own()
    return (own.municipality if own else "") or context.find.subscriptions.home()


def served(place: str, context: Context) -> tuple[str, ...]:
    """Returns the place, and the municipality whose library serves it if it has none."""
    near = context.registers.served_from(place)
    return (place, near) if near else (place,)


def served_note(place: str, context: Context) -> tuple[Line, ...]:
    """Returns a line that says that a neighbouring municipality was added, if one was."""
    near = context.registers.served_from(place)
    if not near:
        return ()
    name = context.registers.municipality_name(near)
    return (note(_("That municipality has no library of its own. The nearest one is chosen too: {name}", name=name)),)
