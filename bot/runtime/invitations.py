"""Invitations from outside the chat: the first owner's code, and `meldind invite`."""

from datetime import UTC, datetime, timedelta

from bot.runtime.ids import new_code, new_id
from conversations.context.links import INVITATION
from conversations.model.outcomes import InvitationMade
from storage.session.unit_of_work import UnitOfWork

LASTS = timedelta(days=3)
"""How long an invitation lasts where nobody says otherwise: a weekend, for it reaches people through others."""


def invited(work: UnitOfWork, role: str, uses: int, lasts: timedelta) -> str:
    """Make an invitation, and return its code."""
    now = datetime.now(UTC)
    made = InvitationMade(new_id(), new_code(), role, uses, now + lasts)
    work.roles_keeper(None, now).keep(made)
    return made.code


def first_owner(work: UnitOfWork) -> str | None:
    """A code for the first owner, in place of any made before; None where there is an owner."""
    if work.members.has_owner():
        return None
    work.invitations.revoke_first(datetime.now(UTC))
    return invited(work, "owner", 1, LASTS)


def first_owner_line(code: str) -> str:
    """What is printed when the bot starts and belongs to nobody yet."""
    return (
        f"Nobody owns this bot yet. Whoever sends it this within three days becomes its first owner, "
        f"unless a later start prints another line:\n"
        f"  /start {INVITATION}{code}"
    )
