"""Events that reach the bot from a person, through any channel. Their names are in the past: they have happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

FileKind: TypeAlias = Literal["photo", "document", "voice"]


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent. `reference` fetches it from the channel; `size` is in bytes (None: not known)."""

    kind: FileKind
    reference: str
    name: str = ""
    mime: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Wrote:
    """Somebody wrote `text`, already cleaned; `message` is its number in the chat.

    The addresses of linked words stand in brackets after the words; `plain` is the text without them, "" if there are
    none. `length` is the length of the message in UTF-16 units, and `sent` is when it was sent, in Unix seconds; 0 if
    not known.
    """

    text: str
    message: int = 0
    forwarded: bool = False
    plain: str = ""
    length: int = field(default=0, compare=False)
    sent: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button: its action and argument, its report, and the step at which it was shown.

    A button of a notice belongs to no step, but to the `revision` of the report in the notice.
    """

    action: str
    argument: str = ""
    report: str = ""
    step: int = 0
    message: int = 0
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Commanded:
    """Somebody sent `/name words`; `name` is in lower case and without the slash."""

    name: str
    words: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet of questions: its number in the file, and its cells by the heading of their column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A workbook with questions (XLSForm), as it was read from a file.

    `refused` says why it could not be read: the file was "large", had too many "rows", was "slow" to read, was
    "broken", of another "kind", could not be fetched ("lost"), or has "no_survey". `complaint` is what the reader of
    such workbooks says of it, in English.
    """

    survey: tuple[SheetRow, ...] = ()
    choices: tuple[SheetRow, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    refused: Literal["", "large", "rows", "slow", "broken", "kind", "lost", "no_survey"] = ""
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class SentFile:
    """Somebody sent a photo, document or voice message; the items of one album share `album`.

    `sheet` is what a workbook contains that was sent where questions are awaited.
    """

    file: File
    caption: str = ""
    album: str = ""
    message: int = 0
    forwarded: bool = False
    sheet: FormSheet | None = None


@dataclass(frozen=True, slots=True)
class SharedLocation:
    """Somebody shared a location, in degrees; `name` is the name of a venue."""

    latitude: float
    longitude: float
    name: str = ""
    message: int = 0


@dataclass(frozen=True, slots=True)
class SharedContact:
    """Somebody shared a contact from the phone's address book."""

    name: str
    phone: str
    message: int = 0


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody edited an earlier message; `text` is the new text."""

    text: str
    message: int


@dataclass(frozen=True, slots=True)
class SentUnsupported:
    """Somebody sent what no question takes, for example a sticker; the items of one album share `album`."""

    kind: str
    message: int = 0
    album: str = ""


Event: TypeAlias = Wrote | Pressed | Commanded | SentFile | SharedLocation | SharedContact | Edited | SentUnsupported
