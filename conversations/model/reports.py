"""Drafts and reports as their author sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

if TYPE_CHECKING:
    from conversations.model.attached import ReportFile

ReportStatus: TypeAlias = Literal["draft", "submitted", "changes_requested", "published", "declined", "withdrawn"]


Relation: TypeAlias = Literal["inspired", "same"]
"""What an author said of the report beside another: it was inspired by that one, or is the same initiative."""


@dataclass(frozen=True, slots=True)
class Report:
    """A draft or report as its author sees it: `answers` by question key, as JSON; None: skipped."""

    id: str
    status: ReportStatus
    answers: Mapping[str, Any]
    place: Mapping[str, Any] = field(default_factory=dict)
    changed_at: datetime | None = None

    @property
    def title(self) -> str:
        """The title, or "" while there is none."""
        return str(self.answers.get("title") or "")


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """A saved answer that came from an edited message; from several messages, if it has `parts`."""

    report: str
    question: str
    parts: tuple[tuple[int, str], ...] = ()


class ReportsLookup(Protocol):
    """What may be looked up about one person's drafts and reports. No method changes anything."""

    def one(self, report: str) -> Report | None:
        """Returns the person's own draft or report with this id; None if there is none or it is somebody else's."""
        ...

    def own(self) -> Sequence[Report]:
        """Returns the person's own drafts and reports without discarded drafts, the last changed first."""
        ...

    def answer_from(self, message: int) -> SavedAnswer | None:
        """Returns the current answer that came from this message of the person's chat, alone or with others."""
        ...

    def files(self, report: str) -> Sequence["ReportFile"]:
        """Returns the usable files of a report that the person may see, oldest first."""
        ...
