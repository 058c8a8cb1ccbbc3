"""The organisations that people say they are from: one for each person, and whether it is confirmed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

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
_FORGET = delete(organisations).where(organisations.c.person_id == bindparam("person"))
_ADD = insert(organisations)
_OWN = select(*_COLUMNS).where(organisations.c.person_id == bindparam("person"))

# Locked, so that of two coordinators who decide at once the second sees what the first has decided.
_ONE = select(*_COLUMNS).where(organisations.c.id == bindparam("this")).with_for_update()
_WAITING = select(*_COLUMNS).where(organisations.c.state == "waiting").order_by(organisations.c.since)
_OF_PARTNERS = (
    select(*_COLUMNS)
    .join(people, people.c.id == organisations.c.person_id)
    .where(organisations.c.state == "confirmed", HAS_ROLE)
    .order_by(organisations.c.since)
)
_OF_PARTNER = _OF_PARTNERS.where(people.c.id == bindparam("person"))
_DECIDE = (
    update(organisations)
    .where(organisations.c.id == bindparam("this"), organisations.c.state == "waiting")
    .values(state=bindparam("new_state"))
)
_JOINED = (
    update(organisations)
    .where(organisations.c.person_id == bindparam("person"), organisations.c.state == "waiting")
    .values(state="confirmed")
)
_LIBRARY = select(people.c.library).where(people.c.id == bindparam("person"), IN_NETWORK)
_PARTNER = {"like": '%"partner"%'}


class Organisations:
    """The organisations, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def register(self, organisation: Organisation, now: datetime) -> None:
        """The person is from that one from now on, and from no other."""
        self._connection.execute(_FORGET, {"person": organisation.person})
        self._connection.execute(
            _ADD,
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
        """What that person last registered."""
        return self._first(_OWN, {"person": person})

    def registered(self, this: str) -> Organisation | None:
        """That registration, locked until the transaction ends; None: there is none, or a later one instead."""
        return self._first(_ONE, {"this": this})

    def waiting(self) -> list[Organisation]:
        """Those that wait to be confirmed, the longest first."""
        return [_organisation(row) for row in self._connection.execute(_WAITING)]

    def of_partners(self) -> list[Organisation]:
        """Those that are confirmed, of people who are partners now."""
        return [_organisation(row) for row in self._connection.execute(_OF_PARTNERS, _PARTNER)]

    def of_partner(self, person: int) -> Organisation | None:
        """The confirmed one of that person, if they are a partner now."""
        return self._first(_OF_PARTNER, {"person": person, **_PARTNER})

    def decide(self, this: str, state: Confirmation) -> bool:
        """Confirm or decline it; False: it waits no more."""
        return bool(self._connection.execute(_DECIDE, {"this": this, "new_state": state}).rowcount)

    def joined(self, person: int) -> None:
        """The person followed an invitation for partners, which confirms what they registered before."""
        self._connection.execute(_JOINED, {"person": person})

    def side(self, person: int) -> Side | None:
        """How the person appears to others; None: as nobody yet."""
        if found := self.of_partner(person):
            return Side(found.kind, found.name, _place(found.municipality))
        library = self._connection.scalar(_LIBRARY, {"person": person})
        if not library:
            return None
        return Side("library", str(library["name"]), written_for(library).place)

    def _first(self, statement: Any, values: dict[str, Any]) -> Organisation | None:
        for row in self._connection.execute(statement, values):
            return _organisation(row)
        return None


class StoredPartners:
    """The `PartnersLookup` of one person, in one transaction."""

    def __init__(self, organisations: Organisations, person: int) -> None:
        self._organisations = organisations
        self._person = person

    def own(self) -> Organisation | None:
        """What this person last registered, whatever came of it."""
        return self._organisations.of(self._person)

    def registered(self, this: str) -> Organisation | None:
        """That registration, if it is still the person's last. Nobody else can decide on it until the turn is over."""
        return self._organisations.registered(this)

    def waiting(self) -> Sequence[Organisation]:
        """Those that no coordinator has decided on, the longest waiting first."""
        return self._organisations.waiting()

    def confirmed(self) -> Sequence[Organisation]:
        """Those of partners now."""
        return self._organisations.of_partners()

    def side(self, person: int) -> Side | None:
        """How that person appears to others: by a confirmed organisation, or else the library of published reports."""
        return self._organisations.side(person)


def _organisation(row: Sequence[Any]) -> Organisation:
    return Organisation(*row)


def _place(key: str) -> str:
    country, _dash, code = key.partition("-")
    found = registers.municipality(country, code)
    return found.name if found else ""
