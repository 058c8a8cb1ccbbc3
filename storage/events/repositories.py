"""Events, their places, and wishes for study visits."""

from datetime import datetime
from functools import cached_property

from conversations.model.events.looking import EventsLookup
from storage.events.events import Events
from storage.events.keeper import EventsKeeper
from storage.events.lookup import StoredEvents
from storage.events.reach import EventReach
from storage.events.sign_ups import SignUps
from storage.events.visits import Visits
from storage.people.repositories import PeopleRepositories


class EventRepositories(PeopleRepositories):
    """Events, their places, and wishes for study visits."""

    @cached_property
    def events(self) -> Events:
        """What organisers post."""
        return Events(self._connection)

    @cached_property
    def sign_ups(self) -> SignUps:
        """Who comes, and who waits for a place."""
        return SignUps(self._connection)

    @cached_property
    def event_reach(self) -> EventReach:
        """Whom events concern."""
        return EventReach(self._connection)

    @cached_property
    def visits(self) -> Visits:
        """Wishes for study visits."""
        return Visits(self._connection)

    def events_lookup(self, person: int, now: datetime) -> EventsLookup:
        """Returns what that person may look up about events at `now`."""
        return StoredEvents(self.events, self.sign_ups, self.event_reach, self.visits, person, now)

    def events_keeper(self, person: int, now: datetime) -> EventsKeeper:
        """Stores what that person does about events."""
        return EventsKeeper(self.events, self.sign_ups, self.visits, self.audit, person, now)
