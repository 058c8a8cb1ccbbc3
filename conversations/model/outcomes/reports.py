"""What people do with their own drafts and reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from conversations.language.events import File

Value: TypeAlias = Any
"""An answer as JSON. None: the person skipped the question."""

Parts: TypeAlias = tuple[tuple[int, str], ...]
"""The messages of a text in order, each with its number."""


@dataclass(frozen=True, slots=True)
class DraftStarted:
    """The person started the draft `report`."""

    report: str
    copied_from: str = ""
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """`question` of `report` now has `value`; `said` is what the person wrote, in the message with the number
    `message`.

    `parts` are the messages of a text that came in several, so that each can still be edited. In a report that was
    already sent this is a correction: a new revision beside the old one. `personal` values (names, addresses) are
    stored apart from the rest.
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
    """The person turned to something else; `place` is where they stood in the draft, with unfinished answers."""

    report: str
    place: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    """The person discarded a draft."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """The person sent a draft, which is now a report."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportWithdrawn:
    """The author withdrew a report."""

    report: str


@dataclass(frozen=True, slots=True)
class LineageTold:
    """The author said that `report` was inspired by the report `other`, or that both are the same initiative."""

    report: str
    other: str
    relation: Literal["inspired", "same"]


AboutReports: TypeAlias = (
    DraftStarted
    | Answered
    | FileReceived
    | DraftLeft
    | DraftDiscarded
    | ReportSubmitted
    | ReportWithdrawn
    | LineageTold
)
