"""What contact persons get without asking: once a year whether it still holds, and when nobody finds them any more."""

from conversations.flows.experts.words import labels
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import _
from conversations.model.experts import Expert
from conversations.vocabulary import vocabulary


def question(expert: Expert) -> Screen:
    """Returns the yearly question."""
    uses = labels(vocabulary.EXPERT_USES, expert.uses)
    lines = (
        heading(_("Can others still ask you?")),
        Line(_("You are listed as a contact person. Can be asked to: {uses}", uses=uses)),
        Line(_("If you do not answer within four weeks, nobody finds you any more."), Style.HELP),
    )
    rows = (
        (Button(_("Yes, it still holds"), "expert_confirmed", expert.id),),
        (Button(_("Change it"), "expert_own", expert.id), Button(_("Remove me"), "expert_removed", expert.id)),
    )
    return Screen(lines, rows, revision=0)


def hidden(expert: Expert) -> Screen:
    """Returns the message that nobody finds the person any more, and the way back."""
    lines = (
        heading(_("You are no longer found as a contact person.")),
        Line(_("You did not answer whether it still holds. Tap yes, and others find you again.")),
        Line(_("Otherwise what you wrote about yourself is deleted in a year."), Style.HELP),
    )
    rows = (
        (Button(_("Yes, it still holds"), "expert_confirmed", expert.id),),
        (Button(_("Remove me"), "expert_removed", expert.id),),
    )
    return Screen(lines, rows, revision=0)
