"""Resource persons: who was named, what they answered, and how they describe themselves."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.experts import Expert, Nomination


@dataclass(frozen=True, slots=True)
class ExpertNamed:
    """The author of a report named a resource person, who is asked by the link with this `code`."""

    nomination: Nomination
    code: str


@dataclass(frozen=True, slots=True)
class NominationTakenBack:
    """The author of a report does not want the person to be asked any more; the name is erased."""

    nomination: str


@dataclass(frozen=True, slots=True)
class NominationAnswered:
    """The person who was named agreed or declined. What the librarian wrote about them is erased: their own words
    count.
    """

    nomination: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class ExpertDescribed:
    """The person agreed to be found as this, or changed it. It holds for another year."""

    expert: Expert


@dataclass(frozen=True, slots=True)
class ExpertConfirmed:
    """The person said that their entry still holds."""

    expert: str


@dataclass(frozen=True, slots=True)
class ExpertRemoved:
    """The person does not want to be found any more; their entry is erased."""

    expert: str


AboutExperts: TypeAlias = (
    ExpertNamed | NominationTakenBack | NominationAnswered | ExpertDescribed | ExpertConfirmed | ExpertRemoved
)
