"""Invitations, roles and organisations."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from conversations.model.people.organisations import Organisation


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """An invitation to `role`, for this many people, was made; `code` opens it, and only its hash is stored."""

    invitation: str
    code: str
    role: str
    uses: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """An invitation was revoked."""

    invitation: str


@dataclass(frozen=True, slots=True)
class CodeTried:
    """The person tried a code that does not work."""


@dataclass(frozen=True, slots=True)
class InvitationUsed:
    """The person used an invitation and has its role from now on."""

    invitation: str
    role: str


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """`person` has exactly these roles from now on."""

    person: int
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrganisationRegistered:
    """The person registered this organisation, which replaces an earlier registration of theirs."""

    organisation: Organisation


@dataclass(frozen=True, slots=True)
class OrganisationDecided:
    """A coordinator confirmed or declined a registration."""

    registration: str
    confirmed: bool


AboutRoles: TypeAlias = (
    InvitationMade
    | InvitationRevoked
    | CodeTried
    | InvitationUsed
    | RolesChanged
    | OrganisationRegistered
    | OrganisationDecided
)
