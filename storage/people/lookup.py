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
        """The invitation with this code if it can be used now. Nobody else can use it until the turn is over."""
        return self._invitations.by_code(code, self._now)

    def followed(self, code: str) -> str | None:
        """The role to which this person has followed the invitation with this code, whether it is open or not."""
        return self._invitations.followed(code, self._person)

    def tries(self, now: datetime) -> int:
        """How often this person tried codes in the hour before `now`."""
        return self._invitations.tries(self._person, now)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """The invitations that can be used, the last made first."""
        return self._invitations.open_at(now)

    def members(self, role: Role) -> Sequence[Member]:
        """Everybody with that role, those who came first first."""
        return self._members.with_role(role)

    def awaits_owner(self) -> bool:
        """Whether the bot has been offered to a first owner, and nobody owns it yet."""
        return not self._members.has_owner() and self._invitations.made_for("owner")

    def member(self, person: int) -> Member | None:
        """The person of that id; with an empty name where they have no role."""
        return self._members.member(person)

    def done(self, page: int, size: int) -> Sequence[Done]:
        """A page of the audit trail, the latest first, and one entry more than `size` where it goes on."""
        return self._audit.page(page * size, size + 1)
