"""What a conversation may look up about events and study visits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from conversations.model.events.event import LibraryEvent
from conversations.model.events.seats import Guest, Seats
from conversations.model.events.visits import VisitWish
from conversations.model.initiatives import Initiative


class EventsLookup(Protocol):
    """What may be looked up about events. No method changes anything."""

    def one(self, event: str) -> LibraryEvent | None:
        """Returns the event as readers see it, locked against other changes until the turn ends; None if it was never
        published.
        """
        ...

    def draft(self, event: str) -> LibraryEvent | None:
        """Returns the event as its organiser has it before them, with changes that are not published yet."""
        ...

    def coming(self) -> Sequence[LibraryEvent]:
        """Returns the published events that are not over, the next first."""
        ...

    def told_of(self, start: datetime, end: datetime) -> Sequence[LibraryEvent]:
        """Returns the events of which it was told from `start` up to, not including, `end`, what came of them."""
        ...

    def posted(self) -> Sequence[LibraryEvent]:
        """Returns the drafts and events of this person, the latest first."""
        ...

    def held(self, event: str) -> bool:
        """Returns whether the draft has changes that readers do not see yet."""
        ...

    def seats(self, event: str) -> Seats:
        """Returns the places of an event."""
        ...

    def going(self) -> frozenset[str]:
        """Returns the events for which this person has a place or waits for one."""
        ...

    def guests(self, event: str) -> Sequence[Guest]:
        """Returns who comes and who waits, by their turn; those who come first."""
        ...

    def reach(self, event: str) -> int:
        """Returns how many people would be told of the draft if it were published now."""
        ...

    def speakers(self, event: str) -> Sequence[Initiative]:
        """Returns initiatives whose authors offered to speak, on the themes and in the country of the draft: the newest
        first, of different libraries.
        """
        ...

    def wishes(self) -> Sequence[VisitWish]:
        """Returns this person's wishes for study visits: hosts first."""
        ...
