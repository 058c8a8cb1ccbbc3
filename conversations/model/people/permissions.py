"""Permissions. Every action checks them against the stored roles, never against the button that was shown."""

from typing import Literal, TypeAlias

from conversations.model.people.person import Person

Role: TypeAlias = Literal["partner", "coordinator", "owner"]
"""The roles that a person may have in addition to librarian, which everybody is who starts the bot."""

Action: TypeAlias = Literal[
    "open calls",
    "make collections",
    "review",
    "hand over",
    "export",
    "see figures",
    "broadcast",
    "invite coordinators",
    "invite partners",
    "see people",
    "confirm partners",
    "judge notes",
    "change roles",
    "post events",
    "read audit",
    "name the controller",
    "manage webhooks",
]

_COORDINATOR: frozenset[Action] = frozenset(
    {
        "open calls",
        "make collections",
        "review",
        "hand over",
        "export",
        "see figures",
        "broadcast",
        "invite partners",
        "see people",
        "confirm partners",
        "judge notes",
        "post events",
    }
)
_OWNER: frozenset[Action] = _COORDINATOR | {
    "invite coordinators",
    "change roles",
    "read audit",
    "name the controller",
    "manage webhooks",
}

MATRIX: dict[Role, frozenset[Action]] = {
    "partner": frozenset(),
    "coordinator": _COORDINATOR,
    "owner": _OWNER,
}
"""What each role may do. A person needs no role for what is their own (their reports)."""


def can(person: Person, action: Action) -> bool:
    """Returns whether `person` may do `action` now."""
    return any(action in allowed for role, allowed in MATRIX.items() if role in person.roles)
