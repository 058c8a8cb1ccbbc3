"""What can reach the bot from a person, whatever carried it. Named in the past: it has happened."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

FileKind: TypeAlias = Literal["photo", "document", "voice"]


@dataclass(frozen=True, slots=True)
class File:
    """A file somebody sent. `reference` fetches it from the channel, `size` is in bytes (None: not told)."""

    kind: FileKind
    reference: str
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Wrote:
    """Somebody wrote `text`, already cleaned; `message` is its number in the chat.

    Where words of it are links, their addresses stand in brackets behind them; `plain` is the text without these, and
    "" where there are none. `length` is how long the message was, in UTF-16 units, and `sent` when it was sent, in Unix
    seconds; 0 where nobody knows.
    """

    text: str
    message: int = 0
    forwarded: bool = False
    plain: str = ""
    length: int = field(default=0, compare=False)
    sent: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button: what it does, to which report, and the step it was shown at.

    A button of a notice belongs to no step but to the `revision` of the report that was told of.
    """

    action: str
    argument: str = ""
    report: str = ""
    step: int = 0
    message: int = 0
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Commanded:
    """Somebody sent `/name words`; the name is lower case and without the slash."""

    name: str
    words: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class SentFile:
    """Somebody sent a photo, document or voice message; items of one album share `album`."""

    file: File
    caption: str = ""
    album: str = ""
    message: int = 0
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class SharedLocation:
    """Somebody shared a place on the map, in degrees; `name` where it is a venue."""

    latitude: float
    longitude: float
    name: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class SharedContact:
    """Somebody shared a card from the phone's address book."""

    name: str
    phone: str
    message: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody changed an earlier message to `text`."""

    text: str
    message: int


@dataclass(frozen=True, slots=True)
class SentUnsupported:
    """Somebody sent what no question takes: a sticker, a dice, a video note; items of one album share `album`."""

    kind: str
    message: int = 0
    album: str = ""


Event: TypeAlias = Wrote | Pressed | Commanded | SentFile | SharedLocation | SharedContact | Edited | SentUnsupported
