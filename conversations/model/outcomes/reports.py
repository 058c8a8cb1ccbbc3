"""What people do with drafts and reports of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from conversations.language.events import File

Value: TypeAlias = Any
"""An answer as JSON. None: the person skipped the question."""

Parts: TypeAlias = tuple[tuple[int, str], ...]
"""The messages that a text came in, each with its number, in order."""


@dataclass(frozen=True, slots=True)
class DraftStarted:
    """A new draft, `report`, exists."""

    report: str
    copied_from: str = ""
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """`question` of `report` now has `value`; `said` is what the person wrote, in message number `message`.

    A text that came in several messages has them in `parts`, so that each of them can still be changed.
    On a report already sent this is a correction: a new revision beside the old one, with who and when.
    `personal` values (names, addresses) are kept apart from the rest.
    """

    report: str
    question: str
    value: Value
    said: str = ""
    message: int = 0
    personal: bool = False
    parts: Parts = ()


@dataclass(frozen=True, slots=True)
class FileReceived:
    """`file` belongs to the answer to `question`; `attachment` is its id in the answer's value."""

    report: str
    question: str
    attachment: str
    file: File


@dataclass(frozen=True, slots=True)
class DraftLeft:
    """The person turned to something else; `place` is where in the draft they stood, with what was gathered."""

    report: str
    place: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    """The person threw a draft away."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """A draft was sent and is now a report."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportWithdrawn:
    """The author took a report back."""

    report: str


AboutReports: TypeAlias = (
    DraftStarted | Answered | FileReceived | DraftLeft | DraftDiscarded | ReportSubmitted | ReportWithdrawn
)
