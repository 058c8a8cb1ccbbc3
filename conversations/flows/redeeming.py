"""Following an invitation: `/start i_<code>`. Whatever is wrong with a code, the answer is one and the same."""

from conversations.flows.roles import roles_of
from conversations.flows.step import Step
from conversations.here import Here
from conversations.outcomes import CodeTried, InvitationUsed
from conversations.screen import Button, Line, Screen, Style, heading, note
from conversations.session import Position
from conversations.words import _

OWN_TRIES = 5
ALL_TRIES = 50
"""Codes that may be tried in an hour, by one person and by everybody together."""


def redeem(at: Position | None, code: str, here: Here) -> Step:
    """The invitation's role, if it opens; it is not even looked at after too many tries."""
    tries = here.look.people.tries(here.now)
    too_many = tries.own >= OWN_TRIES or tries.all >= ALL_TRIES
    invitation = None if too_many else here.look.people.invitation(code)
    if invitation is None:
        refusal = (
            note(_("That invitation cannot be used. Please ask for a new one.")),
            Line(_("You can report initiatives without an invitation: /report"), Style.HELP),
        )
        return Step(at, outcomes=() if too_many else (CodeTried(),), screen=Screen(refusal))
    roles = here.person.roles | ({invitation.role} if invitation.role != "librarian" else frozenset())
    lines = (
        heading(_("Welcome to Meldind.")),
        Line(_("Your role now: {roles}", roles=roles_of(frozenset(roles)))),
        Line(_("/help shows what you can do."), Style.HELP),
    )
    used = InvitationUsed(invitation.id, invitation.role)
    organisation = ((Button(_("Say which organisation"), "organisation"),),) if invitation.role == "partner" else ()
    return Step(None, outcomes=(used,), screen=Screen(lines, organisation))
