"""People with roles, their organisations, and the audit trail."""

from datetime import datetime
from functools import cached_property

from conversations.model.people.members import PeopleLookup
from conversations.model.people.organisations import PartnersLookup
from storage.engine.transaction import Transaction
from storage.people.audit import Audit
from storage.people.invitations import Invitations
from storage.people.keeper import PeopleKeeper, RolesKeeper
from storage.people.lookup import StoredPeople
from storage.people.members import Members
from storage.people.organisations import Organisations, StoredPartners
from storage.people.people import People


class PeopleRepositories(Transaction):
    """People with roles, their organisations, and the audit trail."""

    @cached_property
    def people(self) -> People:
        """Everybody who has written to the bot."""
        return People(self._connection)

    @cached_property
    def members(self) -> Members:
        """People with roles."""
        return Members(self._connection)

    @cached_property
    def invitations(self) -> Invitations:
        """Invitations to roles."""
        return Invitations(self._connection)

    @cached_property
    def organisations(self) -> Organisations:
        """The organisations of partners."""
        return Organisations(self._connection)

    @cached_property
    def audit(self) -> Audit:
        """Who changed what, and when."""
        return Audit(self._connection)

    def people_lookup(self, person: int, now: datetime) -> PeopleLookup:
        """Returns what that person may look up about people with roles at `now`."""
        return StoredPeople(person, self.members, self.invitations, self.audit, now)

    def partners_lookup(self, person: int) -> PartnersLookup:
        """Returns what that person may look up about the organisations of partners."""
        return StoredPartners(self.organisations, person)

    def people_keeper(self, person: int) -> PeopleKeeper:
        """Stores what that person chooses for themselves."""
        return PeopleKeeper(self.people, person)

    def roles_keeper(self, person: int | None, now: datetime) -> RolesKeeper:
        """Stores what that person (None: the bot itself) does about roles."""
        return RolesKeeper(self.members, self.invitations, self.organisations, self.audit, person, now)
