"""What a conversation may look up in the database about people with roles."""

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
        """Returns the invitation with this code if it can be used now, locked until the turn is over."""
        return self._invitations.by_code(code, self._now)

    def followed(self, code: str) -> str | None:
        """Returns the role this person got by the invitation with this code, open or not; None: none."""
        return self._invitations.followed(code, self._person)

    def tries(self, now: datetime) -> int:
        """Returns how many invalid codes this person tried in the hour before `now`."""
        return self._invitations.tries(self._person, now)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """Returns the open invitations, newest first."""
        return self._invitations.open_at(now)

    def members(self, role: Role) -> Sequence[Member]:
        """Returns everybody with that role, in the order in which they came."""
        return self._members.with_role(role)

    def awaits_owner(self) -> bool:
        """Returns whether a first-owner invitation exists and the bot has no owner yet."""
        return not self._members.has_owner() and self._invitations.made_for("owner")

    def member(self, person: int) -> Member | None:
        """Returns the person with that id; the name is empty if they have no role."""
        return self._members.member(person)

    def done(self, page: int, size: int) -> Sequence[Done]:
        """Returns a page of the audit trail, latest first, with one entry more than `size` if there is a next page."""
        return self._audit.page(page * size, size + 1)
