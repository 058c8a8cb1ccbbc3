"""What a conversation may look up in the database about events and study visits."""

from collections.abc import Sequence
from datetime import datetime

from conversations.model.events.event import LibraryEvent
from conversations.model.events.seats import Guest, Seats
from conversations.model.events.visits import VisitWish
from conversations.model.initiatives import Initiative
from storage.events.events import Events
from storage.events.reach import EventReach
from storage.events.sign_ups import SignUps
from storage.events.visits import Visits


class StoredEvents:
    """The `EventsLookup` of one person at `now`, in one transaction."""

    def __init__(
        self, events: Events, sign_ups: SignUps, reach: EventReach, visits: Visits, person: int, now: datetime
    ) -> None:
        self._events = events
        self._sign_ups = sign_ups
        self._reach = reach
        self._visits = visits
        self._person = person
        self._now = now

    def one(self, event: str) -> LibraryEvent | None:
        """Returns the event as readers see it, locked until the turn is over; None: it was never published."""
        return self._events.locked(event)

    def draft(self, event: str) -> LibraryEvent | None:
        """Returns the event as its organiser has it before them."""
        return self._events.draft(event)

    def coming(self) -> Sequence[LibraryEvent]:
        """Returns the published events that are not over, the next first."""
        return self._events.coming(self._now)

    def told_of(self, start: datetime, end: datetime) -> Sequence[LibraryEvent]:
        """Returns the events of which it was told from `start` up to, not including, `end`, what came of them."""
        return self._events.told_of(start, end)

    def posted(self) -> Sequence[LibraryEvent]:
        """Returns the drafts and events of this person, the latest first."""
        return self._events.posted_by(self._person)

    def held(self, event: str) -> bool:
        """Returns whether the draft has changes that readers do not see yet."""
        return self._events.held(event)

    def seats(self, event: str) -> Seats:
        """Returns the places of an event."""
        return self._sign_ups.seats(event, self._person)

    def going(self) -> frozenset[str]:
        """Returns the events for which this person has a place or waits for one."""
        return self._sign_ups.going(self._person)

    def guests(self, event: str) -> Sequence[Guest]:
        """Returns who comes and who waits, by their turn; those who come first."""
        return self._sign_ups.guests(event)

    def reach(self, event: str) -> int:
        """Returns how many people would be told of the draft if it were published now."""
        draft = self._events.draft(event)
        return 0 if draft is None else len(self._reach.willing(draft))

    def speakers(self, event: str) -> Sequence[Initiative]:
        """Returns initiatives whose authors offered to speak on its themes and in its country, newest first."""
        draft = self._events.draft(event)
        return [] if draft is None else self._reach.speakers(draft)

    def wishes(self) -> Sequence[VisitWish]:
        """Returns this person's wishes for study visits: hosts first."""
        return self._visits.of(self._person)
