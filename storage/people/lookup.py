"""What a conversation may look up about people with roles, out of the database."""

from collections.abc import Sequence
from datetime import datetime

from conversations.model.people.members import Done, Invitation, Member
from conversations.model.people.permissions import Role
from storage.people.audit import Audit
from storage.people.invitations import Invitations
from storage.people.members import Members


class StoredPeople:
    """The `PeopleLookup` of one person at `now`, in one transaction."""

    def __init__(self, person: int, members: Members, invitations: Invitations, audit: Audit, now: datetime) -> None:
        self._person = person
        self._members = members
        self._invitations = invitations
        self._audit = audit
        self._now = now

    def invitation(self, code: str) -> Invitation | None:
        """As `PeopleLookup.invitation`."""
        return self._invitations.by_code(code, self._now)

    def followed(self, code: str) -> str | None:
        """As `PeopleLookup.followed`."""
        return self._invitations.followed(code, self._person)

    def tries(self, now: datetime) -> int:
        """As `PeopleLookup.tries`."""
        return self._invitations.tries(self._person, now)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """As `PeopleLookup.invitations`."""
        return self._invitations.open_at(now)

    def members(self, role: Role) -> Sequence[Member]:
        """As `PeopleLookup.members`."""
        return self._members.with_role(role)

    def awaits_owner(self) -> bool:
        """As `PeopleLookup.awaits_owner`."""
        return not self._members.has_owner() and self._invitations.made_for("owner")

    def member(self, person: int) -> Member | None:
        """As `PeopleLookup.member`."""
        return self._members.member(person)

    def done(self, page: int, size: int) -> Sequence[Done]:
        """As `PeopleLookup.done`."""
        return self._audit.page(page * size, size + 1)
