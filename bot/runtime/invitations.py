"""Invitations from outside the chat: the first owner's code, and `meldind invite`."""

from datetime import UTC, datetime, timedelta

from bot.runtime.ids import new_code, new_id
from conversations.context.links import INVITATION
from conversations.model.outcomes import InvitationMade
from storage.session.unit_of_work import UnitOfWork

LASTS = timedelta(days=3)
"""The default lifetime of an invitation: it includes a weekend, because invitations are passed on by other people."""


def invited(work: UnitOfWork, role: str, uses: int, lasts: timedelta) -> str:
    """Make an invitation, and return its code."""
    now = datetime.now(UTC)
    made = InvitationMade(new_id(), new_code(), role, uses, now + lasts)
    work.roles_keeper(None, now).keep(made)
    return made.code


def first_owner(work: UnitOfWork) -> str | None:
    """Returns a new code for the first owner, which replaces earlier ones; None: the bot has an owner."""
    if work.members.has_owner():
        return None
    work.invitations.revoke_first(datetime.now(UTC))
    return invited(work, "owner", 1, LASTS)


def first_owner_line(code: str) -> str:
    """Returns the line that is printed at a start while the bot has no owner."""
    return (
        "This bot has no owner yet. The first person to send it this command within three days becomes the owner. "
        "A later start prints another command, and this one is then no longer valid:\n"
        f"  /start {INVITATION}{code}"
    )
