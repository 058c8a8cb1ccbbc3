"""The part of a notebook that keeps people with roles in memory; several notebooks may share it."""

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
    """What is kept of people with roles (the protocol `PeopleLookup`)."""

    known: dict[int, Member] = field(default_factory=dict)
    made: dict[str, Invitation] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    tried: list[tuple[int, datetime]] = field(default_factory=list)
    used: dict[tuple[int, str], str] = field(default_factory=dict)
    trail: list[Done] = field(default_factory=list)
    reader: int = 0
    now: datetime | None = None

    def keep(self, person: Person, outcome: Outcome, now: datetime) -> None:
        """What follows from something `person` did."""
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
                self._be(person.id, (person.roles | {role}) - {"librarian"})  # which everybody is
            case RolesChanged(who, roles):
                self._be(who, roles)
            case _:
                pass

    def _be(self, person: int, roles: frozenset[str]) -> None:
        known = self.known.get(person, Member(person, "", frozenset()))
        self.known[person] = replace(known, roles=roles)

    def invitation(self, code: str) -> Invitation | None:
        """The invitation with this code if it can be used now. Nobody else can use it until the turn is over."""
        found = self.made.get(self.codes.get(code, ""))
        return found if found and found.used < found.uses and not self._over(found) else None

    def _over(self, invitation: Invitation) -> bool:
        return self.now is not None and invitation.expires_at <= self.now

    def followed(self, code: str) -> str | None:
        """The role to which this person has followed the invitation with this code, whether it is open or not."""
        return self.used.get((self.reader, self.codes.get(code, "")))

    def tries(self, now: datetime) -> int:
        """How often this person tried codes in the hour before `now`."""
        return sum(who == self.reader and at > now - timedelta(hours=1) for who, at in self.tried)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """The invitations that can be used, the last made first."""
        return [each for each in reversed(self.made.values()) if each.used < each.uses and each.expires_at > now]

    def members(self, role: Role) -> Sequence[Member]:
        """Everybody with that role, those who came first first."""
        return [member for member in self.known.values() if role in member.roles]

    def awaits_owner(self) -> bool:
        """Whether the bot has been offered to a first owner, and nobody owns it yet."""
        offered = any(each.role == "owner" for each in self.made.values())
        return offered and not self.members("owner")

    def member(self, person: int) -> Member | None:
        """The person of that id; with an empty name where they have no role."""
        return self.known.get(person)

    def done(self, page: int, size: int) -> Sequence[Done]:
        """A page of the audit trail, the latest first, and one entry more than `size` where it goes on."""
        return self.trail[::-1][page * size : (page + 1) * size + 1]
