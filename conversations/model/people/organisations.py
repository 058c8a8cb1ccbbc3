"""Partners' organisations: what they say they are and where, and how far a coordinator has confirmed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from conversations.vocabulary.vocabulary import PARTNER_TYPES

Confirmation: TypeAlias = Literal["waiting", "confirmed", "declined"]

KINDS = tuple(choice for choice in PARTNER_TYPES if choice.key != "none")
"""The kinds of organisation: those that a report names as partners."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What somebody says they are from. Whoever says it anew has another `id`; `municipality` "" is the whole country.

    What is `confirmed` counts only as long as the person is a partner too, for that can be taken away.
    """

    id: str
    person: int
    kind: str
    name: str
    municipality: str = ""
    state: Confirmation = "waiting"


@dataclass(frozen=True, slots=True)
class Side:
    """How one of two who may get in touch appears to the other: never by name.

    `kind` is one of KINDS, or "library"; `place` is the municipality's name, "" where there is none.
    """

    kind: str
    name: str
    place: str


class PartnersLookup(Protocol):
    """What may be looked up about partners. No method changes anything."""

    def own(self) -> Organisation | None:
        """Returns the person's last registration, whether it was confirmed or not."""
        ...

    def registered(self, this: str) -> Organisation | None:
        """Returns the registration if it is still the last of its person, locked until the turn ends."""
        ...

    def waiting(self) -> Sequence[Organisation]:
        """Returns the registrations that no coordinator has decided on, the longest waiting first."""
        ...

    def confirmed(self) -> Sequence[Organisation]:
        """Returns the confirmed organisations of people who are partners now."""
        ...

    def side(self, person: int) -> Side | None:
        """Returns how that person appears to others: their confirmed organisation, or the library of their reports."""
        ...
