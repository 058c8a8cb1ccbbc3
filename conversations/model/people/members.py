"""What a conversation may look up about other people: roles, invitations, the audit trail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from conversations.model.people.permissions import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can be used now; its code is not stored."""

    id: str
    role: str
    uses: int
    used: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a role; `name` is the name in Telegram."""

    id: int
    name: str
    roles: frozenset[str]
    library: Mapping[str, Any] | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Done:
    """One entry of the audit trail: who did what to what, with the old and the new value."""

    at: datetime
    name: str
    action: str
    about: str
    question: str | None = None
    old: Any = None
    new: Any = None


class PeopleLookup(Protocol):
    """What may be looked up about people with roles. No method changes anything."""

    def invitation(self, code: str) -> Invitation | None:
        """Returns the invitation with this code if it can be used now, locked until the turn ends."""
        ...

    def followed(self, code: str) -> str | None:
        """Returns the role of the invitation with this code, open or not, if this person has used it."""
        ...

    def tries(self, now: datetime) -> int:
        """Returns how many wrong codes this person tried in the hour before `now`."""
        ...

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """Returns the invitations that can be used, the newest first."""
        ...

    def members(self, role: Role) -> Sequence[Member]:
        """Returns everybody with that role, in the order in which they came."""
        ...

    def awaits_owner(self) -> bool:
        """Returns whether the bot waits for its first owner."""
        ...

    def member(self, person: int) -> Member | None:
        """Returns the person with this id, with an empty name if they have no role."""
        ...

    def done(self, page: int, size: int) -> Sequence[Done]:
        """Returns a page of the audit trail, the latest first, and one entry more than `size` if there are more."""
        ...
