"""What a conversation may look up about other people: who has which role, who is invited, who did what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from conversations.model.people.permissions import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can be used now; its code is nowhere but with those it was given to."""

    id: str
    role: str
    uses: int
    used: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role; `name` is the one Telegram shows."""

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
    """What may be looked up about people with roles. Nothing here changes anything."""

    def invitation(self, code: str) -> Invitation | None:
        """The invitation with this code if it can be used now. Nobody else can use it until the turn is over."""
        ...

    def followed(self, code: str) -> str | None:
        """The role to which this person has followed the invitation with this code, whether it is open or not."""
        ...

    def tries(self, now: datetime) -> int:
        """How often this person tried codes in the hour before `now`."""
        ...

    def invitations(self, now: datetime) -> Sequence[Invitation]:
        """The invitations that can be used, the last made first."""
        ...

    def members(self, role: Role) -> Sequence[Member]:
        """Everybody with that role, those who came first first."""
        ...

    def awaits_owner(self) -> bool:
        """Whether the bot has been offered to a first owner, and nobody owns it yet."""
        ...

    def member(self, person: int) -> Member | None:
        """The person of that id; with an empty name where they have no role."""
        ...

    def done(self, page: int, size: int) -> Sequence[Done]:
        """A page of the audit trail, the latest first, and one entry more than `size` where it goes on."""
        ...
