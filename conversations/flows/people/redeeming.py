"""Following an invitation: `/start i_<code>`. Whatever is wrong with a code, the answer is one and the same."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.roles import roles_of
from conversations.flows.shared.step import Step
from conversations.language.screen import Line, Screen, Style, note
from conversations.language.words import _
from conversations.model.outcomes import CodeTried, InvitationUsed

TRIES = 5
"""Codes that one person may try in an hour. All together may try any number: nobody guesses one of 128 random bits."""


def redeem(at: Position | None, code: str, context: Context) -> Step:
    """Uses the invitation, if it opens: then nothing is said yet. It is not even looked at after too many tries."""
    if context.find.people.tries(context.now) >= TRIES:
        return Step(at, screen=_refusal())
    followed = context.find.people.followed(code)
    invitation = None if followed else context.find.people.invitation(code)
    role = followed or (invitation and invitation.role)
    if role in context.person.roles or followed == "librarian":  # which everybody is
        return Step(at, screen=_nothing_new(context))
    if invitation is None:
        return Step(at, outcomes=(CodeTried(),), screen=_refusal())
    return Step(None, outcomes=(InvitationUsed(invitation.id, invitation.role),))


def _nothing_new(context: Context) -> Screen:
    """For somebody who taps the link a second time, or has the role from elsewhere."""
    told = _(
        "You are that already, and the invitation was not used again. Your role: {roles}",
        roles=roles_of(context.person.roles),
    )
    return Screen((note(told), Line(_("/help shows all commands."), Style.HELP)))


def _refusal() -> Screen:
    return Screen(
        (
            note(_("That invitation cannot be used. Please ask for a new one.")),
            Line(_("You can report initiatives without an invitation: /report"), Style.HELP),
        )
    )
