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
    """What may be looked up about partners. Nothing here changes anything."""

    def own(self) -> Organisation | None:
        """What this person last registered, whatever came of it."""
        ...

    def registered(self, this: str) -> Organisation | None:
        """That registration, if it is still the person's last. Nobody else can decide on it until the turn is over."""
        ...

    def waiting(self) -> Sequence[Organisation]:
        """Those that no coordinator has decided on, the longest waiting first."""
        ...

    def confirmed(self) -> Sequence[Organisation]:
        """Those of partners now."""
        ...

    def side(self, person: int) -> Side | None:
        """How that person appears to others: by a confirmed organisation, or else the library of published reports."""
        ...
