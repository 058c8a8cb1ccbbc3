"""Events in memory; the memories of several people share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from conversations.model.events.event import LibraryEvent, changed, content_of, published, with_content
from conversations.model.events.seats import Guest, Seats, SignUp, next_up
from conversations.model.events.visits import VisitRole, VisitWish
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import (
    AboutEvents,
    EventCancelled,
    EventChanged,
    EventDropped,
    EventPublished,
    EventStarted,
    EventToldOf,
    SignedUp,
    SignUpNamed,
    SignUpWithdrawn,
    VisitWished,
    VisitWishEnded,
)

NOBODY = Guest("", "", "", "", "coming")


@dataclass(slots=True)
class EventsInMemory:
    """The events (the protocol `EventsLookup`), as the person `reader` may look them up.

    Whom an event would reach, who offered to speak, and the libraries of guests are set from outside.
    """

    reader: int = 0
    drafts: dict[str, LibraryEvent] = field(default_factory=dict)
    seen: dict[str, LibraryEvent] = field(default_factory=dict)
    places: dict[tuple[str, int], SignUp] = field(default_factory=dict)
    visits: dict[tuple[int, VisitRole], VisitWish] = field(default_factory=dict)
    reached: dict[str, int] = field(default_factory=dict)
    told: dict[str, datetime] = field(default_factory=dict)
    offered: dict[str, Sequence[Initiative]] = field(default_factory=dict)
    libraries: dict[int, Guest] = field(default_factory=dict)
    now: datetime | None = None

    def keep(self, outcome: AboutEvents, now: datetime) -> None:
        """Stores the outcome of a turn."""
        match outcome:
            case EventStarted(draft):
                self.drafts[draft.id] = draft
            case EventChanged(event, what, value):
                self.drafts[event] = changed(self.drafts[event], what, value)
            case EventPublished(event):
                draft = self.drafts[event]
                if draft.when and (event not in self.seen or self.seen[event].status != "cancelled"):
                    self._set(published(self.seen.get(event), draft, now))
                    self._fill(event)
            case EventDropped(event):
                draft = self.drafts.pop(event)
                if event in self.seen:
                    self.drafts[event] = with_content(draft, content_of(self.seen[event]))
            case EventCancelled(event):
                found = self.seen[event]
                if found.status == "published":
                    self._set(replace(found, status="cancelled", sequence=found.sequence + 1, changed_at=now))
            case EventToldOf(event, words):
                self._set(replace(self.seen[event], came_of=words))
                self.told[event] = now
            case SignedUp(event, state):
                number = 1 + max((each.number for each in self._of(event)), default=0)
                before = self.places.get((event, self.reader))
                self.places[event, self.reader] = SignUp(
                    event,
                    self.reader,
                    state,
                    number,
                    sequence=self.seen[event].sequence,
                    name=before.name if before else "",
                )
            case SignUpNamed(event, name):
                self.places[event, self.reader] = replace(self.places[event, self.reader], name=name)
            case SignUpWithdrawn(event):
                gone = replace(self.places[event, self.reader], state="withdrawn", promoted=False, name="")
                self.places[event, self.reader] = gone
                if self.seen[event].takes(now):
                    self._fill(event)
            case VisitWished(wish):
                self.visits[wish.person, wish.role] = wish
            case VisitWishEnded(role):
                self.visits.pop((self.reader, role), None)
            case _:
                assert_never(outcome)

    def _set(self, event: LibraryEvent) -> None:
        """Stores what readers see, and what of it the draft shares."""
        self.seen[event.id] = event
        self.drafts[event.id] = with_content(event, content_of(self.drafts[event.id]))

    def _of(self, event: str) -> list[SignUp]:
        return sorted(
            (each for each in self.places.values() if each.event == event), key=lambda each: (each.state, each.number)
        )

    def _fill(self, event: str) -> None:
        waiting = [each for each in self._of(event) if each.state == "waiting"]
        for each in next_up(self.seen[event].places, self.seats(event).coming, waiting):
            self.places[event, each.person] = replace(each, state="coming", promoted=True)

    def one(self, event: str) -> LibraryEvent | None:
        """Returns the event as readers see it; None if it was never published."""
        return self.seen.get(event)

    def draft(self, event: str) -> LibraryEvent | None:
        """Returns the event as its organiser has it before them."""
        return self.drafts.get(event)

    def coming(self) -> Sequence[LibraryEvent]:
        """Returns the published events that are not over, the next first."""
        now = self.now
        found = [each for each in self._published() if now is None or not each.is_over(now)]
        return sorted(found, key=lambda each: (each.when.starts_at(each.zone) if each.when else now, each.id))

    def told_of(self, start: datetime, end: datetime) -> Sequence[LibraryEvent]:
        """Returns the events of which it was told from `start` up to, not including, `end`, what came of them."""
        told = sorted((at, this) for this, at in self.told.items() if start <= at < end)
        return [self.seen[this] for _at, this in told]

    def _published(self) -> list[LibraryEvent]:
        return [each for each in self.seen.values() if each.status == "published"]

    def posted(self) -> Sequence[LibraryEvent]:
        """Returns the drafts and events of this person, the latest first."""
        return [each for each in reversed(self.drafts.values()) if each.organiser == self.reader]

    def held(self, event: str) -> bool:
        """Returns whether the draft has changes that readers do not see yet."""
        return event in self.seen and content_of(self.drafts[event]) != content_of(self.seen[event])

    def seats(self, event: str) -> Seats:
        """Returns the places of an event."""
        states = [each.state for each in self._of(event)]
        return Seats(states.count("coming"), states.count("waiting"), self.places.get((event, self.reader)))

    def going(self) -> frozenset[str]:
        """Returns the events for which this person has a place or waits for one."""
        return frozenset(
            each.event for each in self.places.values() if each.person == self.reader and each.state != "withdrawn"
        )

    def guests(self, event: str) -> Sequence[Guest]:
        """Returns who comes and who waits, by their turn; those who come first."""
        there = (each for each in self._of(event) if each.state != "withdrawn")
        return [replace(self.libraries.get(each.person, NOBODY), name=each.name, state=each.state) for each in there]

    def reach(self, event: str) -> int:
        """Returns how many people would be told of the draft if it were published now."""
        return self.reached.get(event, 0)

    def speakers(self, event: str) -> Sequence[Initiative]:
        """Returns initiatives whose authors offered to speak on its themes and in its country, newest first."""
        return self.offered.get(event, ())

    def wishes(self) -> Sequence[VisitWish]:
        """Returns this person's wishes for study visits: hosts first."""
        return [self.visits[self.reader, role] for role in ("host", "guest") if (self.reader, role) in self.visits]
