"""The places of an event: who comes, who waits for one, and who is next. Pure rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

SignUpState: TypeAlias = Literal["coming", "waiting", "withdrawn"]


@dataclass(frozen=True, slots=True)
class SignUp:
    """One person's sign-up. `number` is their turn: a later sign-up of anybody has a higher one.

    `promoted`: they got their place from the waiting list. `sequence` is that of the event when they signed up; `name`
    is what the organiser reads of them besides their library.
    """

    event: str
    person: int
    state: SignUpState
    number: int
    promoted: bool = False
    sequence: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """How many people have a place and how many wait, and what this person has."""

    coming: int = 0
    waiting: int = 0
    own: SignUp | None = None

    @property
    def state(self) -> SignUpState:
        """What this person has."""
        return self.own.state if self.own else "withdrawn"


@dataclass(frozen=True, slots=True)
class Guest:
    """One row of an organiser's list: a person who comes or waits, with their library."""

    name: str
    library: str
    municipality: str
    country: str
    state: SignUpState


def place_for(places: int | None, seats: Seats) -> SignUpState:
    """Returns what a person gets who signs up now. Nobody gets a place before those who wait."""
    return "coming" if places is None or (not seats.waiting and seats.coming < places) else "waiting"


def next_up(places: int | None, coming: int, waiting: Sequence[SignUp]) -> list[SignUp]:
    """Returns those of the people `waiting` who get a place now, by their turn."""
    free = len(waiting) if places is None else max(0, places - coming)
    return sorted(waiting, key=lambda each: each.number)[:free]
