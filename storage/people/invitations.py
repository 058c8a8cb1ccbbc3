"""Invitations to roles. Only the SHA-256 of a code is stored, so that a reader of the database cannot use it.

The message that shows a code is emptied when it has ended (`storage/messages/outbox.py`), the update that brings the
code when it was handled (`storage/messages/inbox.py`).
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, exists, func, insert, select, update

from conversations.model.outcomes import InvitationMade
from conversations.model.people.members import Invitation
from storage.models import audit, invitations, redemption_tries

HOUR = timedelta(hours=1)

_OPEN = (
    invitations.c.revoked_at.is_(None),
    invitations.c.expires_at > bindparam("now"),
    invitations.c.used < invitations.c.uses,
)

_COLUMNS = (
    invitations.c.id,
    invitations.c.role,
    invitations.c.uses,
    invitations.c.used,
    invitations.c.expires_at,
)

# Locked until the transaction ends: if two people use the same code at once, the second sees what the first left.
_BY_CODE = select(*_COLUMNS).where(invitations.c.code_hash == bindparam("code_hash"), *_OPEN).with_for_update()

# The audit trail has the invitation by which a person joined; entries are never deleted.
_FOLLOWED = select(invitations.c.role).where(
    invitations.c.code_hash == bindparam("code_hash"),
    exists().where(
        audit.c.subject == invitations.c.id,
        audit.c.person_id == bindparam("person"),
        audit.c.action == "joined",
    ),
)

_ALL = select(*_COLUMNS).where(*_OPEN).order_by(invitations.c.made_at.desc(), invitations.c.id)

_MADE_FOR = select(invitations.c.id).where(invitations.c.role == bindparam("role")).limit(1)

_ADD = insert(invitations)

_USE = update(invitations).where(invitations.c.id == bindparam("this"), *_OPEN).values(used=invitations.c.used + 1)

_REVOKE = (
    update(invitations)
    .where(invitations.c.id == bindparam("this"), invitations.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("now"))
)

_REVOKE_FIRST = (
    update(invitations)
    .where(
        invitations.c.role == "owner",
        invitations.c.made_by.is_(None),
        invitations.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now"))
)

_TRY = insert(redemption_tries)
_TRIES = select(func.count()).where(
    redemption_tries.c.person_id == bindparam("person"), redemption_tries.c.at > bindparam("since")
)


class Invitations:
    """The invitations, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, made: InvitationMade, by: int | None, now: datetime) -> None:
        """Store an invitation; `by` None: made at the command line."""
        self._connection.execute(
            _ADD,
            {
                "id": made.invitation,
                "code_hash": hashed(made.code),
                "role": made.role,
                "uses": made.uses,
                "used": 0,
                "made_by": by,
                "made_at": now,
                "expires_at": made.expires_at,
                "revoked_at": None,
            },
        )

    def by_code(self, code: str, now: datetime) -> Invitation | None:
        """Returns the open invitation with this code, locked until the transaction ends; None: there is none."""
        for row in self._connection.execute(_BY_CODE, {"code_hash": hashed(code), "now": now}):
            return Invitation(*row)
        return None

    def followed(self, code: str, person: int) -> str | None:
        """Returns the role the person got by the invitation with this code, open or not; None: none."""
        found: str | None = self._connection.scalar(_FOLLOWED, {"code_hash": hashed(code), "person": person})
        return found

    def open_at(self, now: datetime) -> list[Invitation]:
        """Returns the open invitations, newest first."""
        return [Invitation(*row) for row in self._connection.execute(_ALL, {"now": now})]

    def made_for(self, role: str) -> bool:
        """Returns whether an invitation to this role was ever made, open or not."""
        return self._connection.scalar(_MADE_FOR, {"role": role}) is not None

    def use(self, this: str, now: datetime) -> bool:
        """Count one use; False: it is no longer open. The first owner's use ends all other first-owner invitations."""
        if not self._connection.execute(_USE, {"this": this, "now": now}).rowcount:
            return False
        role = self._connection.scalar(select(invitations.c.role).where(invitations.c.id == this))
        if role == "owner":
            self.revoke_first(now)
        return True

    def revoke(self, this: str, now: datetime) -> bool:
        """Revoke the invitation; False: it was already revoked."""
        return bool(self._connection.execute(_REVOKE, {"this": this, "now": now}).rowcount)

    def revoke_first(self, now: datetime) -> None:
        """Revoke all first-owner invitations."""
        self._connection.execute(_REVOKE_FIRST, {"now": now})

    def tried(self, person: int, now: datetime) -> None:
        """Count that the person tried an invalid code."""
        self._connection.execute(_TRY, {"person_id": person, "at": now})

    def tries(self, person: int, now: datetime) -> int:
        """Returns how many invalid codes the person tried in the hour before `now`."""
        return self._connection.scalar(_TRIES, {"person": person, "since": now - HOUR}) or 0


def hashed(code: str) -> str:
    """Returns the hash of a code, which is stored instead of it."""
    return hashlib.sha256(code.encode()).hexdigest()
