"""The names of the roles, and the notice of a change of roles."""

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
"""The roles in words; everybody is a librarian, whatever other roles they have."""

ROLES_WORDS: dict[str, Words] = {
    "partner": labelled("role", "Partners"),
    "coordinator": labelled("role", "Coordinators"),
    "owner": labelled("role", "Owners"),
}


def named(member: Member) -> Place:
    """Returns the name of a person, or their number if no name is known."""
    return member.name or _("Person {number}", number=str(member.id))


def roles_of(roles: frozenset[str]) -> Place:
    """Returns the roles in words; a person without any is a librarian."""
    return (
        Listed(tuple(words for role, words in ROLE_WORDS.items() if role in roles))
        if roles
        else ROLE_WORDS["librarian"]
    )


def told(member: Member, roles: frozenset[str], context: Context) -> Notice:
    """Returns a notice that tells another person which roles they have now."""
    lines = (
        heading(_("Your role has changed.")),
        Line(_("Your role now: {roles}", roles=roles_of(roles))),
        Line(_("/help shows what you can do."), Style.HELP),
    )
    return Notice(member.id, Screen(lines), f"role:{member.id}:{int(context.now.timestamp())}")


def back(action: str = "back") -> tuple[Button, ...]:
    """Returns the row with the button that goes one screen back."""
    return (Button(_("‹ Back"), action),)
