"""Partners' organisations: what they are and where, and whether a coordinator has confirmed it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from conversations.vocabulary.vocabulary import PARTNER_TYPES

Confirmation: TypeAlias = Literal["waiting", "confirmed", "declined"]

KINDS = tuple(choice for choice in PARTNER_TYPES if choice.key != "none")
"""The kinds of organisation: those that a report names as partners."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation that a person registered; a new registration has another `id`. `municipality` "": the whole
    country.

    A `confirmed` organisation counts only as long as its person has the role of partner.
    """

    id: str
    person: int
    kind: str
    name: str
    municipality: str = ""
    state: Confirmation = "waiting"


@dataclass(frozen=True, slots=True)
class Side:
    """How one of two people who may get in touch appears to the other, without a name.

    `kind` is one of KINDS, or "library"; `place` is the municipality's name, or "".
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
