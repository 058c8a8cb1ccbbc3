"""The organisations of people: one for each person, and whether a coordinator has confirmed it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from conversations.model.people.organisations import Confirmation, Organisation, Side
from storage import registers
from storage.models import organisations, people
from storage.people.members import HAS_ROLE
from storage.people.network import IN_NETWORK
from storage.registers.written_for import written_for

_COLUMNS = (
    organisations.c.id,
    organisations.c.person_id,
    organisations.c.kind,
    organisations.c.name,
    organisations.c.municipality,
    organisations.c.state,
)

_OF_PARTNERS = (
    select(*_COLUMNS)
    .join(people, people.c.id == organisations.c.person_id)
    .where(organisations.c.state == "confirmed", HAS_ROLE)
    .order_by(organisations.c.since)
)
_PARTNER = {"like": '%"partner"%'}


class Organisations:
    """The organisations, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def register(self, organisation: Organisation, now: datetime) -> None:
        """Store the person's organisation; it replaces an earlier one."""
        self._connection.execute(delete(organisations).where(organisations.c.person_id == organisation.person))
        self._connection.execute(
            insert(organisations),
            {
                "person_id": organisation.person,
                "id": organisation.id,
                "kind": organisation.kind,
                "name": organisation.name,
                "municipality": organisation.municipality,
                "state": organisation.state,
                "since": now,
            },
        )

    def of(self, person: int) -> Organisation | None:
        """Returns the organisation that the person last registered."""
        return self._first(select(*_COLUMNS).where(organisations.c.person_id == person))

    def registered(self, this: str) -> Organisation | None:
        """Returns the registration with that id, locked until the transaction ends; None: there is none, or it was
        replaced.
        """
        # Locked: if two coordinators decide at once, the second sees the decision of the first.
        return self._first(select(*_COLUMNS).where(organisations.c.id == this).with_for_update())

    def waiting(self) -> list[Organisation]:
        """Returns the registrations that wait for a decision, longest waiting first."""
        query = select(*_COLUMNS).where(organisations.c.state == "waiting").order_by(organisations.c.since)
        return [_organisation(row) for row in self._connection.execute(query)]

    def of_partners(self) -> list[Organisation]:
        """Returns the confirmed organisations of people who are partners now."""
        return [_organisation(row) for row in self._connection.execute(_OF_PARTNERS, _PARTNER)]

    def of_partner(self, person: int) -> Organisation | None:
        """Returns the confirmed organisation of that person, if they are a partner now."""
        return self._first(_OF_PARTNERS.where(people.c.id == person), _PARTNER)

    def decide(self, this: str, state: Confirmation) -> bool:
        """Confirm or decline the registration; False: it is no longer waiting."""
        change = (
            update(organisations)
            .where(organisations.c.id == this, organisations.c.state == "waiting")
            .values(state=state)
        )
        return bool(self._connection.execute(change).rowcount)

    def joined(self, person: int) -> None:
        """Confirm what the person registered before, because they followed an invitation for partners."""
        self._connection.execute(
            update(organisations)
            .where(organisations.c.person_id == person, organisations.c.state == "waiting")
            .values(state="confirmed")
        )

    def side(self, person: int) -> Side | None:
        """Returns how the person appears to others in a match proposal; None: not yet known."""
        if found := self.of_partner(person):
            return Side(found.kind, found.name, _place(found.municipality))
        library = self._connection.scalar(select(people.c.library).where(people.c.id == person, IN_NETWORK))
        if not library:
            return None
        return Side("library", str(library["name"]), written_for(library).place)

    def _first(self, query: Select[*tuple[Any, ...]], values: Mapping[str, Any] | None = None) -> Organisation | None:
        for row in self._connection.execute(query, values):
            return _organisation(row)
        return None


class StoredPartners:
    """The `PartnersLookup` of one person, in one transaction."""

    def __init__(self, organisations: Organisations, person: int) -> None:
        self._organisations = organisations
        self._person = person

    def own(self) -> Organisation | None:
        """Returns the organisation that this person last registered, confirmed or not."""
        return self._organisations.of(self._person)

    def registered(self, this: str) -> Organisation | None:
        """Returns the registration with that id if it is still the person's last, locked until the turn is over."""
        return self._organisations.registered(this)

    def waiting(self) -> Sequence[Organisation]:
        """Returns the registrations that wait for a decision, longest waiting first."""
        return self._organisations.waiting()

    def confirmed(self) -> Sequence[Organisation]:
        """Returns the confirmed organisations of current partners."""
        return self._organisations.of_partners()

    def side(self, person: int) -> Side | None:
        """Returns how that person appears to others: a confirmed organisation, otherwise the library of published
        reports.
        """
        return self._organisations.side(person)


def _organisation(row: Sequence[Any]) -> Organisation:
    return Organisation(*row)


def _place(key: str) -> str:
    country, _dash, code = key.partition("-")
    found = registers.municipality(country, code)
    return found.name if found else ""
