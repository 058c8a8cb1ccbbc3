"""Invitations to roles. Of a code only its SHA-256 stays: whoever reads the database can invite nobody.

The message that shows a code is emptied when it ends (`storage/messages/outbox.py`), the update that brings it when it
was handled (`storage/messages/inbox.py`).
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

# Locked until the transaction ends: of two that come at once with the same code, the second sees what the first left.
_BY_CODE = select(*_COLUMNS).where(invitations.c.code_hash == bindparam("code_hash"), *_OPEN).with_for_update()

# What a person has joined by is in the trail, which nothing takes out of it.
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
        """Keep an invitation; `by` None: made at the command line."""
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
        """The invitation with this code, if it is open; nobody else uses it before the transaction ends."""
        for row in self._connection.execute(_BY_CODE, {"code_hash": hashed(code), "now": now}):
            return Invitation(*row)
        return None

    def followed(self, code: str, person: int) -> str | None:
        """The role to which the person has followed the invitation with this code, open or not."""
        found: str | None = self._connection.scalar(_FOLLOWED, {"code_hash": hashed(code), "person": person})
        return found

    def open_at(self, now: datetime) -> list[Invitation]:
        """Those that can be used, the last made first."""
        return [Invitation(*row) for row in self._connection.execute(_ALL, {"now": now})]

    def made_for(self, role: str) -> bool:
        """Whether one to this role was ever made, open or not."""
        return self._connection.scalar(_MADE_FOR, {"role": role}) is not None

    def use(self, this: str, now: datetime) -> bool:
        """Use it up by one; False: it is not open any more. The first owner ends all other offers to be the first."""
        if not self._connection.execute(_USE, {"this": this, "now": now}).rowcount:
            return False
        role = self._connection.scalar(select(invitations.c.role).where(invitations.c.id == this))
        if role == "owner":
            self.revoke_first(now)
        return True

    def revoke(self, this: str, now: datetime) -> bool:
        """Nobody can use it from now on; False: it was taken back before."""
        return bool(self._connection.execute(_REVOKE, {"this": this, "now": now}).rowcount)

    def revoke_first(self, now: datetime) -> None:
        """Nobody can use any offer to be the first owner from now on."""
        self._connection.execute(_REVOKE_FIRST, {"now": now})

    def tried(self, person: int, now: datetime) -> None:
        """Somebody tried a code that opens nothing."""
        self._connection.execute(_TRY, {"person_id": person, "at": now})

    def tries(self, person: int, now: datetime) -> int:
        """How often the person tried codes that open nothing in the hour before `now`."""
        return self._connection.scalar(_TRIES, {"person": person, "since": now - HOUR}) or 0


def hashed(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()
