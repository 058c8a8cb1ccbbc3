"""Stores the outcomes about events; the audit trail has what organisers do, but not who comes."""

from datetime import datetime
from typing import assert_never

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
from storage.events.events import Events
from storage.events.sign_ups import SignUps
from storage.events.visits import Visits
from storage.people.audit import Audit, Entry


class EventsKeeper:
    """Stores what `person` did about events in one turn."""

    def __init__(
        self, events: Events, sign_ups: SignUps, visits: Visits, audit: Audit, person: int, now: datetime
    ) -> None:
        self._events = events
        self._sign_ups = sign_ups
        self._visits = visits
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutEvents) -> None:
        """Store `outcome`."""
        match outcome:
            case EventStarted(draft):
                self._events.start(draft, self._now)
                self._note("event started", draft.id, None, new=draft.kind)
            case EventChanged(event, what, value):
                before = self._events.change(outcome)
                self._note("event changed", event, what, old=before, new=value)
            case EventPublished(event):
                if found := self._events.publish(event, self._now):
                    self._sign_ups.fill(event, found.places)
                    self._note("event published", event, None, new=found.sequence)
            case EventDropped(event):
                self._events.drop(event)
            case EventCancelled(event):
                if self._events.cancel(event, self._now):
                    self._note("event cancelled", event, None)
            case EventToldOf(event, words):
                self._events.tell_of(event, words, self._now)
                self._note("event told of", event, None)
            case SignedUp(event, state):
                if found := self._events.locked(event):
                    self._sign_ups.add(event, self._person, state, found.sequence, self._now)
            case SignUpNamed(event, name):
                self._sign_ups.set_name(event, self._person, name)
            case SignUpWithdrawn(event):
                if found := self._events.locked(event):
                    self._sign_ups.withdraw(event, self._person)
                    if found.takes(self._now):
                        self._sign_ups.fill(event, found.places)
            case VisitWished(wish):
                self._visits.keep(wish, self._now)
            case VisitWishEnded(role):
                self._visits.end(self._person, role)
            case _:
                assert_never(outcome)

    def _note(self, action: str, event: str, what: str | None, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, what, old, new), subject=event)
