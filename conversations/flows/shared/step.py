"""What a flow returns for an event, before the screen is built."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.context.session import Filling, InFlow, Notice, Offered, Position
from conversations.language.screen import Line, Screen
from conversations.language.words import Words, _
from conversations.model.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Step:
    """Where the person stands next, and the outcomes.

    The person is shown the screen of that position with `notes` above it, or `screen` if it is set, or nothing if
    `silent`. `toast` is a short text at the pressed button.
    """

    at: Position | None
    notes: tuple[Line, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    notices: tuple[Notice, ...] = ()
    screen: Screen | None = None
    toast: Words | None = None
    album: str = ""
    silent: bool = False


WRITTEN_IN = frozenset(
    {
        "broadcast",
        "collecting",
        "contact",
        "controller",
        "correcting",
        "expert",
        "meeting",
        "organisation",
        "subscribing",
    }
)
"""Flows that hold text which the person has written and which is not stored anywhere else yet."""


def being_written(at: Position | None) -> Position | None:
    """Returns the position if the person is writing something there that they want to return to; otherwise None."""
    match at:
        case Filling() | Offered() | InFlow("calling", "question") | InFlow("webhooks", "address" | "events"):
            return at
        case InFlow(flow) if flow in WRITTEN_IN:
            return at
        case _:
            return None


Notes: TypeAlias = tuple[Line, ...]

STALE = _("That button is out of date. Here is your current step.")
"""The toast at a button that belongs to an earlier step."""
