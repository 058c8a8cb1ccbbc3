"""What organisers do with events, and others with their places and wishes for study visits."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from conversations.model.events.event import LibraryEvent
from conversations.model.events.seats import SignUpState
from conversations.model.events.visits import VisitRole, VisitWish


@dataclass(frozen=True, slots=True)
class EventStarted:
    """An organiser began an event, which nobody else sees before it is published."""

    draft: LibraryEvent


@dataclass(frozen=True, slots=True)
class EventChanged:
    """An organiser set the field `what` (one of event.CHANGEABLE) of the draft to `value`."""

    event: str
    what: str
    value: Any


@dataclass(frozen=True, slots=True)
class EventPublished:
    """An organiser published the draft, for the first time or with changes."""

    event: str


@dataclass(frozen=True, slots=True)
class EventDropped:
    """An organiser threw the unpublished draft or its changes away."""

    event: str


@dataclass(frozen=True, slots=True)
class EventCancelled:
    """An organiser cancelled the event."""

    event: str


@dataclass(frozen=True, slots=True)
class SignedUp:
    """The person got a place, or one on the waiting list."""

    event: str
    state: SignUpState


@dataclass(frozen=True, slots=True)
class SignUpNamed:
    """The person told the organiser their name."""

    event: str
    name: str


@dataclass(frozen=True, slots=True)
class SignUpWithdrawn:
    """The person does not come after all; the one who has waited longest gets the place."""

    event: str


@dataclass(frozen=True, slots=True)
class EventToldOf:
    """The organiser told what came of the event."""

    event: str
    words: str


@dataclass(frozen=True, slots=True)
class VisitWished:
    """The person wishes to receive or to make study visits; it replaces their earlier wish of that role."""

    wish: VisitWish


@dataclass(frozen=True, slots=True)
class VisitWishEnded:
    """The person no longer has that wish."""

    role: VisitRole


AboutEvents: TypeAlias = (
    EventStarted
    | EventChanged
    | EventPublished
    | EventDropped
    | EventCancelled
    | SignedUp
    | SignUpNamed
    | SignUpWithdrawn
    | EventToldOf
    | VisitWished
    | VisitWishEnded
)
