"""Following an invitation: `/start i_<code>`. Whatever is wrong with a code, the answer is one and the same."""

from conversations.flows.step import Step
from conversations.here import Here
from conversations.outcomes import CodeTried, InvitationUsed
from conversations.screen import Line, Screen, Style, note
from conversations.session import Position
from conversations.words import _

OWN_TRIES = 5
ALL_TRIES = 50
"""Codes that may be tried in an hour, by one person and by everybody together."""


def redeem(at: Position | None, code: str, here: Here) -> Step:
    """Uses the invitation, if it opens: then nothing is said yet. It is not even looked at after too many tries."""
    tries = here.look.people.tries(here.now)
    too_many = tries.own >= OWN_TRIES or tries.all >= ALL_TRIES
    invitation = None if too_many else here.look.people.invitation(code)
    if invitation is None:
        refusal = (
            note(_("That invitation cannot be used. Please ask for a new one.")),
            Line(_("You can report initiatives without an invitation: /report"), Style.HELP),
        )
        return Step(at, outcomes=() if too_many else (CodeTried(),), screen=Screen(refusal))
    return Step(None, outcomes=(InvitationUsed(invitation.id, invitation.role),))
