"""What a flow makes of an event, before it is shown."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.context.session import Filling, InFlow, Notice, Offered, Position
from conversations.language.screen import Line, Screen
from conversations.language.words import Words, _
from conversations.model.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Step:
    """Where the person stands next, and what came of it.

    What is shown is the screen of that position, with `notes` above it; `screen` is shown instead where there is one,
    and nothing at all if `silent`. `toast` is a short word at a press.
    """

    at: Position | None
    notes: tuple[Line, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notices: tuple[Notice, ...] = ()
    screen: Screen | None = None
    toast: Words | None = None
    album: str = ""
    silent: bool = False


WRITTEN_IN = frozenset({"broadcast", "contact", "controller", "correcting", "meeting", "organisation", "subscribing"})
"""Flows that hold what somebody wrote and that is kept nowhere else yet."""


def being_written(at: Position | None) -> Position | None:
    """Where somebody stands who is writing something that they want to come back to; None where they only look."""
    match at:
        case Filling() | Offered() | InFlow("calling", "question"):
            return at
        case InFlow(flow) if flow in WRITTEN_IN:
            return at
        case _:
            return None


Notes: TypeAlias = tuple[Line, ...]

STALE = _("That button is from earlier. This is where you are now.")
"""The word at a press on a button that belongs to something past."""
