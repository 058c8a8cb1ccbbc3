"""Who may do what: invitations, roles and organisations."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from conversations.model.people.organisations import Organisation


@dataclass(frozen=True, slots=True)
class InvitationMade:
    """An invitation to be `role`, for so many people, exists; what opens it is `code`, which is not kept itself."""

    invitation: str
    code: str
    role: str
    uses: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """An invitation can no longer be used."""

    invitation: str


@dataclass(frozen=True, slots=True)
class CodeTried:
    """The person tried a code that opens nothing."""


@dataclass(frozen=True, slots=True)
class InvitationUsed:
    """The person followed an invitation and has its role from now on."""

    invitation: str
    role: str


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """`person` has exactly these roles from now on."""

    person: int
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrganisationRegistered:
    """The person says that they are from this organisation; an earlier one of theirs counts no more."""

    organisation: Organisation


@dataclass(frozen=True, slots=True)
class OrganisationDecided:
    """A coordinator confirmed a registration, or declined it."""

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
