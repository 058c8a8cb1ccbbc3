"""Using an invitation: `/start i_<code>`. Every code that does not work gets the same answer."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.roles import roles_of
from conversations.flows.shared.step import Step
from conversations.language.screen import Line, Screen, Style, note
from conversations.language.words import _
from conversations.model.outcomes import CodeTried, InvitationUsed

TRIES = 5
"""Codes that one person may try in an hour. There is no limit for all people together: a code has 128 random bits."""


def redeem(at: Position | None, code: str, context: Context) -> Step:
    """Uses the invitation if it works, and says nothing yet. After too many tries the code is not looked up."""
    if context.find.people.tries(context.now) >= TRIES:
        return Step(at, screen=_refusal())
    followed = context.find.people.followed(code)
    invitation = None if followed else context.find.people.invitation(code)
    role = followed or (invitation and invitation.role)
    if role in context.person.roles or followed == "librarian":  # everybody is a librarian
        return Step(at, screen=_nothing_new(context))
    if invitation is None:
        return Step(at, outcomes=(CodeTried(),), screen=_refusal())
    return Step(None, outcomes=(InvitationUsed(invitation.id, invitation.role),))


def _nothing_new(context: Context) -> Screen:
    """Returns the screen for a person who opens the link again, or who already has the role."""
    told = _(
        "You have that role already, so the invitation was not used. Your role: {roles}",
        roles=roles_of(context.person.roles),
    )
    return Screen((note(told), Line(_("/help shows all commands."), Style.HELP)))


def _refusal() -> Screen:
    return Screen(
        (
            note(_("That invitation cannot be used. Ask for a new one.")),
            Line(_("You can report initiatives without an invitation: /report"), Style.HELP),
        )
    )
