"""Getting in touch: notes and proposals."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.contacts import Note, NoteState
from conversations.model.matchmaking import Said


@dataclass(frozen=True, slots=True)
class NoteSent:
    """The person sent a note to the reporter of an initiative; `contact` is how they can be reached, if both agree."""

    note: Note
    contact: str


@dataclass(frozen=True, slots=True)
class NoteMoved:
    """A note changed from the state `before` to `note`; `contact` is how the person who accepted can be reached."""

    note: Note
    before: NoteState
    contact: str = ""


@dataclass(frozen=True, slots=True)
class PairingAnswered:
    """One of two people accepted or declined a proposal; `contact` is how they can be reached, if both accept."""

    pairing: int
    said: Said
    contact: str = ""


AboutContacts: TypeAlias = NoteSent | NoteMoved | PairingAnswered
