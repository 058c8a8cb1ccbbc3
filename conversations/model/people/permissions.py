"""Who may do what. Every action asks here, from the roles that are stored, never from what was on a keyboard."""

from typing import Literal, TypeAlias

from conversations.model.people.person import Person

Role: TypeAlias = Literal["partner", "coordinator", "owner"]
"""What a person may be beside a librarian, which everybody is who starts the bot."""

Action: TypeAlias = Literal[
    "open calls",
    "review",
    "export",
    "see figures",
    "broadcast",
    "invite coordinators",
    "invite partners",
    "see people",
    "confirm partners",
    "judge notes",
    "change roles",
    "read audit",
    "name the controller",
]

_COORDINATOR: frozenset[Action] = frozenset(
    {
        "open calls",
        "review",
        "export",
        "see figures",
        "broadcast",
        "invite partners",
        "see people",
        "confirm partners",
        "judge notes",
    }
)
_OWNER: frozenset[Action] = _COORDINATOR | {
    "invite coordinators",
    "change roles",
    "read audit",
    "name the controller",
}

MATRIX: dict[Role, frozenset[Action]] = {
    "partner": frozenset(),
    "coordinator": _COORDINATOR,
    "owner": _OWNER,
}
"""What each role may do. What belongs to a person (their own reports) needs no role."""


def can(person: Person, action: Action) -> bool:
    """Whether `person` may do `action` now."""
    return any(action in allowed for role, allowed in MATRIX.items() if role in person.roles)
