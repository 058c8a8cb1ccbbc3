"""Notes from the reader of an initiative to its reporter, and what may be looked up about them.

Two people are put in touch when both have agreed: the sender by sending, the recipient by answering. Until then each
knows of the other only the kind of organisation, its name and its place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, TypeAlias

from conversations.model.matchmaking import Pairing
from conversations.model.people.organisations import Side

NoteState: TypeAlias = Literal[
    "sent", "asked", "answered", "connected", "declined", "taken_back", "lapsed", "reported", "cleared"
]
"""The states of a note. A sent note can be asked about once, and answered; it ends in touch, declined, taken back,
lapsed (the sender has left), or reported as abuse, which a coordinator may clear."""

OPEN: frozenset[NoteState] = frozenset({"sent", "asked", "answered"})
"""The states in which the two can still be put in touch."""

SHORTEST, LONGEST = 10, 600
"""Characters of a note, of a question about it and of the answer."""

EXPERT = "e."
"""What stands before the id of a contact person, where a note may be about one instead of a report."""

A_DAY = timedelta(days=1)
A_DAYS_NOTES = 5
"""Most notes that one person may send in a day."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note about the report with the id `report`, between two people who do not know who the other is.

    One to a contact person has their id in `report`, behind EXPERT; its sender knows their name.

    `words` is {"chosen": a key} or {"said": …}; `question` and `answer` are the one question that may be asked.
    """

    id: str
    report: str
    sender: int
    recipient: int
    words: Mapping[str, Any]
    state: NoteState = "sent"
    question: str = ""
    answer: str = ""


def expert_of(about: str) -> str:
    """Returns the id of the contact person that a note is about; "" if it is about a report."""
    return about.removeprefix(EXPERT) if about.startswith(EXPERT) else ""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a note: the title of the report, or the name of a contact person, and how the library appears to
    others.
    """

    title: str
    library: Side


class ContactsLookup(Protocol):
    """What may be looked up about getting in touch. No method changes anything."""

    def reporter(self, report: str) -> int | None:
        """Returns who reported the initiative with this id, or the contact person with it; None if nobody can be asked:
        the report was imported, or the person is not found any more.
        """
        ...

    def reaches(self, person: int) -> bool:
        """Returns whether the bot can write to that person now."""
        ...

    def note(self, this: str) -> Note | None:
        """Returns the note with this id, locked against other changes until the turn ends."""
        ...

    def open_note(self, report: str) -> Note | None:
        """Returns the note that this person has sent about that report, if it is still open."""
        ...

    def sent_since(self, moment: datetime) -> int:
        """Returns how many notes this person has sent since `moment`."""
        ...

    def is_stopped(self) -> bool:
        """Returns whether a note of this person was reported as abuse and no coordinator has cleared it."""
        ...

    def subject(self, report: str) -> Subject:
        """Returns the subject of notes about that report, also if it is no longer published."""
        ...

    def contacts_of(self, report: str) -> Sequence[str]:
        """Returns ways to reach this person: the last one they gave, and the contact in their own report."""
        ...

    def pairing(self, this: int) -> Pairing | None:
        """Returns the pairing with this number if both were told of it, locked until the turn ends."""
        ...

    def given(self, about: str, person: int) -> str:
        """Returns the contact that the person gave in that note or pairing; "" if they gave none."""
        ...
