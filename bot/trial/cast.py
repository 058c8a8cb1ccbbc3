"""The people with a phone on the page."""

from dataclasses import dataclass, field
from typing import Literal, get_args

from bot.botapi.cloud.world import FIRST_PERSON, Json, World

Role = Literal["librarian", "coordinator", "partner"]
ROLES: tuple[Role, ...] = get_args(Role)

FIRST: tuple[tuple[str, Role], ...] = (
    ("Ida", "librarian"),
    ("Maja", "coordinator"),
    ("Emil", "partner"),
    ("Luka", "librarian"),
)


def number_of(first_name: str) -> int:
    """Returns the id of one of the FIRST people."""
    return FIRST_PERSON + [name for name, _role in FIRST].index(first_name)


@dataclass(slots=True)
class Cast:
    """The people on the page and their roles, in the order of their phones."""

    world: World
    roles: dict[int, Role] = field(default_factory=dict)

    def enter(self, first_name: str, role: Role, language: str) -> int:
        """Add a person; returns the id."""
        person = self.world.add_person(first_name, language_code=language)
        self.roles[person.id] = role
        return person.id

    def as_json(self) -> list[Json]:
        """Returns the JSON for the page."""
        people = self.world.people
        return [
            {
                **people[number].user(),
                "role": role,
                "started": people[number].started,
                "blocked": people[number].blocked,
            }
            for number, role in self.roles.items()
        ]
