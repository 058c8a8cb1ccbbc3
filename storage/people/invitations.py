"""Invitations to roles. Only the SHA-256 of a code is stored, so that a reader of the database cannot use it.

The message that shows a code is emptied when it has ended (`storage/messages/outbox.py`), the update that brings the
code when it was handled (`storage/messages/inbox.py`).
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, exists, func, insert, select, update

from conversations.model.outcomes import InvitationMade
from conversations.model.people.members import Invitation
from storage.models import audit, invitations, redemption_tries

HOUR = timedelta(hours=1)

_COLUMNS = (
    invitations.c.id,
    invitations.c.role,
    invitations.c.uses,
    invitations.c.used,
    invitations.c.expires_at,
)


class Invitations:
    """The invitations, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self, made: InvitationMade, by: int | None, now: datetime) -> None:
        """Store an invitation; `by` None: made at the command line."""
        self._connection.execute(
            insert(invitations),
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
        # Locked: if two people use the same code at once, the second sees what the first left.
        query = select(*_COLUMNS).where(invitations.c.code_hash == hashed(code), *_open(now)).with_for_update()
        for row in self._connection.execute(query):
            return Invitation(*row)
        return None

    def followed(self, code: str, person: int) -> str | None:
        """Returns the role the person got by the invitation with this code, open or not; None: none."""
        # The audit trail has the invitation by which a person joined; entries are never deleted.
        query = select(invitations.c.role).where(
            invitations.c.code_hash == hashed(code),
            exists().where(
                audit.c.subject == invitations.c.id,
                audit.c.person_id == person,
                audit.c.action == "joined",
            ),
        )
        found: str | None = self._connection.scalar(query)
        return found

    def open_at(self, now: datetime) -> list[Invitation]:
        """Returns the open invitations, newest first."""
        query = select(*_COLUMNS).where(*_open(now)).order_by(invitations.c.made_at.desc(), invitations.c.id)
        return [Invitation(*row) for row in self._connection.execute(query)]

    def made_for(self, role: str) -> bool:
        """Returns whether an invitation to this role was ever made, open or not."""
        query = select(invitations.c.id).where(invitations.c.role == role).limit(1)
        return self._connection.scalar(query) is not None

    def use(self, this: str, now: datetime) -> bool:
        """Count one use; False: it is no longer open. The first owner's use ends all other first-owner invitations."""
        change = update(invitations).where(invitations.c.id == this, *_open(now)).values(used=invitations.c.used + 1)
        if not self._connection.execute(change).rowcount:
            return False
        role = self._connection.scalar(select(invitations.c.role).where(invitations.c.id == this))
        if role == "owner":
            self.revoke_first(now)
        return True

    def revoke(self, this: str, now: datetime) -> bool:
        """Revoke the invitation; False: it was already revoked."""
        change = (
            update(invitations)
            .where(invitations.c.id == this, invitations.c.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        return bool(self._connection.execute(change).rowcount)

    def revoke_first(self, now: datetime) -> None:
        """Revoke all first-owner invitations."""
        self._connection.execute(
            update(invitations)
            .where(
                invitations.c.role == "owner",
                invitations.c.made_by.is_(None),
                invitations.c.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )

    def tried(self, person: int, now: datetime) -> None:
        """Count that the person tried an invalid code."""
        self._connection.execute(insert(redemption_tries), {"person_id": person, "at": now})

    def tries(self, person: int, now: datetime) -> int:
        """Returns how many invalid codes the person tried in the hour before `now`."""
        query = select(func.count()).where(redemption_tries.c.person_id == person, redemption_tries.c.at > now - HOUR)
        return self._connection.scalar(query) or 0


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Returns the conditions for an invitation that can still be used at `now`."""
    return (
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > now,
        invitations.c.used < invitations.c.uses,
    )


def hashed(code: str) -> str:
    """Returns the hash of a code, which is stored instead of it."""
    return hashlib.sha256(code.encode()).hexdigest()
