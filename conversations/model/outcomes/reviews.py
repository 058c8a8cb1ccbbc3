"""What coordinators do with reports that were sent, and how authors answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class ReportSentAgain:
    """The author changed what was asked for; the report waits for review again."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportClaimed:
    """A coordinator began to read a report; others leave it to them for a while."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportReleased:
    """A coordinator gave back the claim on a report."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportPublished:
    """A coordinator published this revision of a report."""

    report: str
    revision: int


@dataclass(frozen=True, slots=True)
class ReportReturned:
    """A coordinator returned this revision for changes; `reason` is {"said": …} or {"chosen": a key}."""

    report: str
    revision: int
    reason: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportDeclined:
    """A coordinator declined this revision; `reason` is as in ReportReturned."""

    report: str
    revision: int
    reason: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A coordinator asked `text` about the answer to `question` in this revision of a report."""

    report: str
    question: str
    text: str
    revision: int


@dataclass(frozen=True, slots=True)
class RequestTakenBack:
    """A coordinator took back a question about this revision, or its return; the report waits for review again."""

    report: str
    revision: int


@dataclass(frozen=True, slots=True)
class ReportCorrected:
    """A coordinator changed one answer of this revision of a report whose author cannot be asked.

    A report that was returned or asked about then waits for review again.
    """

    report: str
    question: str
    value: Any
    said: str
    revision: int


@dataclass(frozen=True, slots=True)
class ContactsRead:
    """A coordinator read the names and addresses in a report."""

    report: str


@dataclass(frozen=True, slots=True)
class BroadcastSent:
    """A coordinator sent `text`, written in `language`, to this many reporters of an audience."""

    broadcast: str
    text: str
    language: str
    audience: Mapping[str, str | None]
    recipients: int


AboutReviews: TypeAlias = (
    ReportSentAgain
    | ReportClaimed
    | ReportReleased
    | ReportPublished
    | ReportReturned
    | ReportDeclined
    | QuestionAsked
    | RequestTakenBack
    | ReportCorrected
    | ContactsRead
    | BroadcastSent
)
