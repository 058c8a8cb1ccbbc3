"""What becomes of a turn about roles: invitations and changes, each with who, when, old and new."""

from datetime import datetime

from conversations.outcomes import CodeTried, InvitationMade, InvitationRevoked, InvitationUsed, RolesChanged
from storage.audit import Audit, Entry
from storage.invitations import Invitations
from storage.members import Members


class RolesKeeper:
    """Keeps what `person` did about roles in one turn."""

    def __init__(
        self, members: Members, invitations: Invitations, audit: Audit, person: int | None, now: datetime
    ) -> None:
        self._members = members
        self._invitations = invitations
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: InvitationMade | InvitationRevoked | CodeTried | InvitationUsed | RolesChanged) -> None:
        """Write down what came of it."""
        match outcome:
            case InvitationMade(this, _code, role, uses):
                self._invitations.make(outcome, self._person, self._now)
                self._note("invited", this, new={"role": role, "uses": uses})
            case InvitationRevoked(this):
                if self._invitations.revoke(this, self._now):
                    self._note("uninvited", this)
            case CodeTried():
                if self._person is not None:
                    self._invitations.tried(self._person, self._now)
            case InvitationUsed(this, role):
                self._join(this, role)
            case RolesChanged(person, roles):
                before = self._members.become(person, roles)
                if before is not None and before != roles:
                    self._note("roles", str(person), old=sorted(before), new=sorted(roles))

    def _join(self, invitation: str, role: str) -> None:
        member = None if self._person is None else self._members.member(self._person)
        if member is None or not self._invitations.use(invitation, self._now):
            return
        roles = member.roles | ({role} if role != "librarian" else frozenset())
        self._members.become(member.id, roles)
        self._note("joined", invitation, old=sorted(member.roles), new=sorted(roles))

    def _note(self, action: str, subject: str, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, None, old, new), subject=subject)
