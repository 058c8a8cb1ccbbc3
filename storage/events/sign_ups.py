"""Sign-ups: who has a place at an event, and who waits for one.

Every change of the places of an event needs its row locked (`Events.locked`), so that no place is given twice.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from conversations.model.events.seats import Guest, Seats, SignUp, SignUpState, next_up
from storage.models import events, people, sign_ups
from storage.registers.written_for import written_for

_COLUMNS = (
    sign_ups.c.event_id,
    sign_ups.c.person_id,
    sign_ups.c.state,
    sign_ups.c.number,
    sign_ups.c.promoted,
    sign_ups.c.sequence,
    sign_ups.c.name,
)

# Nobody is kept waiting by a person whom the bot cannot tell that there is a place.
_REACHED = and_(people.c.id == sign_ups.c.person_id, people.c.stopped_at.is_(None))


class SignUps:
    """The sign-ups, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, event: str, person: int) -> SignUp | None:
        """Returns the sign-up of that person, also one that was withdrawn."""
        query = select(*_COLUMNS).where(sign_ups.c.event_id == event, sign_ups.c.person_id == person)
        for row in self._connection.execute(query):
            return _sign_up(row)
        return None

    def seats(self, event: str, person: int) -> Seats:
        """Returns how many come and wait, and the sign-up of that person."""
        return Seats(self._coming(event), len(self._waiting(event)), self.of(event, person))

    def going(self, person: int) -> frozenset[str]:
        """Returns the events for which that person has a place or waits."""
        query = select(sign_ups.c.event_id).where(
            sign_ups.c.person_id == person, sign_ups.c.state.in_(("coming", "waiting"))
        )
        return frozenset(self._connection.scalars(query))

    def add(self, event: str, person: int, state: SignUpState, sequence: int, now: datetime) -> None:
        """Store that the person signed up, with the next number; one who withdrew begins anew."""
        number = self._connection.scalar(
            select(func.coalesce(func.max(sign_ups.c.number), 0) + 1).where(sign_ups.c.event_id == event)
        )
        values = {"state": state, "number": number, "promoted": False, "sequence": sequence, "at": now}
        if self.of(event, person) is None:
            this = {"event_id": event, "person_id": person, "name": ""}
            self._connection.execute(insert(sign_ups), {**this, **values})
        else:
            self._set(event, person, values)

    def set_name(self, event: str, person: int, name: str) -> None:
        """Store what the organiser reads of the person."""
        self._set(event, person, {"name": name})

    def withdraw(self, event: str, person: int) -> None:
        """Give the person's place back; their name goes with it."""
        self._set(event, person, {"state": "withdrawn", "promoted": False, "name": ""})

    def fill(self, event: str, places: int | None) -> list[SignUp]:
        """Give free places to those who wait longest; returns them."""
        found = next_up(places, self._coming(event), self._waiting(event))
        for each in found:
            self._set(event, each.person, {"state": "coming", "promoted": True})
        return found

    def of_person(self, person: int) -> list[str]:
        """Returns the published events in which that person has a place, in the order in which rows are locked."""
        query = (
            select(sign_ups.c.event_id)
            .join(events, events.c.id == sign_ups.c.event_id)
            .where(sign_ups.c.person_id == person, sign_ups.c.state == "coming", events.c.status == "published")
            .order_by(sign_ups.c.event_id)
        )
        return list(self._connection.scalars(query))

    def guests(self, event: str) -> list[Guest]:
        """Returns who comes and who waits, those who come first, each by their turn."""
        query = (
            select(sign_ups.c.name, people.c.library, sign_ups.c.state)
            .join(people, people.c.id == sign_ups.c.person_id)
            .where(sign_ups.c.event_id == event, sign_ups.c.state.in_(("coming", "waiting")))
            .order_by(sign_ups.c.state, sign_ups.c.number)
        )
        return [_guest(*row) for row in self._connection.execute(query)]

    def _coming(self, event: str) -> int:
        query = select(func.count()).where(sign_ups.c.event_id == event, sign_ups.c.state == "coming")
        return self._connection.scalar(query) or 0

    def _waiting(self, event: str) -> list[SignUp]:
        query = (
            select(*_COLUMNS)
            .join(people, _REACHED)
            .where(sign_ups.c.event_id == event, sign_ups.c.state == "waiting")
            .order_by(sign_ups.c.number)
        )
        return [_sign_up(row) for row in self._connection.execute(query)]

    def _set(self, event: str, person: int, values: Mapping[str, Any]) -> None:
        self._connection.execute(
            update(sign_ups).where(sign_ups.c.event_id == event, sign_ups.c.person_id == person).values(values)
        )


def _sign_up(row: Sequence[Any]) -> SignUp:
    return SignUp(*row)


def _guest(name: str, library: Mapping[str, Any] | None, state: SignUpState) -> Guest:
    if not library:
        return Guest(name, "", "", "", state)
    known = written_for(library)
    return Guest(name, known.name, known.place, known.country, state)
