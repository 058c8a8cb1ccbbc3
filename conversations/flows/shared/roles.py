"""What the roles are called, and what somebody is told who has got or lost one."""

from conversations.context.context import Context
from conversations.context.session import Notice
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import Listed, Place, Words, _, labelled
from conversations.model.people.members import Member

ROLE_WORDS: dict[str, Words] = {
    "librarian": labelled("role", "Librarian"),
    "partner": labelled("role", "Partner"),
    "coordinator": labelled("role", "Coordinator"),
    "owner": labelled("role", "Owner"),
}
"""How a role reads; everybody is a librarian beside what else they are."""

ROLES_WORDS: dict[str, Words] = {
    "partner": labelled("role", "Partners"),
    "coordinator": labelled("role", "Coordinators"),
    "owner": labelled("role", "Owners"),
}


def named(member: Member) -> Place:
    """What to call somebody: their name, or their number where none is known."""
    return member.name or _("Person {number}", number=str(member.id))


def roles_of(roles: frozenset[str]) -> Place:
    """The roles, read out; without any, one is a librarian."""
    return (
        Listed(tuple(words for role, words in ROLE_WORDS.items() if role in roles))
        if roles
        else ROLE_WORDS["librarian"]
    )


def told(member: Member, roles: frozenset[str], context: Context) -> Notice:
    """What tells somebody else that they have these roles now."""
    lines = (
        heading(_("Your role has changed.")),
        Line(_("Your role now: {roles}", roles=roles_of(roles))),
        Line(_("/help shows what you can do."), Style.HELP),
    )
    return Notice(member.id, Screen(lines), f"role:{member.id}:{int(context.now.timestamp())}")


def back(action: str = "back") -> tuple[Button, ...]:
    """The row that leads one screen back."""
    return (Button(_("‹ Back"), action),)
