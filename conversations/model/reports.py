"""Drafts and reports as their author sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

ReportStatus: TypeAlias = Literal["draft", "submitted", "changes_requested", "published", "declined", "withdrawn"]


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
        """Its title, or "" while it has none."""
        return str(self.answers.get("title") or "")


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """An answer that came from a message which its writer has now changed; from several, if it has `parts`."""

    report: str
    question: str
    parts: tuple[tuple[int, str], ...] = ()
