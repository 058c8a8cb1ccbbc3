"""People with roles in memory; the memories of several people may share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from conversations.model.outcomes import (
    CodeTried,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    Outcome,
    RolesChanged,
)
from conversations.model.people.members import Done, Invitation, Member
from conversations.model.people.permissions import Role
from conversations.model.people.person import Person


@dataclass(slots=True)
class PeopleInMemory:
    """The people with roles (the protocol `PeopleLookup`)."""

    known: dict[int, Member] = field(default_factory=dict)
    made: dict[str, Invitation] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    tried: list[tuple[int, datetime]] = field(default_factory=list)
    used: dict[tuple[int, str], str] = field(default_factory=dict)
    trail: list[Done] = field(default_factory=list)
    reader: int = 0
    now: datetime | None = None

    def keep(self, person: Person, outcome: Outcome, now: datetime) -> None:
        """Stores what follows from an outcome of `person`."""
        match outcome:
            case InvitationMade(this, code, role, uses, expires_at):
                self.made[this] = Invitation(this, role, uses, 0, expires_at)
                self.codes[code] = this
            case InvitationRevoked(this):
                self.made.pop(this, None)
            case CodeTried():
                self.tried.append((person.id, now))
            case InvitationUsed(this, role):
                self.used[person.id, this] = role
                self.made[this] = replace(self.made[this], used=self.made[this].used + 1)
                self._be(person.id, (person.roles | {role}) - {"librarian"})  # everybody is a librarian
            case RolesChanged(who, roles):
                self._be(who, roles)
            case _:
                pass

    def _be(self, person: int, roles: frozenset[str]) -> None:
        known = self.known.get(person, Member(person, "", frozenset()))
        self.known[person] = replace(known, roles=roles)

    def invitation(self, code: str) -> Invitation | None:
        """Returns the invitation with this code if it can be used now, locked until the turn ends."""
        found = self.made.get(self.codes.get(code, ""))
        return found if found and found.used < found.uses and not self._over(found) else None

    def _over(self, invitation: Invitation) -> bool:
        return self.now is not None and invitation.expires_at <= self.now

    def followed(self, code: str) -> str | None:
        """Returns the role of the invitation with this code, open or not, if this person has used it."""
        return self.used.get((self.reader, self.codes.get(code, "")))

    def tries(self, now: datetime) -> int:
        """Returns how many wrong codes this person tried in the hour before `now`."""
        return sum(who == self.reader and at > now - timedelta(hours=1) for who, at in self.tried)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """Returns the invitations that can be used, the newest first."""
        return [each for each in reversed(self.made.values()) if each.used < each.uses and each.expires_at > now]

    def members(self, role: Role) -> Sequence[Member]:
        """Returns everybody with that role, in the order in which they came."""
        return [member for member in self.known.values() if role in member.roles]

    def awaits_owner(self) -> bool:
        """Returns whether the bot waits for its first owner."""
        offered = any(each.role == "owner" for each in self.made.values())
        return offered and not self.members("owner")

    def member(self, person: int) -> Member | None:
        """Returns the person with this id, with an empty name if they have no role."""
        return self.known.get(person)

    def done(self, page: int, size: int) -> Sequence[Done]:
        """Returns a page of the audit trail, the latest first, and one entry more than `size` if there are more."""
        return self.trail[::-1][page * size : (page + 1) * size + 1]
