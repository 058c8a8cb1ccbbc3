"""What brings two people in touch."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.contacts import Note, NoteState
from conversations.model.matchmaking import Said


@dataclass(frozen=True, slots=True)
class NoteSent:
    """The person wrote to whoever reported an initiative; `contact` is how they can be reached, if both say yes."""

    note: Note
    contact: str


@dataclass(frozen=True, slots=True)
class NoteMoved:
    """A note that was in the state `before` is as `note` now; `contact`: how the one who said yes can be reached."""

    note: Note
    before: NoteState
    contact: str = ""


@dataclass(frozen=True, slots=True)
class PairingAnswered:
    """One of two who were proposed to each other said yes or no; `contact` is how they can be reached, if both do."""

    pairing: int
    said: Said
    contact: str = ""


AboutContacts: TypeAlias = NoteSent | NoteMoved | PairingAnswered
