"""People with roles in memory; the memories of several people may share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import assert_never

from conversations.model.outcomes import (
    AboutRoles,
    CodeTried,
    InvitationMade,
    InvitationRevoked,
    InvitationUsed,
    OrganisationDecided,
    OrganisationRegistered,
    RolesChanged,
)
from conversations.model.people.members import Done, Invitation, Member
from conversations.model.people.permissions import Role
from conversations.model.people.person import Person


@dataclass(slots=True)
class PeopleInMemory:
    """The people with roles (the protocol `PeopleLookup`), as the person `reader` may look them up.

    The audit trail is set from outside.
    """

    known: dict[int, Member] = field(default_factory=dict)
    made: dict[str, Invitation] = field(default_factory=dict)
    revoked: list[Invitation] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    tried: list[tuple[int, datetime]] = field(default_factory=list)
    used: dict[tuple[int, str], str] = field(default_factory=dict)
    trail: list[Done] = field(default_factory=list)
    reader: int = 0
    now: datetime | None = None

    def keep(self, person: Person, outcome: AboutRoles, now: datetime) -> None:
        """Stores what follows from an outcome of `person`."""
        match outcome:
            case InvitationMade(this, code, role, uses, expires_at):
                self.made[this] = Invitation(this, role, uses, 0, expires_at)
                self.codes[code] = this
            case InvitationRevoked(this):
                if this in self.made:
                    self.revoked.append(self.made.pop(this))
            case CodeTried():
                self.tried.append((person.id, now))
            case InvitationUsed(this, role):
                if self._is_open(this, now):
                    self.used[person.id, this] = role
                    self.made[this] = replace(self.made[this], used=self.made[this].used + 1)
                    self._be(person.id, (person.roles | {role}) - {"librarian"})  # everybody is a librarian
            case RolesChanged(who, roles):
                if roles & {"owner"} or [each.id for each in self.members("owner")] != [who]:  # the last owner stays
                    self._be(who, roles)
            case OrganisationRegistered() | OrganisationDecided():
                pass
            case _:
                assert_never(outcome)

    def met(self, person: Person) -> None:
        """Stores the library and the language of a person who did something. Their roles stay as they are."""
        known = self.known.get(person.id, Member(person.id, "", person.roles))
        self.known[person.id] = replace(known, library=person.library, language=person.language)

    def _be(self, person: int, roles: frozenset[str]) -> None:
        known = self.known.get(person, Member(person, "", frozenset()))
        self.known[person] = replace(known, roles=roles)

    def invitation(self, code: str) -> Invitation | None:
        """Returns the invitation with this code if it can be used now, locked until the turn ends."""
        this = self.codes.get(code, "")
        return self.made[this] if self._is_open(this, self.now) else None

    def _is_open(self, this: str, now: datetime | None) -> bool:
        found = self.made.get(this)
        if found is None or found.used >= found.uses:
            return False
        return now is None or found.expires_at > now

    def followed(self, code: str) -> str | None:
        """Returns the role of the invitation with this code, open or not, if this person has used it."""
        return self.used.get((self.reader, self.codes.get(code, "")))

    def tries(self, now: datetime) -> int:
        """Returns how many wrong codes this person tried in the hour before `now`."""
        return sum(who == self.reader and at > now - timedelta(hours=1) for who, at in self.tried)

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """Returns the invitations that can be used, the newest first."""
        return [each for each in reversed(self.made.values()) if self._is_open(each.id, now)]

    def members(self, role: Role) -> Sequence[Member]:
        """Returns everybody with that role, in the order in which they came."""
        return [member for _id, member in sorted(self.known.items()) if role in member.roles]

    def awaits_owner(self) -> bool:
        """Returns whether the bot waits for its first owner."""
        offered = any(each.role == "owner" for each in (*self.made.values(), *self.revoked))
        return offered and not self.members("owner")

    def member(self, person: int) -> Member | None:
        """Returns the person with this id, with an empty name if they have no role."""
        return self.known.get(person)

    def done(self, page: int, size: int) -> Sequence[Done]:
        """Returns a page of the audit trail, the latest first, and one entry more than `size` if there are more."""
        return self.trail[::-1][page * size : (page + 1) * size + 1]
